import type { KnownAs, RevocationJson, RevocationRow } from '../../../../contract/revocation.ts';

/** A line of the plan without what only the screen shows: that stands elsewhere in `report.json`. */
export function toReportEntry(row: RevocationRow, knownAs: readonly KnownAs[]): RevocationJson {
  const { about: _about, breaks: _breaks, findings: _findings, incidentCalls: _calls, done: _done, steps: _steps, ...entry } = row;
  return { ...entry, ...(knownAs.length === 0 ? {} : { knownAs }) };
}
