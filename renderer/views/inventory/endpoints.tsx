import { useMemo, useState, type ReactNode } from 'react';
import type { Inventory } from '#shared/contract/inventory.ts';
import { usePaneSize } from '../../state/prefs.ts';
import { goTo, select, usePlace } from '../../state/selection.ts';
import { useWide } from '../../state/use-wide.ts';
import { ColumnChooser } from '../../widgets/table/column-chooser.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount } from '../../widgets/format.ts';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { endpointColumns } from './columns.tsx';
import { EndpointCard } from './endpoint-card.tsx';
import { EndpointFacets } from './endpoint-facets.tsx';
import { EndpointTable } from './endpoint-table.tsx';
import { filterEndpoints, parseFilter } from './filter.ts';
import { InventoryBar } from './inventory-bar.tsx';
import { nextSort, parseEndpointSort, sortEndpoints } from './sort.ts';
import { TotalsLine } from './totals-line.tsx';
import { groupsOf, toFlat, toTree } from './tree.ts';
import { useEndpointColumns } from './use-endpoint-columns.ts';
import { useInventoryCommands } from './use-inventory-commands.ts';
import { useOpenGroups } from './use-open-groups.ts';
import { useRenamed } from './use-renamed.ts';

/** A narrower window shows the fields only when asked, and the details below the table. Units: CSS px. */
const FIELDS_FROM = 1100;
const BESIDE_FROM = 1000;

interface EndpointsProps {
  readonly inventory: Inventory;
  /** Endpoints of the whole case. */
  readonly all: number;
  readonly stale: boolean;
}

/** The list with its filter, fields and totals, and the chosen endpoint in full. */
export function Endpoints({ inventory: { rows, total }, all, stale }: EndpointsProps) {
  const text = usePlace('filter') ?? '';
  const flat = usePlace('tab') === 'flat';
  const chosen = usePlace('endpoint');
  const sortText = usePlace('sort');
  const sort = useMemo(() => parseEndpointSort(sortText), [sortText]);
  const filter = useMemo(() => parseFilter(text), [text]);
  const fitting = useMemo(() => filterEndpoints(rows, filter), [rows, filter]);
  const sorted = useMemo(() => sortEndpoints(fitting, sort), [fitting, sort]);
  const linked = rows.find(({ id }) => id === chosen);
  const groups = useOpenGroups(fitting.length, linked === undefined ? [] : groupsOf(linked));
  const isBeside = useWide(BESIDE_FROM);
  const columns = useEndpointColumns(flat, chosen !== undefined && isBeside);
  const setText = (next: string): void => {
    select({ filter: next === '' ? undefined : next });
  };
  useInventoryCommands(groups.setAll);
  useRenamed(rows, stale, chosen);
  const shown = flat ? toFlat(sorted) : toTree(sorted, groups.isOpen);
  const list =
    fitting.length === 0 ? (
      <NoneFit text={text} all={rows.length} onText={setText} />
    ) : (
      <EndpointTable
        rows={shown}
        flat={flat}
        columns={columns}
        sort={sort}
        onSort={(column) => {
          goTo({ sort: nextSort(sort, column) });
        }}
        onToggle={groups.toggle}
        order={JSON.stringify([flat, text, sortText])}
        stale={stale}
      />
    );
  return (
    <Frame
      bar={(facets, onFacets) => (
        <InventoryBar text={text} onText={setText} facets={facets} onFacets={onFacets}>
          <ColumnChooser columns={endpointColumns} layout={columns.layout} onLayout={columns.setLayout} onReset={columns.reset} />
        </InventoryBar>
      )}
      facets={<EndpointFacets rows={rows} filter={filter} text={text} onText={setText} />}
      head={
        <>
          {total > rows.length ? <TooLarge held={rows.length} fitting={total} all={all} /> : null}
          <TotalsLine rows={rows} shown={fitting.length} filter={filter} text={text} onText={setText} />
        </>
      }
      list={list}
      card={chosen === undefined ? undefined : <EndpointCard id={chosen} />}
    />
  );
}

interface FrameProps {
  readonly bar: (facets: boolean, onFacets: () => void) => ReactNode;
  readonly facets: ReactNode;
  readonly head: ReactNode;
  readonly list: ReactNode;
  readonly card: ReactNode | undefined;
}

/** Where the parts stand: fields, list, details side by side as far as there is room. */
function Frame({ bar, facets, head, list, card }: FrameProps) {
  const [fieldSize, setFieldSize] = usePaneSize('inventory-fields', 204);
  const [width, setWidth] = usePaneSize('inventory-card', 420);
  const [height, setHeight] = usePaneSize('inventory-card-height', 320);
  const [asked, setAsked] = useState<boolean | undefined>(undefined);
  const [fieldsFit, beside] = [useWide(FIELDS_FROM), useWide(BESIDE_FROM)];
  const hasFacets = asked ?? fieldsFit;
  const main = (
    <div className="inv-main">
      {head}
      <SplitPane
        key={beside ? 'beside' : 'below'}
        direction={beside ? 'row' : 'column'}
        sized="second"
        size={beside ? width : height}
        min={beside ? 300 : 160}
        onSize={beside ? setWidth : setHeight}
        label={beside ? 'Width of the endpoint' : 'Height of the endpoint'}
        first={list}
        second={card}
      />
    </div>
  );
  return (
    <>
      {bar(hasFacets, () => {
        setAsked(!hasFacets);
      })}
      {hasFacets ? (
        <SplitPane
          direction="row"
          sized="first"
          size={fieldSize}
          min={160}
          max={480}
          onSize={setFieldSize}
          label="Width of the fields of endpoints"
          first={facets}
          second={main}
        />
      ) : (
        main
      )}
    </>
  );
}

function TooLarge({ held, fitting, all }: { readonly held: number; readonly fitting: number; readonly all: number }) {
  return (
    <p className="inv-too-large" role="status">
      The case has {formatCount(all)} endpoints, more than a window holds: these are the {formatCount(held)} with most calls
      {fitting === all ? '' : ` of the ${formatCount(fitting)} that have the words`}. Words are looked for among all of them.
    </p>
  );
}

function NoneFit({ text, all, onText }: { readonly text: string; readonly all: number; readonly onText: (text: string) => void }) {
  return (
    <EmptyState
      title="No endpoint fits the filter"
      actions={
        <button
          type="button"
          className="button"
          onClick={() => {
            onText('');
          }}
        >
          Show all {formatCount(all)}
        </button>
      }
    >
      Looked for:{' '}
      <code>
        <EvidenceText text={text} />
      </code>
    </EmptyState>
  );
}
