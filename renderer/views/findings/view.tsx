import './view.css';
import { useState, type ReactNode } from 'react';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { AnalysisBar } from '../../filter/analysis-bar.tsx';
import { EmptyCase } from '../../filter/empty-case.tsx';
import { useAnalysis } from '../../query/use-analysis.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { usePaneSize } from '../../state/prefs.ts';
import { usePlace } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { formatPlural } from '../../widgets/format.ts';
import { FoundNone } from '../../widgets/query/found-none.tsx';
import { ANALYSIS_WORDS, NotRun } from '../../widgets/not-run.tsx';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { filterFindings, SEVERITIES, type FindingFilter } from './filter.ts';
import { FindingCard } from './finding-card.tsx';
import { FindingRows } from './finding-rows.tsx';
import { DetectorsTab } from './detectors-tab.tsx';
import { FindingsTabs, type FindingsTabId } from './findings-tabs.tsx';
import { SuppressionsTab } from './suppressions-tab.tsx';
import { FindingToolbar } from './finding-toolbar.tsx';

/** Nothing is filtered but what suppressions set aside. */
const EVERYTHING: FindingFilter = { text: '', severity: undefined, decision: undefined, suppressed: false };

interface FirstFilter {
  /** What a link narrows the list to until the analyst does. */
  readonly first: FindingFilter;
}

/** Findings: claims in order of urgency on the left, the whole of the chosen one on the right. */
export function FindingsView() {
  const tab = usePlace('tab');
  if (tab === 'detectors' || tab === 'unanswered' || tab === 'partly')
    return (
      <Tabbed
        shown="detectors"
        content={
          <Judged>
            <DetectorsTab only={tab === 'detectors' ? undefined : tab} />
          </Judged>
        }
      />
    );
  if (tab === 'suppressions')
    return (
      <Tabbed
        shown={tab}
        content={
          <Judged>
            <SuppressionsTab />
          </Judged>
        }
      />
    );
  const severity = SEVERITIES.find((each) => each === tab);
  const first: FindingFilter = { ...EVERYTHING, severity, decision: tab === 'undecided' ? 'suggested' : undefined };
  return <Tabbed shown="findings" content={<FindingsTab key={tab} first={first} />} />;
}

function Tabbed({ shown, content }: { readonly shown: FindingsTabId; readonly content: ReactNode }) {
  return (
    <div className="view">
      <FindingsTabs shown={shown} />
      {content}
    </div>
  );
}

/** What stands although the case may not be analysed as it is now; a list without findings says so itself. */
function Judged({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <AnalysisBar />
      {children}
    </>
  );
}

function FindingsTab({ first }: FirstFilter) {
  const findings = useEngineQuery('findings.list', {});
  return (
    <>
      <Answer query={findings} what="the findings" lines={8}>
        {(rows) =>
          rows.length === 0 ? (
            <NoFindings />
          ) : (
            <Judged>
              <Filled findings={rows} first={first} />
            </Judged>
          )
        }
      </Answer>
    </>
  );
}

function NoFindings() {
  const overview = useEngineQuery('case.overview', {});
  const [work, start] = useAnalysis();
  return (
    <Answer query={overview} what="what was looked at" lines={3}>
      {({ info, notEvaluable }) =>
        info.calls === 0 ? (
          <EmptyCase>Findings are claims about calls, and nothing imported so far gave any.</EmptyCase>
        ) : info.analyzed ? (
          <FoundNone
            what="findings"
            calls={info.calls}
            actions={
              <GoLink to={{ view: 'overview' }} className="button">
                What was looked at
              </GoLink>
            }
          >
            {notEvaluable.length === 0
              ? 'Every question has an answer.'
              : `${formatPlural(notEvaluable.length, 'question')} could not be answered: the Overview names what is missing.`}
          </FoundNone>
        ) : (
          <NotRun title="Not analysed yet" work={work} words={ANALYSIS_WORDS} onStart={start}>
            The questions are put to the evidence by the analysis, at the end of each import. It has not run on the evidence as it stands
            now.
          </NotRun>
        )
      }
    </Answer>
  );
}

function Filled({ findings, first }: FirstFilter & { readonly findings: readonly FindingJson[] }) {
  const [filter, setFilter] = useState<FindingFilter>(first);
  const [size, setSize] = usePaneSize('findings', 420);
  const shown = filterFindings(findings, filter);
  const chosen = usePlace('finding');
  // A link to a finding shows it even where the list's filter hides its row.
  const selected = findings.find((finding) => finding.id === chosen) ?? shown[0];
  return (
    <>
      <FindingToolbar findings={findings} shown={shown.length} filter={filter} onFilter={setFilter} />
      <SplitPane
        direction="row"
        sized="first"
        size={size}
        min={280}
        onSize={setSize}
        label="Width of the list of findings"
        first={
          shown.length === 0 ? (
            <EmptyState
              title="No finding fits the filter"
              actions={
                <button
                  type="button"
                  className="button"
                  onClick={() => {
                    setFilter({ ...EVERYTHING, suppressed: true });
                  }}
                >
                  Show all {findings.length}
                </button>
              }
            >
              {filter.text !== ''
                ? `Words looked for: ${filter.text}`
                : filter.severity === undefined && filter.decision === undefined
                  ? 'Suppression rules set all of them aside.'
                  : 'None that is shown has this severity and decision.'}
            </EmptyState>
          ) : (
            <FindingRows findings={shown} selected={selected?.id} />
          )
        }
        second={selected === undefined ? null : <FindingCard key={selected.id} finding={selected} findings={findings} />}
      />
    </>
  );
}
