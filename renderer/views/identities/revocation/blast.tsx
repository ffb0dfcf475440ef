import type { BlastArea, BlastEndpoint, RevocationDetail } from '#shared/contract/revocation.ts';
import { matching } from '../../../query/queries.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls, toEndpoint } from '../../../state/places.ts';
import { CardPart } from '../../../widgets/card.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import { BlastGraph } from './blast-graph.tsx';
import { accepted, BECAUSE_WORDS } from './words.ts';

const areaText = ({ endpoints, hosts, dataTypes, people }: BlastArea): string =>
  `${formatPlural(endpoints, 'endpoint')} on ${formatPlural(hosts, 'host')}, ${formatPlural(dataTypes.length, 'kind')} of data, ${formatPlural(people, 'record')} about people`;

/** What it touched (solid) and could touch (hollow): the picture, and the same as a table. */
export function Blast({ detail: { row, endpoints, endpointsOmitted } }: { readonly detail: RevocationDetail }) {
  const { used, reachable } = row.blastRadius;
  return (
    <CardPart title="Blast radius">
      <p>
        <b>Used:</b> {areaText(used)}. <b>Reachable:</b> {areaText(reachable)}.
      </p>
      {reachable.dataTypes.length === 0 ? null : (
        <p className="muted">
          Data used: {used.dataTypes.join(', ') || 'none'}.
          {reachable.dataTypes.length === used.dataTypes.length
            ? ''
            : ` Reachable beside it: ${reachable.dataTypes.filter((type) => !used.dataTypes.includes(type)).join(', ')}.`}
        </p>
      )}
      {endpoints.length === 0 ? (
        <p className="muted">No endpoint accepted it, and nothing says what it would open.</p>
      ) : (
        <>
          <BlastGraph credential={row.credential} endpoints={endpoints} />
          <BlastTable credential={row.credential} endpoints={endpoints} />
        </>
      )}
      {endpointsOmitted === 0 ? null : <p className="muted">{formatPlural(endpointsOmitted, 'more endpoint')} in reach are not listed.</p>}
    </CardPart>
  );
}

function BlastTable({ credential, endpoints }: { readonly credential: string; readonly endpoints: readonly BlastEndpoint[] }) {
  return (
    <div className="revo-scroll" tabIndex={0} role="region" aria-label="Endpoints of the blast radius">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Endpoint</th>
            <th scope="col">Level</th>
            <th scope="col" className="end">
              Accepted
            </th>
            <th scope="col" className="end">
              People
            </th>
          </tr>
        </thead>
        <tbody>
          {endpoints.map(({ id, sensitivity, used, people, because }) => (
            <tr key={id}>
              <td className="wide">
                <GoLink to={toEndpoint(id)}>
                  <MiddleText text={id} mono tail={24} />
                </GoLink>
                {because === undefined ? null : <span className="muted revo-because">not used: {BECAUSE_WORDS[because]}</span>}
              </td>
              <td>S{String(sensitivity)}</td>
              <td className="end">
                {used === 0 ? (
                  <span className="faint">0</span>
                ) : (
                  <GoLink to={toCalls(accepted(credential, id))}>{formatCount(used)}</GoLink>
                )}
              </td>
              <td className="end">
                {people === 0 ? (
                  <span className="faint">0</span>
                ) : (
                  <GoLink
                    title="The calls that may have shown them"
                    to={toCalls(
                      because === undefined ? accepted(credential, id) : `${matching('endpoint', id)} and status >= 200 and status < 300`,
                    )}
                  >
                    {formatCount(people)}
                  </GoLink>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
