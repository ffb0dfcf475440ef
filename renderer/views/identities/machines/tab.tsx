import './machines.css';
import type { MachineLinkJson } from '#shared/contract/report-json.ts';
import { matching } from '../../../query/queries.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls, toPrincipal } from '../../../state/places.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatShare } from '../../../widgets/format.ts';
import { MapPicture } from './map-picture.tsx';

/** Machine map: which program calls which service with which credential, as a picture and as a table. */
export function MachinesTab() {
  const links = useEngineQuery('identities.links', {});
  const kpis = useEngineQuery('identities.kpis', {});
  return (
    <Answer query={links} what="the machine map" lines={12}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState title="No calls between programs">
            No service, agent or caller of unknown kind has called, or the case is not analysed yet.
          </EmptyState>
        ) : (
          <div className="view-scroll machines">
            {kpis.data === undefined ? null : (
              <p>
                {formatCount(kpis.data.machineToMachine.calls)} calls between programs on {formatCount(kpis.data.machineToMachine.links)}{' '}
                links; {formatShare(kpis.data.machineToMachine.attributed, kpis.data.machineToMachine.calls)} of them name a caller that is
                known by more than network and program.
                {rows.length < kpis.data.machineToMachine.links
                  ? ` The ${formatCount(rows.length)} busiest links are shown; the report holds more.`
                  : ''}
              </p>
            )}
            <MapPicture links={rows} />
            <LinkTable links={rows} />
          </div>
        )
      }
    </Answer>
  );
}

function LinkTable({ links }: { readonly links: readonly MachineLinkJson[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Caller</th>
          <th scope="col">Service</th>
          <th scope="col">Credential</th>
          <th scope="col" className="end">
            Calls
          </th>
          <th scope="col" className="end">
            Failed
          </th>
        </tr>
      </thead>
      <tbody>
        {links.map((link) => (
          <tr key={`${link.principal}\n${link.service ?? ''}\n${link.credential ?? ''}`}>
            <th scope="row">
              <GoLink to={toPrincipal(link.principal)}>
                <EvidenceText text={link.principal} />
              </GoLink>
            </th>
            <td>{link.service === undefined ? <span className="faint">no host</span> : <EvidenceText text={link.service} />}</td>
            <td>{link.credential ?? <span className="faint">none</span>}</td>
            <td className="end">
              <GoLink to={toCalls(queryOf(link))}>{formatCount(link.calls)}</GoLink>
            </td>
            <td className="end">{formatCount(link.failed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const queryOf = ({ principal, service, credential }: MachineLinkJson): string =>
  [
    matching('principal', principal),
    ...(service === undefined ? [] : [matching('host', service)]),
    ...(credential === undefined ? [] : [matching('credential', credential)]),
  ].join(' and ');
