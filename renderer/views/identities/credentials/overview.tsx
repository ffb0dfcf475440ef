import { scaleLinear } from 'd3';
import {
  LIFETIME_BANDS,
  LIFETIME_POLICY,
  type CredentialOverview,
  type IssuerLifetimes,
  type Rotation,
} from '#shared/contract/credentials.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { select } from '../../../state/selection.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatShare } from '../../../widgets/format.ts';
import { LadderTable } from './ladder-table.tsx';
import { CALLERS_WORDS, spanText } from './words.ts';

/** What credentials prove in the whole case, how long tokens live, and how keys are replaced. */
export function Overview({ overview }: { readonly overview: CredentialOverview }) {
  const { ladders, findingCalls, lifetimes, rotations, issuerKeys } = overview;
  return (
    <div className="cred-card" tabIndex={0} role="region" aria-label="All credentials" data-keys="">
      <h2>All credentials</h2>
      <p>
        {findingCalls.calls === 0
          ? 'No call is evidence of an incident.'
          : `${formatCount(findingCalls.authenticated)} of ${formatPlural(findingCalls.calls, 'call')} behind incident findings came with a credential (${formatShare(findingCalls.authenticated, findingCalls.calls)}).`}
      </p>
      {ladders.map((ladder) => (
        <LadderTable key={ladder.callers} ladder={ladder} title={CALLERS_WORDS[ladder.callers]} />
      ))}
      <p className="muted">
        Counted in sources that show credentials of a host. Tokens are decoded, never trusted. Signatures are checked only while tokens are
        read, against the key sets of the case: it holds{' '}
        {issuerKeys === 0 ? 'no key of a token issuer' : `${formatPlural(issuerKeys, 'key')} of token issuers`}.
      </p>
      <Lifetimes lifetimes={lifetimes} />
      <Rotations rotations={rotations} />
    </div>
  );
}

const bandName = (index: number): string => {
  const end = LIFETIME_BANDS[index];
  if (end !== undefined) return `≤ ${spanText(end)}`;
  return index === LIFETIME_BANDS.length ? 'longer' : 'no end';
};

/** Lifetimes by issuer; bands beyond the policy line are marked. */
function Lifetimes({ lifetimes }: { readonly lifetimes: readonly IssuerLifetimes[] }) {
  if (lifetimes.length === 0) return null;
  return (
    <section className="cred-part">
      <h3>Lifetime of tokens by issuer</h3>
      {lifetimes.map(({ issuer, tokens, medianSeconds, bands }) => (
        <table key={issuer} className="table cred-bands">
          <caption>
            <EvidenceText text={issuer === '' ? 'no issuer' : issuer} />{' '}
            <span className="muted">
              <button type="button" className="link" onClick={() => { select({ filter: issuer, credential: undefined }); }}>{formatPlural(tokens, 'token')}</button>
              {medianSeconds === undefined ? '' : `, half of them at most ${spanText(medianSeconds)}`}
            </span>
          </caption>
          <tbody>
            {bands.map((count, index) => (
              <tr key={index} className={(LIFETIME_BANDS[index] ?? Infinity) > LIFETIME_POLICY ? 'cred-beyond' : undefined}>
                <th scope="row">{bandName(index)}</th>
                <td><span className="cred-band" aria-hidden="true" style={{ width: `${String((count / Math.max(1, ...bands)) * 100)}%` }} /></td>
                <td className="end">{formatCount(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <p className="muted">Policy line: {spanText(LIFETIME_POLICY)}. What lies beyond it is marked: such a token outlives the session that it was made for.</p>
    </section>
  );
} // prettier-ignore

const ROW = 16;
const WIDTH = 400;

/** When each owner used which static key; keys side by side overlap. */
function Rotations({ rotations }: { readonly rotations: readonly Rotation[] }) {
  const times = rotations.flatMap(({ keys }) => keys.flatMap(({ first, last }) => [Date.parse(first), Date.parse(last)]));
  if (times.length === 0) return null;
  const x = scaleLinear([Math.min(...times), Math.max(Math.min(...times) + 1, ...times)], [0, WIDTH]);
  return (
    <section className="cred-part">
      <h3>Rotation of keys, passwords and certificates</h3>
      <table className="table">
        <thead>
          <tr><th scope="col">Owner</th><th scope="col">Keys</th><th scope="col">In use</th><th scope="col" className="end">Overlap</th></tr>
        </thead>
        <tbody>
          {rotations.map(({ principal, label, keys, overlapSeconds }) => (
            <tr key={principal}>
              <td><EvidenceText text={label} /></td>
              <td>{keys.map(({ id }) => <div key={id}><GoLink to={{ credential: id }}><span className="mono">{id}</span></GoLink></div>)}</td>
              <td>
                <svg className="cred-rotation" viewBox={`0 0 ${String(WIDTH)} ${String(keys.length * ROW)}`} preserveAspectRatio="none" height={keys.length * ROW} aria-hidden="true">
                  {keys.map(({ id, first, last }, index) => (
                    <rect key={id} className="cred-bar" x={Math.min(WIDTH - 2, x(Date.parse(first)))} width={Math.max(2, x(Date.parse(last)) - x(Date.parse(first)))} y={index * ROW + 4} height={ROW - 8} />
                  ))}
                </svg>
              </td>
              <td className="end">{keys.length < 2 ? <span className="faint">one key</span> : overlapSeconds === 0 ? <span className="faint">none</span> : spanText(overlapSeconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
} // prettier-ignore
