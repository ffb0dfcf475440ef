import type { CallSort, CallPages } from '../../query/use-call-pages.ts';
import { usePaneSize, usePrefs } from '../../state/prefs.ts';
import { select, usePlace } from '../../state/selection.ts';
import type { Filter } from '../../filter/use-filter.ts';
import { Stopped } from '../../widgets/answer.tsx';
import { ErrorPanel } from '../../widgets/error-panel.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { CallTable } from './call-table.tsx';
import { ComparedCalls } from './compared-calls.tsx';
import { NoCalls } from './no-calls.tsx';
import { PickedBar } from './picked-bar.tsx';
import { SelectedCall } from './selected-call.tsx';
import type { ShownColumns } from './use-columns.ts';

interface CallBodyProps {
  readonly pages: CallPages;
  readonly filter: Filter;
  readonly sort: CallSort;
  readonly onSort: (column: string) => void;
  readonly columns: ShownColumns;
}

/** The table, and below or beside it the selected call or two calls compared. */
export function CallBody({ pages, filter, sort, onSort, columns }: CallBodyProps) {
  const call = usePlace('call');
  const other = usePlace('with');
  const beside = usePrefs((prefs) => prefs.detail === 'beside');
  const [height, setHeight] = usePaneSize('call-detail', 320);
  const [width, setWidth] = usePaneSize('call-detail-width', 520);
  if (pages.error?.code === 'cancelled') return <Stopped what="the calls" onAgain={pages.reload} />;
  if (pages.error !== undefined) return <ErrorPanel error={pages.error} title="The calls could not be listed" onRetry={pages.reload} />;
  if (pages.count === undefined) return <Skeleton lines={12} label="calls" />;
  if (pages.total === 0) return <NoCalls filter={filter} />;
  const close = (): void => {
    select({ call: undefined, with: undefined });
  };
  const detail =
    call === undefined ? undefined : other !== undefined ? (
      <ComparedCalls left={call} right={other} />
    ) : (
      <SelectedCall reference={call} filter={filter} sort={sort} onClose={close} />
    );
  return (
    <>
      <PickedBar />
      <SplitPane
        key={beside ? 'beside' : 'below'}
        direction={beside ? 'row' : 'column'}
        sized="second"
        size={beside ? width : height}
        min={beside ? 280 : 120}
        onSize={beside ? setWidth : setHeight}
        label={beside ? 'Width of the call details' : 'Height of the call details'}
        first={<CallTable pages={pages} filter={filter} sort={sort} onSort={onSort} columns={columns} onClose={close} />}
        second={detail}
      />
    </>
  );
}
