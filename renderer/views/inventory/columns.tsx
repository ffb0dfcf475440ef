import { ChevronDown, ChevronRight } from 'lucide-react';
import { Fragment, type CSSProperties, type ReactNode } from 'react';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { printPlace } from '#shared/model/inner-operation.ts';
import { matching } from '../../query/queries.ts';
import { CountLink } from '../../state/count-link.tsx';
import { GoLink } from '../../state/go-link.tsx';
import { toPrincipalsOf, toCalls, toEndpoints } from '../../state/places.ts';
import { usePlace } from '../../state/selection.ts';
import type { Place } from '../../state/url.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { TimeText } from '../../widgets/numbers.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import type { Column } from '../../widgets/table/table-column.ts';
import { hostCondition, withConditions } from './filter.ts';
import { groupQuery } from './group-query.ts';
import { FlagMarks, LevelMark, SpecMark, StatusMix } from './marks.tsx';
import type { GroupSum, InventoryRow } from './tree.ts';
import { SPEC_WORDS } from './words.ts';

type Endpoint = Extract<InventoryRow, { kind: 'endpoint' }>['endpoint'];
type GroupRow = Exclude<InventoryRow, { kind: 'endpoint' }>;

/** Room for a level of the tree. Units: CSS px. */
const INDENT = 16;

interface Cells {
  readonly endpoint: (row: Endpoint) => ReactNode;
  /** What a host or a service adds up to; absent where nothing can be added. */
  readonly group?: (sum: GroupSum, row: GroupRow) => ReactNode;
}

const column = (
  id: string,
  title: string,
  width: string,
  cells: Cells,
  look: Pick<Column<InventoryRow>, 'align' | 'sortable'> = {},
): Column<InventoryRow> => ({
  id,
  title,
  width,
  ...look,
  cell: (row) => (row.kind === 'endpoint' ? cells.endpoint(row.endpoint) : cells.group?.(row.sum, row)),
});

const NUMBER = { align: 'end', sortable: true } as const;
const count = (value: number): ReactNode => (value === 0 ? <span className="faint">0</span> : formatCount(value));

/** A count that opens what it counts; by keyboard the menu of the row and the endpoint in full do. */
const Count = (props: { readonly count: number; readonly to: Partial<Place> | undefined }) => <CountLink {...props} tabbable={false} />;

/** Every column of the table of endpoints. Ids of sortable ones are those of `sortEndpoints`. */
export const endpointColumns: readonly Column<InventoryRow>[] = [
  { id: 'endpoint', title: 'Endpoint', width: 'minmax(240px, 2.4fr)', sortable: true, cell: () => null },
  column('host', 'Host', 'minmax(140px, 1fr)', { endpoint: ({ host }) => <HostName host={host} /> }, { sortable: true }),
  column(
    'level',
    'Sensitivity',
    '112px',
    {
      endpoint: ({ sensitivity, override }) => <LevelMark level={sensitivity} byHand={override !== undefined} />,
      group: ({ sensitivity }) => <LevelMark level={sensitivity} />,
    },
    { sortable: true },
  ),
  column(
    'spec',
    'Description',
    '116px',
    { endpoint: ({ spec }) => <SpecMark spec={spec} />, group: (_, row) => <GroupSpecs row={row} /> },
    { sortable: true },
  ),
  column(
    'calls',
    'Calls',
    '68px',
    {
      endpoint: ({ id, calls }) => <Count count={calls} to={toCalls(matching('endpoint', id))} />,
      group: (_, row) => <GroupCalls row={row} />,
    },
    NUMBER,
  ),
  column(
    'principals',
    'Principals',
    '80px',
    { endpoint: ({ id, principals }) => <Count count={principals} to={toPrincipalsOf(matching('endpoint', id))} /> },
    NUMBER,
  ),
  column(
    'agents',
    'Agents',
    '60px',
    { endpoint: ({ id, agents }) => <Count count={agents} to={toPrincipalsOf(`${matching('endpoint', id)} and kind:agent`)} /> },
    NUMBER,
  ),
  column(
    'status',
    'Status mix',
    '112px',
    {
      endpoint: ({ id, statuses, calls, failed }) => <StatusMix statuses={statuses} calls={calls} failed={failed} query={matching('endpoint', id)} />,
      group: ({ statuses, calls, failed }) => <StatusMix statuses={statuses} calls={calls} failed={failed} />,
    },
    { sortable: true },
  ),
  column('auth', 'Authentication', 'minmax(104px, 0.3fr)', { endpoint: ({ auth }) => <span title={auth.join(', ')}>{auth.join(', ')}</span> }),
  column('flags', 'Power', 'minmax(96px, 0.6fr)', { endpoint: ({ flags }) => <FlagMarks flags={flags} /> }),
  column(
    'findings',
    'Findings',
    '72px',
    {
      endpoint: ({ severity, findings }) =>
        severity === undefined ? null : (
          <span className="inv-findings">
            {formatCount(findings)} <SeverityMark severity={severity} word={false} />
          </span>
        ),
    },
    NUMBER,
  ),
  column('types', 'Kinds of data', 'minmax(120px, 1fr)', { endpoint: ({ types }) => <span title={types.join(', ')}>{types.join(', ')}</span> }),
  column('drifts', 'Drift', '56px', { endpoint: ({ drifts }) => count(drifts), group: ({ drifts }) => count(drifts) }, NUMBER),
  column('service', 'Service', '120px', { endpoint: ({ service }) => (service === undefined ? null : <MiddleText text={service} mono />) }),
  column(
    'first',
    'First seen (UTC)',
    '128px',
    { endpoint: ({ firstSeen }) => <Seen time={firstSeen} />, group: ({ firstSeen }) => <Seen time={firstSeen} /> },
    { sortable: true },
  ),
  column(
    'last',
    'Last seen (UTC)',
    '128px',
    { endpoint: ({ lastSeen }) => <Seen time={lastSeen} />, group: ({ lastSeen }) => <Seen time={lastSeen} /> },
    { sortable: true },
  ),
]; // prettier-ignore

