import { useRef, type KeyboardEvent } from 'react';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { select } from '../../state/selection.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatPlural } from '../../widgets/format.ts';
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

/** The list of findings as a listbox: arrow keys move the selection, the card follows. */
export function FindingRows({ findings, selected }: FindingRowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const { shown, hidden, showMore } = useFirstRows(findings);
  const at = shown.findIndex((finding) => finding.id === selected);
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = targetOf(event.key, at, shown.length);
    const finding = target === undefined ? undefined : shown[target];
    if (target === undefined || finding === undefined) return;
    event.preventDefault();
    select({ finding: finding.id });
    list.current?.children[target]?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <ul
        ref={list}
        className="finding-rows"
        role="listbox"
        tabIndex={0}
        aria-label="Findings"
        aria-activedescendant={at < 0 ? undefined : `finding-${String(at)}`}
        onKeyDown={onKeyDown}
      >
        {shown.map((finding, index) => (
          <li
            key={finding.id}
            id={`finding-${String(index)}`}
            role="option"
            aria-selected={finding.id === selected}
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
                <span className="mono">{finding.detector}</span>
              </p>
            </div>
          </li>
        ))}
      </ul>
      <MoreRows hidden={hidden} onMore={showMore} />
    </>
  );
}
