import type { ReactNode } from 'react';
import type { KpisJson } from '#shared/contract/report-json.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { formatCount, formatDuration, formatPlural, formatShare } from '../../../widgets/format.ts';

/** The questions that boards ask, answered in one line; each answer says what it counts and leads to its rows. */
export function KpiLine() {
  const kpis = useEngineQuery('identities.kpis', {});
  if (kpis.data === undefined) return null;
  const { agentFacingEndpoints: facing, callsByKind, agents, machineToMachine: machines, pivot, anomalousCalls, unknownShare } = kpis.data;
  const calls = Object.values(callsByKind).reduce((sum, count) => sum + count, 0);
  const about = (kpi: string): string => definitionOf(kpis.data, kpi);
  return (
    <dl className="prin-kpis" aria-label="Figures about identities">
      <Kpi title="Agent-facing operations monitored" about={about('agentFacingEndpoints')}>
        <GoLink to={{ view: 'calls', query: 'kind:agent' }}>
          {formatCount(facing.monitored)} of {formatCount(facing.total)}
        </GoLink>
      </Kpi>
      <Kpi title="Anomalous calls" about={about('anomalousCalls')}>
        <GoLink to={{ view: 'findings' }}>{formatCount(anomalousCalls)}</GoLink>
      </Kpi>
      <Kpi title="Exposure, residual validity" about={about('pivot')}>
        {pivot.exposureSeconds === undefined ? 'none' : formatDuration(pivot.exposureSeconds * 1000)}
        {pivot.residualValiditySeconds === undefined ? '' : `, ${formatDuration(pivot.residualValiditySeconds * 1000)}`}
      </Kpi>
      {(['agent', 'service', 'human', 'unknown'] as const).map((kind) => (
        <Kpi key={kind} title={kind === 'unknown' ? 'Calls of unknown kind' : `Calls of ${PLURALS[kind]}`} about={about('callsByKind')}>
          <GoLink to={{ view: 'calls', query: `kind:${kind}` }}>
            {kind === 'unknown' ? formatShare(Math.round(unknownShare * 1e6), 1e6) : formatShare(callsByKind[kind], calls)}
          </GoLink>
        </Kpi>
      ))}
      <Kpi title="Agents without an owner" about={about('agents')}>
        <GoLink to={{ filter: 'no:owner' }}>
          {formatCount(agents.withoutOwner.length)} of {formatPlural(agents.total, 'agent')}
        </GoLink>
      </Kpi>
      <Kpi title="Machine calls attributed" about={about('machineToMachine')}>
        <GoLink to={{ tab: 'machines' }}>{formatShare(machines.attributed, machines.calls)}</GoLink>
      </Kpi>
    </dl>
  );
}

const PLURALS = { agent: 'agents', service: 'services', human: 'people' } as const;

const definitionOf = (kpis: KpisJson | undefined, kpi: string): string => {
  const found = kpis?.definitions.find((each) => each.kpi === kpi);
  return found === undefined ? '' : `${found.question} ${found.definition}`;
};

function Kpi({ title, about, children }: { readonly title: string; readonly about: string; readonly children: ReactNode }) {
  return (
    <div title={about}>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