/** The columns of a table that nobody has changed; the tree has the host as its first level. */
export const USUAL_COLUMNS: readonly string[] = [
  'endpoint', 'level', 'spec', 'calls', 'status', 'findings', 'principals', 'agents', 'auth', 'flags', 'first', 'last',
]; // prettier-ignore

/** Those of them that a window of 1280 px has room for beside the facets; a flat list has the host as well. */
export const NARROW_COLUMNS: readonly string[] = [
  'endpoint',
  'level',
  'spec',
  'calls',
  'status',
  'findings',
  'principals',
  'agents',
  'auth',
];

/** What stands beside an endpoint shown in full where both share a narrow window: what it is and how bad; the rest is in full beside it. */
export const TIGHT_COLUMNS: readonly string[] = ['endpoint', 'level', 'calls', 'findings'];

/** A host's name; what has none is said so. */
function HostName({ host }: { readonly host: string }) {
  return host === '' ? <span className="muted">no host named</span> : <MiddleText isHost text={host} mono tail={18} />;
}

const Seen = ({ time }: { readonly time: string | undefined }) =>
  time === undefined ? <span className="faint">–</span> : <TimeText time={time} to="min" />;

/** The calls of a host or a service. */
function GroupCalls({ row }: { readonly row: GroupRow }) {
  const isNarrowed = usePlace('filter') !== undefined;
  const query = groupQuery(row, isNarrowed);
  return <Count count={row.sum.calls} to={query === undefined ? undefined : toCalls(query)} />;
}

/** How many endpoints of a group are of which kind, the alarming ones first; nothing is said of what is as it should be. */
function GroupSpecs({ row }: { readonly row: GroupRow }) {
  const filter = usePlace('filter') ?? '';
  const told = (['shadow', 'zombie', 'orphan'] as const).flatMap((spec) => {
    const many = row.sum.specs[spec];
    return many === undefined ? [] : [{ spec, text: `${formatCount(many)} ${SPEC_WORDS[spec]}` }];
  });
  const words = told.map(({ text }) => text);
  return told.length === 0 ? null : (
    <span className="muted" title={words.join(', ')}>
      {told.map(({ spec, text }, index) => (
        <Fragment key={spec}>
          {index === 0 ? '' : ', '}
          {row.kind === 'host' ? (
            <GoLink
              to={toEndpoints(withConditions(filter, hostCondition(row.name), { field: 'spec', value: spec, not: false }))}
              tabbable={false}
            >
              {text}
            </GoLink>
          ) : (
            text
          )}
        </Fragment>
      ))}
    </span>
  );
}

interface NameCellProps {
  readonly row: InventoryRow;
  readonly onToggle: (key: string) => void;
}

/** The first cell: a host or a service that opens and closes, or method and template of an endpoint. */
export function NameCell({ row, onToggle }: NameCellProps) {
  const style: CSSProperties = { paddingInlineStart: (row.level - 1) * INDENT };
  if (row.kind === 'endpoint')
    return (
      <span className="inv-name" style={style}>
        <span className="inv-method mono muted">
          <EvidenceText text={row.endpoint.method} />
        </span>
        <MiddleText text={printPlace({ ...row.endpoint, key: row.endpoint.id })} mono tail={20} />
      </span>
    );
  const Arrow = row.expanded ? ChevronDown : ChevronRight;
  return (
    <span className={`inv-name inv-${row.kind}`} style={style}>
      <button
        type="button"
        tabIndex={-1}
        className="icon-button inv-toggle"
        aria-label={`${row.expanded ? 'Close' : 'Open'} ${row.name === '' ? 'the calls without a host' : toVisibleText(row.name)}`}
        onClick={(event) => {
          event.stopPropagation();
          onToggle(row.key);
        }}
      >
        <Arrow size={14} strokeWidth={1.5} aria-hidden="true" />
      </button>
      <HostName host={row.name} />
      <span className="faint inv-count">{formatPlural(row.sum.endpoints, 'endpoint')}</span>
    </span>
  );
}
