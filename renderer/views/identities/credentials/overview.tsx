import { scaleLinear } from 'd3';
import {
  LIFETIME_BANDS,
  LIFETIME_POLICY,
  type CredentialOverview,
  type IssuerLifetimes,
  type Rotation,
} from '#shared/contract/credentials.ts';
import { matching } from '../../../query/queries.ts';
import { useIncidentCalls } from '../../../query/use-incident-calls.ts';
import { CountLink } from '../../../state/count-link.tsx';
import { GoLink } from '../../../state/go-link.tsx';
import { PictureLink } from '../../../state/picture-link.tsx';
import { toCalls, toIdentities, toPrincipal } from '../../../state/places.ts';
import { Card, CardBody, CardHead, CardPart } from '../../../widgets/card.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatShare } from '../../../widgets/format.ts';
import { DOSSIER_ID } from './dossier.tsx';
import { LadderTable } from './ladder-table.tsx';
import { bandName, bandWord, CALLERS_WORDS, spanText } from './words.ts';

/** What credentials prove in the whole case, how long tokens live, and how keys are replaced. */
export function Overview({ overview }: { readonly overview: CredentialOverview }) {
  const { ladders, findingCalls, lifetimes, rotations, issuerKeys } = overview;
  return (
    <Card id={DOSSIER_ID} label="All credentials" shown="">
      <CardHead title="All credentials">
        <IncidentCalls {...findingCalls} />
      </CardHead>
      <CardBody>
        {ladders.map((ladder) => (
          <LadderTable
            key={ladder.callers}
            ladder={ladder}
            of={ladder.callers}
            title={`What calls of ${CALLERS_WORDS[ladder.callers]} prove`}
          />
        ))}
        <p className="muted">
          Counted in sources that show credentials of a host. Tokens are decoded, never trusted. Signatures are checked only while tokens
          are read, against the key sets of the case: it holds{' '}
          {issuerKeys === 0 ? 'no key of a token issuer' : `${formatPlural(issuerKeys, 'key')} of token issuers`}.
        </p>
        <Lifetimes lifetimes={lifetimes} />
        <Rotations rotations={rotations} />
      </CardBody>
    </Card>
  );
}

/** How many of the calls behind incidents came with a credential. */
function IncidentCalls({ calls, authenticated }: CredentialOverview['findingCalls']) {
  const incidents = useIncidentCalls();
  if (calls === 0) return <p>No call is evidence of an incident.</p>;
  const of = (and: string) => (incidents === undefined ? undefined : toCalls(`(${incidents})${and}`));
  return (
    <p>
      <CountLink count={authenticated} to={of(' and has:credential')} /> of <CountLink count={calls} to={of('')} />{' '}
      {calls === 1 ? 'call' : 'calls'} behind incident findings came with a credential ({formatShare(authenticated, calls)}).
    </p>
  );
}

/** Lifetimes by issuer; bands beyond the policy line are marked. */
function Lifetimes({ lifetimes }: { readonly lifetimes: readonly IssuerLifetimes[] }) {
  if (lifetimes.length === 0) return null;
  return (
    <CardPart title="Lifetime of tokens by issuer">
      {lifetimes.map((issuer) => (
        <Bands key={issuer.issuer} lifetimes={issuer} />
      ))}
      <p className="muted">
        Policy line: {spanText(LIFETIME_POLICY)}. What lies beyond it is marked: such a token outlives the session that it was made for.
      </p>
    </CardPart>
  );
}

function Bands({ lifetimes: { issuer, tokens, medianSeconds, bands } }: { readonly lifetimes: IssuerLifetimes }) {
  const most = Math.max(1, ...bands);
  return (
    <table className="table cred-bands">
      <caption>
        <span className="mono">
          <EvidenceText text={issuer === '' ? 'no issuer' : issuer} />
        </span>{' '}
        <span className="muted">
          {formatPlural(tokens, 'token')}
          {medianSeconds === undefined ? '' : `, half of them at most ${spanText(medianSeconds)}`}
        </span>
      </caption>
      <tbody>
        {bands.map((count, index) => (
          <tr key={index} className={(LIFETIME_BANDS[index] ?? Infinity) > LIFETIME_POLICY ? 'cred-beyond' : undefined}>
            <th scope="row">{bandName(index)}</th>
            <td>
              <span className="cred-band" aria-hidden="true" style={{ width: `${String((count / most) * 100)}%` }} />
            </td>
            <td className="end">
              {count === 0 ? (
                <span className="faint">0</span>
              ) : (
                <GoLink to={toIdentities('credentials', `${issuer} ${bandWord(index)}`.trim())}>{formatCount(count)}</GoLink>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Of a key. Units: CSS px. */
const ROW = 24;
const WIDTH = 400;

/** When each owner used which static key; keys side by side overlap. */
function Rotations({ rotations }: { readonly rotations: readonly Rotation[] }) {
  const times = rotations.flatMap(({ keys }) => keys.flatMap(({ first, last }) => [Date.parse(first), Date.parse(last)]));
  if (times.length === 0) return null;
  const x = scaleLinear([Math.min(...times), Math.max(Math.min(...times) + 1, ...times)], [0, WIDTH]);
  return (
    <CardPart title="Rotation of keys, passwords and certificates">
      <table className="table">
        <thead>
          <tr><th scope="col">Owner</th><th scope="col">Keys</th><th scope="col">In use</th><th scope="col" className="end">Overlap</th></tr>
        </thead>
        <tbody>
          {rotations.map(({ principal, label, keys, overlapSeconds }) => (
            <tr key={principal}>
              <td><GoLink to={toPrincipal(principal)}><EvidenceText text={label} /></GoLink></td>
              <td className="nowrap">{keys.map(({ id }) => <div key={id}><GoLink to={{ credential: id }}><span className="mono">{id}</span></GoLink></div>)}</td>
              <td className="cred-rotation-cell">
                <svg className="cred-rotation" viewBox={`0 0 ${String(WIDTH)} ${String(keys.length * ROW)}`} preserveAspectRatio="none" height={keys.length * ROW} aria-hidden="true">
                  {keys.map(({ id, first, last }, index) => (
                    <PictureLink key={id} to={toCalls(matching('credential', id))}>
                      <rect className="cred-bar" x={Math.min(WIDTH - 2, x(Date.parse(first)))} width={Math.max(2, x(Date.parse(last)) - x(Date.parse(first)))} y={index * ROW + 8} height={ROW - 16} />
                    </PictureLink>
                  ))}
                </svg>
              </td>
              <td className="end">{keys.length < 2 ? <span className="faint">one key</span> : overlapSeconds === 0 ? <span className="faint">none</span> : spanText(overlapSeconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </CardPart>
  );
} // prettier-ignore
