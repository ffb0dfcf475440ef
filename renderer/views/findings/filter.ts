import type { FindingJson, Severity } from '#shared/contract/report-json.ts';

/** The most urgent first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** What the list of findings is narrowed to; the report is not affected by it. */
export interface FindingFilter {
  readonly text: string;
  readonly severity: Severity | undefined;
  readonly decision: FindingJson['status'] | undefined;
  /** Those that a suppression sets aside, too. */
  readonly suppressed: boolean;
}

/** Findings that hold every word of the text in their title, summary, detector or id, and have the severity. */
export function filterFindings(
  findings: readonly FindingJson[],
  { text, severity, decision, suppressed }: FindingFilter,
): readonly FindingJson[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return findings.filter((finding) => {
    if (!suppressed && finding.suppressedBy !== undefined) return false;
    if (severity !== undefined && finding.severity !== severity) return false;
    if (decision !== undefined && finding.status !== decision) return false;
    const searched =
      `${finding.title} ${finding.summary ?? ''} ${finding.detector} ${finding.id} ${finding.principals.join(' ')}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}
