import type { SpecCoverage } from '#shared/contract/inventory.ts';
import { matchingAny } from '../../query/queries.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatShare } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { hostCondition, printCondition } from './filter.ts';
import { InventoryTabs } from './inventory-bar.tsx';

/** Every API description: how much of it was called, and what was called beside it. Each number opens the endpoints it counts. */
export function CoverageTable() {
  const coverage = useEngineQuery('endpoints.coverage', {});
  return (
    <>
      <div className="filter-bar inv-bar">
        <InventoryTabs />
        <span className="muted toolbar-count" role="status">
          {coverage.data === undefined ? '' : formatPlural(coverage.data.length, 'API description')}
        </span>
      </div>
      <Answer query={coverage} what="the API descriptions" lines={6}>
        {(specs) => (specs.length === 0 ? <NoDescriptions /> : <Table specs={specs} />)}
      </Answer>
    </>
  );
}

function NoDescriptions() {
  return (
    <EmptyState
      title="No API description in this case"
      actions={
        <GoLink to={{ view: 'start' }} className="button">
          Add evidence
        </GoLink>
      }
    >
      Add OpenAPI or Swagger files, or a collection of requests: then endpoints are told apart into documented, shadow, zombie and orphan.
    </EmptyState>
  );
}

function Table({ specs }: { readonly specs: readonly SpecCoverage[] }) {
  return (
    <div className="inv-scroll" tabIndex={0} role="region" aria-label="API descriptions">
      <table className="table inv-coverage">
        <thead>
          <tr>
            <th scope="col">Description</th>
            <th scope="col">Hosts</th>
            <th scope="col" className="end">
              Endpoints
            </th>
            <th scope="col">Called</th>
            <th scope="col" className="end">
              Never called
            </th>
            <th scope="col" className="end">
              Deprecated, called
            </th>
            <th scope="col" className="end">
              Undocumented beside it
            </th>
            <th scope="col" className="end">
              Calls
            </th>
          </tr>
        </thead>
        <tbody>
          {specs.map((spec) => (
            <SpecLine key={spec.id} spec={spec} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The list, narrowed to the hosts of a description and to one of the values of its endpoints. */
const listOf = ({ hosts }: SpecCoverage, ...states: readonly string[]) => ({
  tab: undefined,
  endpoint: undefined,
  filter: [
    ...hosts.map((host) => printCondition(hostCondition(host))),
    ...states.map((value) => printCondition({ field: 'spec', value, not: false })),
  ].join(' '),
});

/** Calls to any of these hosts; an empty name stands for those of records that name none. */
const hostsQuery = (hosts: readonly string[]): string => {
  const named = hosts.filter((host) => host !== '');
  const parts = [...(named.length === 0 ? [] : [matchingAny('host', named)]), ...(named.length < hosts.length ? ['-host:*'] : [])];
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' or ')})`;
};

function SpecLine({ spec }: { readonly spec: SpecCoverage }) {
  const { title, version, source, hosts, operations, called, deprecated, deprecatedCalled, shadows, shadowCalls, calls } = spec;
  const share = operations === 0 ? 0 : called / operations;
  return (
    <tr>
      <td className="inv-spec-name">
        <span>
          <EvidenceText text={title} /> <span className="muted">{version}</span>
        </span>
        <span className="faint">
          <MiddleText text={source} mono tail={24} />
        </span>
      </td>
      <td className="inv-hosts">
        {hosts.length === 0 ? <span className="faint">none was seen</span> : <MiddleText text={hosts.join(', ')} mono tail={18} />}
      </td>
      <td className="end">
        <Number value={operations} to={listOf(spec, 'documented', 'zombie', 'orphan')} what="described" />
      </td>
      <td>
        <GoLink to={listOf(spec, 'documented', 'zombie')} className="link inv-called">
          <span className="inv-cover-bar" aria-hidden="true">
            <span style={{ width: `${String(Math.round(share * 100))}%` }} />
          </span>
          {formatCount(called)} <span className="unit">({formatShare(called, operations)})</span>
        </GoLink>
      </td>
      <td className="end">
        <Number value={operations - called} to={listOf(spec, 'orphan')} what="never called" />
      </td>
      <td className="end">
        <Number value={deprecatedCalled} to={listOf(spec, 'zombie')} what="deprecated, called" />
        {deprecated === 0 ? null : <span className="muted"> of {formatCount(deprecated)}</span>}
      </td>
      <td className="end">
        <Number value={shadows} to={listOf(spec, 'shadow')} what="undocumented" />
        {shadows === 0 ? null : (
          <span className="muted inv-nowrap">
            {' '}
            in <GoLink to={toCalls(`${hostsQuery(hosts)} and is:undocumented`)}>{formatPlural(shadowCalls, 'call')}</GoLink>
          </span>
        )}
      </td>
      <td className="end">
        <Number value={calls} to={listOf(spec, 'documented', 'zombie')} what="described and called, each with its calls" />
      </td>
    </tr>
  );
}

/** A count that opens what it counts; none opens nothing. */
function Number({ value, to, what }: { readonly value: number; readonly to: ReturnType<typeof listOf>; readonly what: string }) {
  if (value === 0) return <span className="faint">0</span>;
  return (
    <GoLink to={to} title={`Show the endpoints: ${what}`}>
      {formatCount(value)}
    </GoLink>
  );
}
