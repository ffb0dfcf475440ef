import './view.css';
import { useCallback, useMemo, useState } from 'react';
import { parseQuery } from '#shared/query/parse.ts';
import { addClause, timeSpanOf, withoutTimeSpan, withTimeSpan } from '#shared/query/edit.ts';
import type { QueryNode } from '#shared/query/ast.ts';
import { ActivityChart } from '../../charts/activity-chart.tsx';
import { useCallPages, type CallPages, type CallSort } from '../../query/use-call-pages.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useQueryValues } from '../../query/use-query-values.ts';
import { rememberQuery, usePaneSize, usePrefs } from '../../state/prefs.ts';
import { goTo, select, usePlace } from '../../state/selection.ts';
import { ErrorPanel } from '../../widgets/error-panel.tsx';
import { formatCount } from '../../widgets/format.ts';
import { QueryBar } from '../../widgets/query-bar.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { VirtualTable } from '../../widgets/virtual-table.tsx';
import { callColumns } from './columns.tsx';
import { NoCalls } from './no-calls.tsx';
import { SelectedCall } from './selected-call.tsx';

/** Slices of the strip above the table: about 9 px each at 1280 px. */
const SLICES = 130;
const ROW_HEIGHTS = { compact: 24, normal: 32, roomy: 40 } as const;
const EVERY: QueryNode = { kind: 'all' };

const sortFields = ['time', 'status', 'durationMs', 'resBytes', 'method', 'host', 'path'] as const;
const isSortField = (column: string): column is (typeof sortFields)[number] => sortFields.some((field) => field === column);

/** Calls: the query, calls over time, the table of what fits, and one call in full. */
export function CallsView() {
  const query = usePlace('query');
  const parsed = useMemo(() => parseQuery(query), [query]);
  // A link may carry a query that nobody can understand: it stays in the bar to be mended and nothing is asked.
  const [good, setGood] = useState('');
  if (parsed.ok && good !== query) setGood(query);
  const ast = useMemo(() => {
    const known = parseQuery(good);
    return known.ok ? known.ast : EVERY;
  }, [good]);
  const [sort, setSort] = useState<CallSort>({ field: 'time', descending: false });
  const info = useEngineQuery('case.info', {});
  const activity = useEngineQuery('calls.activity', { query: good, bins: SLICES });
  const pages = useCallPages(good, sort);
  const [values, onCompletion] = useQueryValues();
  const history = usePrefs((prefs) => prefs.queries);
  const apply = useCallback((text: string) => {
    rememberQuery(text);
    goTo({ query: text });
  }, []);
  const onClause = useCallback(
    (clause: string) => {
      apply(addClause(good, clause));
    },
    [apply, good],
  );
  const span = timeSpanOf(ast);
  return (
    <div className="view">
      <div className="filter-bar">
        <QueryBar
          text={query}
          onApply={apply}
          onCompletion={onCompletion}
          values={values}
          history={history}
          label="Query over all calls"
          placeholder="Filter calls: agent:*, status >= 400, path:/v1/*, ip:10.0.0.0/8 or just words"
        />
        <span className="call-count" role="status">
          {countText(pages, info.data?.calls)}
        </span>
      </div>
      {activity.data === undefined ? null : (
        <ActivityChart
          activity={activity.data}
          shape="strip"
          limit={{
            // One end alone is drawn to the end of the picture.
            span: span.from === undefined && span.to === undefined ? undefined : [span.from ?? -Infinity, span.to ?? Infinity],
            onClear: () => {
              apply(withoutTimeSpan(ast));
            },
          }}
          stale={activity.stale}
          onSpan={([from, to]) => {
            apply(withTimeSpan(ast, from, to));
          }}
          onKind={(kind) => {
            onClause(kind === 'finding' ? 'has:finding' : 'is:failed');
          }}
        />
      )}
      <CallTable pages={pages} query={good} ast={ast} sort={sort} onSort={setSort} onApply={apply} onClause={onClause} />
    </div>
  );
}

function countText(pages: CallPages, all: number | undefined): string {
  if (pages.total === undefined) return pages.loading || pages.count !== undefined ? 'counting' : '';
  return all === undefined || all === pages.total
    ? `${formatCount(pages.total)} calls`
    : `${formatCount(pages.total)} of ${formatCount(all)} calls`;
}

interface CallTableProps {
  readonly pages: CallPages;
  readonly query: string;
  readonly ast: QueryNode;
  readonly sort: CallSort;
  readonly onSort: (sort: CallSort) => void;
  readonly onApply: (query: string) => void;
  readonly onClause: (clause: string) => void;
}

function CallTable({ pages, query, ast, sort, onSort, onApply, onClause }: CallTableProps) {
  const density = usePrefs((prefs) => prefs.density);
  const call = usePlace('call');
  const [active, setActive] = useState<number | undefined>(undefined);
  const [size, setSize] = usePaneSize('call-detail', 320);
  // A call chosen elsewhere, in a story or a chain, is shown where it stands among the others.
  const [placed, setPlaced] = useState<string | undefined>(undefined);
  const place = useEngineQuery('calls.position', { ref: call ?? '-', query, sort }, { enabled: call !== undefined && call !== placed });
  const index = place.stale ? undefined : place.data?.index;
  if (call !== undefined && call !== placed && index !== undefined) {
    setPlaced(call);
    setActive(index);
  }
  const onActive = (index: number): void => {
    setActive(index);
    const row = pages.row(index);
    if (row === undefined) return;
    setPlaced(row.ref);
    select({ call: row.ref });
  };
  const close = (): void => {
    select({ call: undefined });
  };
  if (pages.error !== undefined) return <ErrorPanel error={pages.error} title="The calls could not be listed" onRetry={pages.reload} />;
  const count = pages.count;
  if (count === undefined) return <Skeleton lines={12} label="calls" />;
  if (pages.total === 0) return <NoCalls query={query} ast={ast} onApply={onApply} />;
  const table = (
    <VirtualTable
      label="Calls"
      columns={callColumns}
      count={count}
      rowHeight={ROW_HEIGHTS[density]}
      row={pages.row}
      active={active === undefined ? undefined : Math.min(active, count - 1)}
      onActive={onActive}
      onOpen={onActive}
      onRange={pages.onRange}
      sort={{ column: sort.field, descending: sort.descending }}
      onSort={(column) => {
        if (isSortField(column)) onSort({ field: column, descending: sort.field === column && !sort.descending });
      }}
      isSelected={(row) => row.ref === call}
      onKey={(event) => {
        if (event.key === 'Escape') close();
      }}
      stale={pages.stale}
    />
  );
  return (
    <SplitPane
      direction="column"
      sized="second"
      size={size}
      min={120}
      onSize={setSize}
      label="Height of the call details"
      first={table}
      second={call === undefined ? undefined : <SelectedCall reference={call} onClause={onClause} onClose={close} />}
    />
  );
}
