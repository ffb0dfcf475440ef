import type { RevocationJson, RevocationRow } from '../../../../contract/revocation.ts';

/** A line of the plan without what only the screen shows: that stands elsewhere in `report.json`. */
export function toReportEntry(row: RevocationRow): RevocationJson {
  const { about: _about, breaks: _breaks, findings: _findings, incidentCalls: _calls, done: _done, steps: _steps, ...entry } = row;
  return entry;
}
