import { useRef, type KeyboardEvent } from 'react';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { groupBy } from '#shared/lib/group-by.ts';
import { useDetectorTitles } from '../../query/use-titles.ts';
import { select } from '../../state/selection.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { FAMILY_WORDS } from '../../widgets/family-words.ts';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { MoreRows, useFirstRows } from '../../widgets/more-rows.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';

interface FindingRowsProps {
  readonly findings: readonly FindingJson[];
  readonly selected: string | undefined;
}

/** Where a key moves the selection to, if it is one that moves. */
function targetOf(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(count - 1, at + 1);
  if (key === 'ArrowUp') return Math.max(0, at - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

/** The list of findings as a listbox under the heads of their families: arrow keys move the selection, the card follows. */
export function FindingRows({ findings, selected }: FindingRowsProps) {
  const list = useRef<HTMLDivElement>(null);
  const { shown, hidden, showMore } = useFirstRows(findings);
  const titleOf = useDetectorTitles();
  const at = shown.findIndex((finding) => finding.id === selected);
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = targetOf(event.key, at, shown.length);
    const finding = target === undefined ? undefined : shown[target];
    if (target === undefined || finding === undefined) return;
    event.preventDefault();
    select({ finding: finding.id });
    list.current?.querySelectorAll('[role="option"]')[target]?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <div
        ref={list}
        className="finding-rows"
        role="listbox"
        tabIndex={0}
        aria-label="Findings"
        aria-activedescendant={at < 0 ? undefined : `finding-${String(at)}`}
        onKeyDown={onKeyDown}
      >
        {[...groupBy(shown, ({ family }) => family)].map(([family, group]) => (
          <div key={family} role="group" aria-label={FAMILY_WORDS[family].many}>
            <p className="finding-group-head" aria-hidden="true">
              {FAMILY_WORDS[family].many}{' '}
              <span className="muted">{formatCount(findings.filter((finding) => finding.family === family).length)}</span>
            </p>
            {group.map((finding) => (
              <FindingRow
                key={finding.id}
                finding={finding}
                index={shown.indexOf(finding)}
                isSelected={finding.id === selected}
                detector={titleOf(finding.detector)}
              />
            ))}
          </div>
        ))}
      </div>
      <MoreRows hidden={hidden} onMore={showMore} />
    </>
  );
}

interface FindingRowProps {
  readonly finding: FindingJson;
  readonly index: number;
  readonly isSelected: boolean;
  /** The title of what found it. */
  readonly detector: string;
}

function FindingRow({ finding, index, isSelected, detector }: FindingRowProps) {
  return (
    <div
      id={`finding-${String(index)}`}
      role="option"
      aria-selected={isSelected}
      className="finding-row"
      onClick={() => {
        select({ finding: finding.id });
      }}
    >
      <SeverityMark severity={finding.severity} word={false} />
      <div className="finding-row-text">
        <p>
          <EvidenceText text={finding.title} />
        </p>
        <p className="muted finding-row-note">
          {finding.status === 'suggested' ? null : (
            <span className="finding-row-decision">{finding.mergedInto === undefined ? finding.status : 'merged'}</span>
          )}
          <span>{finding.confidence}</span>
          <span>{formatPlural(finding.calls.length, 'call')}</span>
          <span>
            <EvidenceText text={detector} />
          </span>
        </p>
      </div>
    </div>
  );
}
