import type { IssueCount } from '#shared/contract/rows.ts';

export type IssueSeverity = IssueCount['severity'];

/** How many issues of each kind, and of all. */
type SeverityCounts = Readonly<Record<IssueSeverity | 'all', number>>;

/** Adds counts by source and reason up to counts by kind. */
export function sumBySeverity(counts: readonly IssueCount[]): SeverityCounts {
  const sums = { all: 0, reject: 0, skip: 0, warning: 0 };
  for (const { severity, count } of counts) {
    sums.all += count;
    sums[severity] += count;
  }
  return sums;
}

/** The reasons that stand, most frequent first; those of one kind when it is given. */
export function sumByCode(
  counts: readonly IssueCount[],
  severity: IssueSeverity | undefined,
): readonly Pick<IssueCount, 'code' | 'meaning' | 'count'>[] {
  const byCode = new Map<string, Pick<IssueCount, 'code' | 'meaning' | 'count'>>();
  for (const { code, meaning, count, severity: own } of counts) {
    if (severity !== undefined && own !== severity) continue;
    byCode.set(code, { code, meaning, count: (byCode.get(code)?.count ?? 0) + count });
  }
  return [...byCode.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}
