import type { PrincipalJson } from '#shared/contract/report-json.ts';
import { matching } from '../../../query/queries.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls, toCredential, toIdentities } from '../../../state/places.ts';
import { select } from '../../../state/selection.ts';
import { Card, CardBody, CardHead, CardPart } from '../../../widgets/card.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import { FindingList } from '../../../state/finding-list.tsx';
import { DossierActions } from './dossier-actions.tsx';
import { rungPlace, RUNGS } from './words.ts';

/** Where the focus goes when a principal is opened by key. */
export const DOSSIER_ID = 'principal-dossier';

/** Credentials listed; a person of more has one for every session. */
const SHOWN_CREDENTIALS = 50;

interface PartProps {
  readonly principal: PrincipalJson;
}

/** One principal in full: what it is and why, what contradicts that, who answers for it, what it used. */
export function Dossier({ principal }: PartProps) {
  return (
    <Card id={DOSSIER_ID} label="Principal" shown={principal.id}>
      <Head principal={principal} />
      <CardBody>
        <Facts principal={principal} />
        <Doubts principal={principal} />
        <Findings principal={principal.id} />
        <Signs principal={principal} />
        <Joined principal={principal} />
        <Credentials principal={principal} />
      </CardBody>
    </Card>
  );
}

function Head({ principal }: PartProps) {
  const { label, kind, rung, weak, id } = principal;
  return (
    <CardHead
      title={
        <>
          <KindMark kind={kind} weak={weak} /> <EvidenceText text={label} />
        </>
      }
      closeLabel="Close the principal"
      onClose={() => {
        select({ principal: undefined });
      }}
    >
      <p className="muted">
        <span className="mono">
          <EvidenceText text={id} />
        </span>
        , known by: {RUNGS[rung] ?? 'unknown'} ({rungPlace(rung)}){weak ? ', by network and program only' : ''}
      </p>
      <DossierActions key={id} principal={principal} />
    </CardHead>
  );
}

function Facts({ principal }: PartProps) {
  const { id, why, calls, hops = 0, firstSeen, lastSeen, owner, ownerFrom, status, kind } = principal;
  return (
    <dl className="card-facts">
      <dt>Why</dt>
      <dd>
        <EvidenceText text={why} />
      </dd>
      <dt>Seen</dt>
      <dd>
        <GoLink to={toCalls(matching('principal', id))}>{formatPlural(calls, 'call')}</GoLink>
        {hops === 0 ? null : (
          <>
            : <GoLink to={toCalls(`${matching('principal', id)} -is:hop`)}>{formatCount(calls - hops)}</GoLink> made by itself,{' '}
            <GoLink to={toCalls(`${matching('principal', id)} is:hop`)}>{formatCount(hops)}</GoLink> inner hops of these,
          </>
        )}
        {firstSeen === undefined || lastSeen === undefined ? null : (
          <>
            {' '}
            from <TimeText time={firstSeen} to="s" /> to <TimeText time={lastSeen} to="s" /> UTC
          </>
        )}
      </dd>
      <dt>Owner</dt>
      <dd>
        {owner === undefined ? (
          <span className={kind === 'agent' ? 'severity-medium' : 'muted'}>none is known</span>
        ) : (
          <>
            <EvidenceText text={owner} />{' '}
            <span className="muted">({ownerFrom === 'analyst' ? 'by the analyst' : 'from a list of principals'})</span>
          </>
        )}
        {status === undefined ? '' : `, ${status} in the list`}
      </dd>
      {kind === 'agent' || kind === 'service' ? (
        <>
          <dt>Power</dt>
          <dd>
            <GoLink to={toIdentities('least-privilege')}>What it may do and what it does</GoLink>
          </dd>
        </>
      ) : null}
    </dl>
  );
}

/** What speaks against it being one caller of one kind. */
function Doubts({ principal: { shared, conflicts } }: PartProps) {
  if (shared === undefined && conflicts.length === 0) return null;
  return (
    <CardPart title="What speaks against it">
      <ul className="card-list">
        {shared === undefined ? null : (
          <li>
            Shared: <EvidenceText text={shared} />
          </li>
        )}
        {conflicts.map((conflict) => (
          <li key={conflict} className="severity-medium">
            <EvidenceText text={conflict} />
          </li>
        ))}
      </ul>
    </CardPart>
  );
}

function Signs({ principal: { signs } }: PartProps) {
  return (
    <CardPart title="Signs" note="the strongest first">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Known by</th>
            <th scope="col">It says</th>
            <th scope="col" className="end">
              Calls
            </th>
          </tr>
        </thead>
        <tbody>
          {signs.map((sign, index) => (
            <tr key={index}>
              <td>
                <KindMark kind={sign.kind} word />
              </td>
              <td className="nowrap">{RUNGS[sign.rung] ?? 'unknown'}</td>
              <td>
                <EvidenceText text={sign.says} />
              </td>
              <td className="end">{formatCount(sign.calls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </CardPart>
  );
}

function Joined({ principal: { joined } }: PartProps) {
  if (joined.length === 0) return null;
  return (
    <CardPart title="Also known as">
      <ul className="card-list">
        {joined.map(({ label, why, by }, index) => (
          <li key={index}>
            <EvidenceText text={label} />:{' '}
            <span className="muted">
              {by === 'analyst' ? 'taken for the same by the analyst, ' : ''}
              <EvidenceText text={why} />
            </span>
          </li>
        ))}
      </ul>
    </CardPart>
  );
}

function Credentials({ principal: { credentials } }: PartProps) {
  return (
    <CardPart title="Credentials" note={formatCount(credentials.length)}>
      {credentials.length === 0 ? (
        <p className="muted">It showed none in this evidence.</p>
      ) : (
        <ul className="ident-chips">
          {credentials.slice(0, SHOWN_CREDENTIALS).map((credential) => (
            <li key={credential} className="mono">
              <GoLink to={toCredential(credential)}>{credential}</GoLink>
            </li>
          ))}
        </ul>
      )}
      {credentials.length > SHOWN_CREDENTIALS ? (
        <p className="muted">{formatCount(credentials.length - SHOWN_CREDENTIALS)} more are found on the tab Credentials by its name.</p>
      ) : null}
    </CardPart>
  );
}

function Findings({ principal }: { readonly principal: string }) {
  const findings = useEngineQuery('findings.list', {});
  return <FindingList key={principal} findings={(findings.data ?? []).filter(({ principals }) => principals.includes(principal))} />;
}
