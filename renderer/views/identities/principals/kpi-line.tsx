import type { KpisJson } from '#shared/contract/report-json.ts';
import { stillValidFigure, stillValidWords } from '#shared/model/still-valid.ts';
import { matching } from '../../../query/queries.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { useIncidentCalls } from '../../../query/use-incident-calls.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toAgentFacing, toCalls, toIdentities } from '../../../state/places.ts';
import { ErrorPanel } from '../../../widgets/error-panel.tsx';
import { formatCount, formatDuration, formatPlural, formatShare } from '../../../widgets/format.ts';
import { Figure } from '../parts/figure.tsx';

const KINDS = [
  ['agent', 'Calls of agents'],
  ['service', 'of services'],
  ['human', 'of people and visitors'],
  ['unknown', 'of unknown kind'],
] as const;

/** The questions that boards ask, answered in one line; each answer says what it counts and leads to its rows. */
export function KpiLine() {
  const kpis = useEngineQuery('identities.kpis', {});
  if (kpis.error !== undefined) return <ErrorPanel error={kpis.error} title="Could not read the figures" onRetry={kpis.reload} />;
  // Its room is kept, so that the table does not jump when the figures arrive.
  if (kpis.data === undefined) return <div className="ident-figures" aria-busy="true" />;
  const { agentFacingEndpoints: facing, callsByKind, agents, machineToMachine: machines, pivot } = kpis.data;
  const calls = Object.values(callsByKind).reduce((sum, count) => sum + count, 0);
  const about = (kpi: string): string => definitionOf(kpis.data, kpi);
  return (
    <dl className="ident-figures" aria-label="Figures about identities">
      <Figure title="Agent-facing endpoints" about={about('agentFacingEndpoints')}>
        <GoLink to={toAgentFacing}>
          {formatCount(facing.monitored)} of {formatCount(facing.total)} monitored
        </GoLink>
      </Figure>
      <Anomalous count={kpis.data.anomalousCalls} about={about('anomalousCalls')} />
      <Figure title="Exposure" about={about('pivot')}>
        <GoLink to={toIdentities('revocation')}>{spanOf(pivot.exposureSeconds)}</GoLink>
      </Figure>
      <Figure title="Still valid" about={stillValidWords(pivot.stillValid)}>
        <GoLink to={toIdentities('revocation')}>{stillValidFigure(pivot.stillValid)}</GoLink>
      </Figure>
      {KINDS.map(([kind, title]) => (
        <Figure key={kind} title={title} about={about('callsByKind')}>
          <GoLink to={toCalls(matching('kind', kind))}>{formatShare(callsByKind[kind], calls)}</GoLink>
        </Figure>
      ))}
      <Figure title="Without an owner" about={about('agents')}>
        <GoLink to={toIdentities('principals', 'no:owner')}>
          {formatCount(agents.withoutOwner.length)} of {formatPlural(agents.total, 'agent')}
        </GoLink>
      </Figure>
      <Figure title="Machine calls attributed" about={about('machineToMachine')}>
        <GoLink to={toIdentities('machines')}>{formatShare(machines.attributed, machines.calls)}</GoLink>
      </Figure>
    </dl>
  );
}

/** Calls of incidents: by the findings that name them, so that the link shows the very calls that are counted. */
function Anomalous({ count, about }: { readonly count: number; readonly about: string }) {
  const incidents = useIncidentCalls();
  return (
    <Figure title="Anomalous calls" about={about}>
      {incidents === undefined ? formatCount(count) : <GoLink to={toCalls(incidents)}>{formatCount(count)}</GoLink>}
    </Figure>
  );
}

/** Units: s. */
const spanOf = (seconds: number | undefined): string => (seconds === undefined ? 'none' : formatDuration(seconds * 1000));

const definitionOf = (kpis: KpisJson | undefined, kpi: string): string => {
  const found = kpis?.definitions.find((each) => each.kpi === kpi);
  return found === undefined ? '' : `${found.question} ${found.definition}`;
};
