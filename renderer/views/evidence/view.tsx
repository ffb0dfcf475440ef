import './view.css';
import { useState } from 'react';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { usePaneSize } from '../../state/prefs.ts';
import { usePlace } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { IssueTable, type IssueSeverity } from './issue-table.tsx';
import { LedgerBar } from './ledger-bar.tsx';
import { SourceFacts } from './source-facts.tsx';
import { SourceTable } from './source-table.tsx';

/** Evidence: every source with its ledger, and every record that was not used, with its place and reason. */
export function EvidenceView() {
  const sources = useEngineQuery('sources.list', {});
  const selected = usePlace('source');
  const [severity, setSeverity] = useState<IssueSeverity | undefined>(undefined);
  const [size, setSize] = usePaneSize('evidence', 340);
  return (
    <div className="view">
      <Answer query={sources} what="the sources" lines={8}>
        {(rows) => {
          if (rows.length === 0) {
            return (
              <EmptyState
                title="No evidence yet"
                actions={
                  <GoLink to={{ view: 'start' }} className="button">
                    Add evidence
                  </GoLink>
                }
              >
                Drop HAR files, gateway logs or API descriptions anywhere on this window. Each is listed here with its SHA-256 and what was
                read of it.
              </EmptyState>
            );
          }
          const source = rows.find((row) => row.name === selected);
          return (
            <>
              <LedgerBar sources={rows} />
              <SplitPane
                direction="column"
                sized="second"
                size={size}
                min={120}
                onSize={setSize}
                label="Height of the list of unused records"
                first={<SourceTable sources={rows} selected={source?.name} />}
                second={
                  <>
                    {source === undefined ? null : <SourceFacts source={source} />}
                    {/* Another question starts at its first page. */}
                    <IssueTable
                      key={`${source?.name ?? ''} ${severity ?? ''}`}
                      source={source}
                      severity={severity}
                      onSeverity={setSeverity}
                    />
                  </>
                }
              />
            </>
          );
        }}
      </Answer>
    </div>
  );
}
