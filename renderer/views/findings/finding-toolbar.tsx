import { Search } from 'lucide-react';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { formatCount } from '../../widgets/format.ts';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import { SEVERITIES, type FindingFilter } from './filter.ts';

const DECISIONS = [
  ['suggested', 'Undecided'],
  ['accepted', 'Accepted'],
  ['dismissed', 'Dismissed'],
] as const;

interface FindingToolbarProps {
  readonly findings: readonly FindingJson[];
  readonly shown: number;
  readonly filter: FindingFilter;
  readonly onFilter: (filter: FindingFilter) => void;
}

/** Narrows the list by words, by severity and by decision, with the count of each. */
export function FindingToolbar({ findings, shown, filter, onFilter }: FindingToolbarProps) {
  const suppressed = findings.filter(({ suppressedBy }) => suppressedBy !== undefined).length;
  return (
    <div className="filter-bar">
      <label className="search-field">
        <Search size={14} strokeWidth={1.5} aria-hidden="true" />
        <span className="visually-hidden">Filter findings</span>
        <input
          type="search"
          value={filter.text}
          placeholder="Filter by title, detector or principal"
          spellCheck={false}
          onChange={(event) => {
            onFilter({ ...filter, text: event.target.value });
          }}
        />
      </label>
      <div className="severity-filter" role="group" aria-label="Severity">
        {SEVERITIES.map((severity) => {
          const count = findings.filter((finding) => finding.severity === severity).length;
          return (
            <button
              key={severity}
              type="button"
              className="severity-choice"
              aria-pressed={filter.severity === severity}
              disabled={count === 0}
              onClick={() => {
                onFilter({ ...filter, severity: filter.severity === severity ? undefined : severity });
              }}
            >
              <SeverityMark severity={severity} />
              <span className="severity-count">{formatCount(count)}</span>
            </button>
          );
        })}
      </div>
      <select
        className="field decision-filter"
        aria-label="Decision"
        value={filter.decision ?? ''}
        onChange={(event) => {
          onFilter({ ...filter, decision: DECISIONS.find(([id]) => id === event.target.value)?.[0] });
        }}
      >
        <option value="">Any decision</option>
        {DECISIONS.map(([id, title]) => (
          <option key={id} value={id}>
            {title} ({formatCount(findings.filter(({ status }) => status === id).length)})
          </option>
        ))}
      </select>
      {suppressed === 0 ? null : (
        <label className="hunt-choice">
          <input
            type="checkbox"
            checked={filter.suppressed}
            onChange={(event) => {
              onFilter({ ...filter, suppressed: event.target.checked });
            }}
          />
          Show {formatCount(suppressed)} set aside by suppression rules
        </label>
      )}
      <span className="muted toolbar-count" role="status">
        {shown === findings.length ? '' : `${formatCount(shown)} of `}
        {formatCount(findings.length)} findings
      </span>
    </div>
  );
}
