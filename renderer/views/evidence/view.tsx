import './view.css';
import { useCallback, useState } from 'react';
import type { SourceRow } from '#shared/contract/rows.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { WithdrawDialog } from '../../intake/withdraw-dialog.tsx';
import { GoLink } from '../../state/go-link.tsx';
import { usePaneSize } from '../../state/prefs.ts';
import { select, usePlace } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { AnalysisBar } from '../../filter/analysis-bar.tsx';
import { CalendarTab } from './calendar-tab.tsx';
import { IssueTable, type IssueFilter } from './issue-table.tsx';
import { LedgerBar } from './ledger-bar.tsx';
import { ReadAsDialog } from './read-as/dialog.tsx';
import { SourceFacts } from './source-facts.tsx';
import { TwoSides } from './two-sides/two-sides.tsx';
import { SourceTable, type SourceAction } from './source-table.tsx';
import { ZoneDialog } from './zone-dialog.tsx';

/** Slices of the coverage strips: about two pixels each where they are narrow. */
const BINS = 120;

const EVERYTHING: IssueFilter = { severity: undefined, code: undefined };

/** Evidence: every source with its ledger and its calls over time, every record that was not used, and captures against logs. */
export function EvidenceView() {
  const sources = useEngineQuery('sources.list', {});
  const tab = usePlace('tab');
  return (
    <div className="view">
      <AnalysisBar />
      <Answer query={sources} what="the sources" lines={8}>
        {(rows) =>
          rows.length === 0 ? (
            <NoEvidence />
          ) : tab === 'sides' ? (
            <TwoSides />
          ) : tab === 'calendar' ? (
            <ByCalendar rows={rows} />
          ) : (
            <Sources rows={rows} />
          )
        }
      </Answer>
    </div>
  );
}

function ByCalendar({ rows }: { readonly rows: readonly SourceRow[] }) {
  return (
    <>
      <LedgerBar sources={rows} />
      <CalendarTab />
    </>
  );
}

function NoEvidence() {
  return (
    <EmptyState
      title="No evidence yet"
      actions={
        <GoLink to={{ view: 'start' }} className="button">
          Add evidence
        </GoLink>
      }
    >
      Drop HAR files, gateway logs or API descriptions anywhere on this window. Each is listed here with its SHA-256 and what was read of
      it.
    </EmptyState>
  );
}

function Sources({ rows }: { readonly rows: readonly SourceRow[] }) {
  const coverage = useEngineQuery('sources.coverage', { bins: BINS });
  const selected = usePlace('source');
  const [filter, setFilter] = useState(EVERYTHING);
  const [asked, setAsked] = useState<{ readonly action: SourceAction; readonly source: SourceRow } | undefined>(undefined);
  const [size, setSize] = usePaneSize('evidence', 340);
  const ask = useCallback((action: SourceAction, source: SourceRow) => {
    setAsked({ action, source });
  }, []);
  const close = useCallback(() => {
    setAsked(undefined);
  }, []);
  const leaveWithdrawn = useCallback(() => {
    select({ source: undefined });
    setAsked(undefined);
  }, []);
  const source = rows.find((row) => row.name === selected);
  const listUnused = useCallback((severity: IssueFilter['severity']) => {
    select({ source: undefined });
    setFilter({ severity, code: undefined });
  }, []);
  return (
    <>
      <LedgerBar sources={rows} onUnused={listUnused} />
      <SplitPane
        direction="column"
        sized="second"
        size={size}
        min={120}
        onSize={setSize}
        label="Height of the list of unused records"
        first={<SourceTable sources={rows} selected={source?.name} coverage={coverage.data} onAction={ask} />}
        second={
          <div className="evidence-lower">
            {source === undefined ? null : <SourceFacts source={source} coverage={coverage.data} onAction={ask} />}
            {/* Another question starts at its first page. */}
            <IssueTable
              key={`${source?.name ?? ''} ${filter.severity ?? ''} ${filter.code ?? ''}`}
              source={source}
              sources={rows}
              filter={filter}
              onFilter={setFilter}
            />
          </div>
        }
      />
      {asked?.action === 'read-as' ? <ReadAsDialog source={asked.source} onClose={close} /> : null}
      {asked?.action === 'set-zone' ? <ZoneDialog source={asked.source} onClose={close} /> : null}
      {asked?.action === 'withdraw' ? <WithdrawDialog sources={[asked.source]} onDone={leaveWithdrawn} onClose={close} /> : null}
    </>
  );
}
