import type { RevocationDetail, RevocationRow } from '#shared/contract/revocation.ts';
import { withRuleTitles } from '#shared/model/rule-names.ts';
import { useDetectorTitles } from '../../../query/use-titles.ts';
import { matching } from '../../../query/queries.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCall, toCalls, toPrincipal } from '../../../state/places.ts';
import { CardPart } from '../../../widgets/card.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { KindMark } from '../../../widgets/kind-mark.tsx';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import { incidentCallsOf, otherCallsOf } from './words.ts';

/** The arithmetic that put it at its place. */
export function Terms({ row }: { readonly row: RevocationRow }) {
  const titleOf = useDetectorTitles();
  return (
    <CardPart title={`Why it is number ${String(row.order)}`} note={`score ${String(row.score)}, the sum of these points`}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Term</th>
            <th scope="col">How it was counted</th>
            <th scope="col" className="end">
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          {row.terms.map(({ name, why, points }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>
                {name === 'share of the incidents' ? (
                  <GoLink to={toCalls(incidentCallsOf(row))}>{why}</GoLink>
                ) : (
                  withRuleTitles(why, titleOf)
                )}
              </td>
              <td className="end">{String(points)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </CardPart>
  );
}

/** Who works with it beside the incident. */
export function Breaks({ row }: { readonly row: RevocationRow }) {
  return (
    <CardPart title="What breaks" note="calls beside those of incidents">
      {row.breaks.length === 0 ? (
        <p className="muted">The evidence shows no use beside the incident.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Principal</th>
              <th scope="col" className="end">
                Calls
              </th>
              <th scope="col" className="end">
                Endpoints
              </th>
              <th scope="col">Last seen</th>
            </tr>
          </thead>
          <tbody>
            {row.breaks.map(({ principal, label, kind, calls, operations, lastSeen }) => (
              <tr key={principal}>
                <td>
                  <span className="ident-who">
                    <KindMark kind={kind} />
                    <GoLink to={toPrincipal(principal)}>
                      <MiddleText text={label} />
                    </GoLink>
                  </span>
                </td>
                <td className="end">
                  <GoLink to={toCalls(otherCallsOf(row, principal))}>{formatCount(calls)}</GoLink>
                </td>
                <td className="end">{formatCount(operations)}</td>
                <td className="nowrap">
                  <TimeText time={lastSeen} to="s" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </CardPart>
  );
}

/** A credential as a link to its place in the plan. */
const Planned = ({ id }: { readonly id: string }) => (
  <GoLink to={{ credential: id }} className="link mono">
    {id}
  </GoLink>
);

/** What it was made from, what was made from it, and what else its holder has. */
export function Ties({ detail: { ties, siblings, row } }: { readonly detail: RevocationDetail }) {
  if (ties.length === 0 && siblings.length === 0) return null;
  return (
    <CardPart title="Other credentials that go with it">
      <ul className="card-list">
        {ties.map(({ credential, kind, direction, call }) => (
          <li key={`${direction} ${credential}`}>
            {direction === 'parent' ? 'Only after ' : 'Before '}
            <Planned id={credential} />: {direction === 'parent' ? 'this one was' : 'it was'} handed out for{' '}
            {direction === 'parent' ? 'it' : 'this one'} ({kind}) in{' '}
            <GoLink to={toCall(call)} className="link mono">
              <EvidenceText text={call} />
            </GoLink>
          </li>
        ))}
        {siblings.length === 0 ? null : (
          <li>
            The same holder has {formatCount(siblings.length)} more that work beyond the evidence:{' '}
            {siblings.map((id, index) => (
              <span key={id}>
                {index === 0 ? '' : ', '}
                <GoLink to={toCalls(matching('credential', id))} className="link mono">
                  {id}
                </GoLink>
              </span>
            ))}
            . Whoever had {row.credential} may have those too.
          </li>
        )}
      </ul>
    </CardPart>
  );
}
