import './revocation.css';
import type { RevocationPlan } from '#shared/contract/revocation.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { usePaneSize, usePrefs } from '../../../state/prefs.ts';
import { select, usePlace } from '../../../state/selection.ts';
import { useTableColumns } from '../../../state/use-table-columns.ts';
import { useWide } from '../../../state/use-wide.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { ColumnChooser } from '../../../widgets/column-chooser.tsx';
import { toLayout } from '../../../widgets/column-layout.ts';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { formatCount, formatPlural, formatTime } from '../../../widgets/format.ts';
import { SplitPane } from '../../../widgets/split-pane.tsx';
import { VirtualTable } from '../../../widgets/virtual-table.tsx';
import { revocationColumns } from './columns.tsx';
import { EntryCard, ENTRY_ID } from './entry-card.tsx';
import { ExportPacket } from './export-packet.tsx';
import { PivotLine } from './pivot-line.tsx';

const USUAL = toLayout(revocationColumns.map(({ id }) => id));
const ROW_HEIGHTS = { compact: 24, normal: 32, roomy: 40 } as const;
/** A narrower window shows the chosen entry below the table. Units: CSS px. */
const BESIDE_FROM = 1000;

/** Revocation: which credentials go first, why, what breaks, and whether it held. */
export function RevocationTab() {
  const plan = useEngineQuery('revocation.plan', {});
  return (
    <Answer query={plan} what="the revocation plan" lines={8}>
      {(data) => (data.rows.length === 0 ? <NothingToRevoke /> : <Plan plan={data} stale={plan.stale} />)}
    </Answer>
  );
}

function NothingToRevoke() {
  return (
    <EmptyState
      title="Nothing to revoke"
      actions={
        <GoLink to={{ view: 'findings' }} className="button">
          What was found
        </GoLink>
      }
    >
      No credential made calls of an incident, stood in the open or is gravely weak. The plan follows the findings: without an analysis
      there are none.
    </EmptyState>
  );
}

function Plan({ plan: { rows, omitted, evidenceEnd, pivot }, stale }: { readonly plan: RevocationPlan; readonly stale: boolean }) {
  const chosen = usePlace('credential');
  const density = usePrefs((prefs) => prefs.density);
  const table = useTableColumns('revocation', revocationColumns, USUAL);
  const [width, setWidth] = usePaneSize('revocation-card', 560);
  const [height, setHeight] = usePaneSize('revocation-card-height', 360);
  const beside = useWide(BESIDE_FROM);
  const at = rows.findIndex(({ credential }) => credential === chosen);
  return (
    <>
      <div className="filter-bar revo-bar">
        <span className="muted toolbar-count" role="status">
          {formatPlural(rows.length, 'credential')}, the most urgent first
          {omitted === 0 ? '' : `; ${formatCount(omitted)} less urgent ones are left out`}
          {evidenceEnd === undefined ? '' : `. Validity counts from the end of the evidence, ${formatTime(evidenceEnd, 'min')} UTC`}
        </span>
        <ExportPacket count={rows.length} />
        <ColumnChooser columns={revocationColumns} layout={table.layout} onLayout={table.setLayout} onReset={table.reset} />
      </div>
      <PivotLine pivot={pivot} />
      <SplitPane
        key={beside ? 'beside' : 'below'}
        direction={beside ? 'row' : 'column'}
        sized="second"
        size={beside ? width : height}
        min={beside ? 300 : 160}
        onSize={beside ? setWidth : setHeight}
        label={beside ? 'Width of the entry' : 'Height of the entry'}
        first={
          <VirtualTable
            label="Revocation plan"
            columns={table.columns}
            columnActions={table.actions}
            count={rows.length}
            rowHeight={ROW_HEIGHTS[density]}
            row={(index) => rows[index]}
            active={at < 0 ? undefined : at}
            onActive={(index) => {
              select({ credential: rows[index]?.credential });
            }}
            onOpen={() => {
              document.getElementById(ENTRY_ID)?.focus();
            }}
            isSelected={({ credential }) => credential === chosen}
            stale={stale}
          />
        }
        second={chosen === undefined ? undefined : <EntryCard id={chosen} />}
      />
    </>
  );
}
