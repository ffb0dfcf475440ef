import { useState } from 'react';
import type { DetectorRow } from '#shared/contract/hunting.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { usePaneSize } from '../../state/prefs.ts';
import { select, usePlace } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { FAMILY_WORDS } from '../../widgets/family-words.ts';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { MoreRows, useFirstRows } from '../../widgets/more-rows.tsx';
import { SearchField } from '../../widgets/query/search-field.tsx';
import { SplitPane } from '../../widgets/split-pane.tsx';
import { DetectorPage } from './detector-page.tsx';
import { filterDetectors, isOnly, standingOf, type OnlyDetectors } from './detector-filter.ts';

/** Longest filter. Units: characters. */
const MAX_FILTER = 200;

const ONLY: readonly { readonly id: OnlyDetectors; readonly label: string }[] = [
  { id: 'unanswered', label: 'Only those that cannot answer' },
  { id: 'partly', label: 'Only those that could look at a part' },
];

/** Every detector with what it needs and found: those of the program, Sigma rules of the case, queries of the analyst. */
export function DetectorsTab({ only }: { readonly only: OnlyDetectors | undefined }) {
  const detectors = useEngineQuery('detectors.list', {});
  return (
    <Answer query={detectors} what="the detectors" lines={8}>
      {(rows) => <Listed rows={rows} only={only} />}
    </Answer>
  );
}

function Listed({ rows, only }: { readonly rows: readonly DetectorRow[]; readonly only: OnlyDetectors | undefined }) {
  const [words, setWords] = useState('');
  const [size, setSize] = usePaneSize('detectors', 420);
  const chosen = usePlace('detector');
  const shown = filterDetectors(only === undefined ? rows : rows.filter((row) => isOnly(only, row)), words);
  const selected = rows.find(({ id }) => id === chosen) ?? shown[0];
  return (
    <>
      <div className="filter-bar">
        <SearchField label="Filter detectors" placeholder="Filter by name, id or what it catches" value={words} most={MAX_FILTER} onValue={setWords} />
        {ONLY.map(({ id, label }) => (
          <label key={id} className="hunt-choice">
            <input
              type="checkbox"
              checked={only === id}
              onChange={(event) => {
                select({ tab: event.target.checked ? id : 'detectors' });
              }}
            />
            {label}
          </label>
        ))}
        <span className="muted toolbar-count" role="status">
          {shown.length === rows.length ? '' : `${formatCount(shown.length)} of `}
          {formatPlural(rows.length, 'detector')}, {formatCount(rows.filter(({ notEvaluable }) => notEvaluable !== undefined).length)} cannot answer here
        </span>
      </div>
      <SplitPane
        direction="row"
        sized="first"
        size={size}
        min={280}
        onSize={setSize}
        label="Width of the list of detectors"
        first={shown.length === 0 ? <EmptyState title="No detector fits the filter">Words looked for: {words}</EmptyState> : <Rows rows={shown} selected={selected?.id} />}
        second={selected === undefined ? null : <DetectorPage key={selected.id} detector={selected} />}
      />
    </>
  );
} // prettier-ignore

function Rows({ rows, selected }: { readonly rows: readonly DetectorRow[]; readonly selected: string | undefined }) {
  const { shown, hidden, showMore } = useFirstRows(rows);
  return (
    <div className="finding-rows">
      <ul aria-label="Detectors">
        {shown.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className="detector-row"
              aria-current={row.id === selected ? 'true' : undefined}
              onClick={() => {
                select({ detector: row.id });
              }}
            >
              <span className="finding-row-text">
                <EvidenceText text={row.title} />
              </span>
              <span className="muted finding-row-note">
                <span>{FAMILY_WORDS[row.family].one}</span>
                <span>{standingOf(row)}</span>
                <span className="mono">
                  <EvidenceText text={row.id} />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <MoreRows hidden={hidden} onMore={showMore} />
    </div>
  );
}
