import './view.css';
import { PanelLeft } from 'lucide-react';
import { memo, useState } from 'react';
import { ActivityChart } from '../../charts/time/activity-chart.tsx';
import { CompareMenu } from '../../compare/compare-menu.tsx';
import { Facets } from '../../filter/facets.tsx';
import { FilterBar } from '../../filter/filter-bar.tsx';
import { SavedViews } from '../../filter/saved-views.tsx';
import { useFilter, type Filter } from '../../filter/use-filter.ts';
import { useCallPages, type CallPages } from '../../query/use-call-pages.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useTagSlots } from '../../query/use-tag-slots.ts';
import { usePictureKeys } from '../../state/use-picture-keys.ts';
import { useWide } from '../../state/use-wide.ts';
import { setPrefs, usePaneSize, usePrefs } from '../../state/prefs.ts';
import { timeSpanOf, withoutTimeSpan, withTimeSpan } from '#shared/query/edit.ts';
import { ColumnChooser } from '../../widgets/table/column-chooser.tsx';
import { formatCount } from '../../widgets/format.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { TagSlots } from '../../widgets/tag-mark.tsx';
import { CallBody } from './call-body.tsx';
import { callColumns } from './columns.tsx';
import { SaveMenu } from './save-menu.tsx';
import { SlowQuery } from './slow-query.tsx';
import { useColumns } from './use-columns.ts';
import { useSort } from './use-sort.ts';

/** Slices of the strip above the table: about 9 px each at 1280 px. */
const SLICES = 130;

/** A narrower window shows fields only when they are asked for: they would leave the calls no room. Units: CSS px. */
const FIELDS_FROM = 900;

/** Calls: the query, the fields with their counts, calls over time, the table of what fits, and one call in full. */
export function CallsView() {
  const filter = useFilter();
  const [sort, setSort] = useSort();
  const columns = useColumns();
  const info = useEngineQuery('case.info', {});
  const pages = useCallPages(filter.good, sort);
  const slots = useTagSlots();
  const [size, setSize] = usePaneSize('call-fields', 204);
  const wide = useWide(FIELDS_FROM);
  const [shown, setShown] = useState<boolean | undefined>(undefined);
  const usual = usePrefs((prefs) => prefs.fields) && wide;
  const facets = shown ?? usual;
  const main = (
    <div className="calls-main">
      <SlowQuery query={filter.good} pages={pages} />
      <Strip filter={filter} ready={pages.answered} />
      <CallBody pages={pages} filter={filter} sort={sort} onSort={setSort} columns={columns} />
    </div>
  );
  return (
    <TagSlots value={slots}>
      <div className="view">
        <FilterBar
          filter={filter}
          label="Query over all calls"
          placeholder="Filter calls: agent:*, status >= 400, path:/v1/*, ip:10.0.0.0/8 or just words"
          count={countText(pages, info.data?.calls)}
        >
          <SavedViews />
          <CompareMenu filter={filter} />
          <SaveMenu query={filter.good} />
          <ColumnChooser columns={callColumns} layout={columns.layout} onLayout={columns.setLayout} onReset={columns.reset} />
          <IconButton
            icon={PanelLeft}
            label="Fields"
            title="Fields and their values"
            pressed={facets}
            onClick={() => {
              setShown(!facets);
              if (wide) setPrefs({ fields: !facets });
            }}
          />
        </FilterBar>
        {facets ? (
          <SplitPane
            direction="row"
            sized="first"
            size={size}
            min={160}
            max={480}
            onSize={setSize}
            label="Width of the fields"
            first={<Facets filter={filter} ready={pages.answered} partial={pages.partial} />}
            second={main}
          />
        ) : (
          main
        )}
      </div>
    </TagSlots>
  );
}

/** Calls over time, and the stretch that the query is limited to. Not drawn again while the table below scrolls. */
const Strip = memo(function Strip({ filter, ready }: { readonly filter: Filter; readonly ready: boolean }) {
  const keys = usePictureKeys();
  const activity = useEngineQuery('calls.activity', { query: filter.good, bins: SLICES }, { enabled: ready });
  if (activity.data === undefined) return null;
  const span = timeSpanOf(filter.ast);
  return (
    <ActivityChart
      keys={keys}
      activity={activity.data}
      shape="strip"
      limit={{
        // One end alone is drawn to the end of the picture.
        span: span.from === undefined && span.to === undefined ? undefined : [span.from ?? -Infinity, span.to ?? Infinity],
        onClear: () => {
          filter.apply(withoutTimeSpan(filter.good));
        },
      }}
      stale={activity.stale}
      onSpan={([from, to]) => {
        filter.apply(withTimeSpan(filter.good, from, to));
      }}
      onKind={(kind) => {
        filter.include(kind === 'finding' ? 'has:finding' : 'is:failed');
      }}
    />
  );
});

function countText(pages: CallPages, all: number | undefined): string {
  if (pages.total === undefined) return pages.loading || pages.count !== undefined ? 'counting' : '';
  if (pages.partial !== undefined) return `${formatCount(pages.total)} of the ${formatCount(pages.partial.read)} calls read`;
  return all === undefined || all === pages.total
    ? `${formatCount(pages.total)} calls`
    : `${formatCount(pages.total)} of ${formatCount(all)} calls`;
}
