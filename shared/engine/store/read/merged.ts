import type { FindingJson } from '../../../contract/report-json.ts';
import type { SqlDriver } from '../driver.ts';

const union = (...lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];

/** The stretch that covers those that are known. */
function cover(findings: readonly FindingJson[]): Pick<FindingJson, 'window'> {
  const spans = findings.flatMap(({ window }) => (window === undefined ? [] : [window]));
  const [first, last] = [
    spans.map(([from]) => from).sort()[0],
    spans
      .map(([, to]) => to)
      .sort()
      .at(-1),
  ];
  return first === undefined || last === undefined ? {} : { window: [first, last] };
}

/** A finding with the evidence of those that the analyst made part of it; its claim stays its own. */
function absorb(finding: FindingJson, parts: readonly FindingJson[]): FindingJson {
  const all = [finding, ...parts];
  return {
    ...finding,
    calls: union(...all.map(({ calls }) => calls)),
    chains: union(...all.map(({ chains }) => chains)),
    principals: union(...all.map(({ principals }) => [...principals])).toSorted(),
    credentials: union(...all.map(({ credentials }) => [...credentials])).toSorted(),
    endpoints: union(...all.map(({ endpoints }) => [...endpoints])).toSorted(),
    ...cover(all),
    merged: parts.map(({ id }) => id),
  };
}

/** Makes the step that shows merges: the whole takes the evidence of its parts, a part counts no more by itself. */
export function mergeReader(
  db: SqlDriver,
  read: (row: { readonly id: number; readonly data: string }) => FindingJson,
): (finding: FindingJson) => FindingJson {
  const parts = db
    .prepare("SELECT id, data, data ->> '$.mergedInto' AS whole FROM finding WHERE data ->> '$.mergedInto' IS NOT NULL ORDER BY rank")
    .all<{ id: number; data: string; whole: string }>();
  const known = db.prepare('SELECT 1 FROM finding WHERE key = ?');
  return (finding) => {
    // The whole may be gone after another analysis: then the part stands for itself again.
    if (finding.mergedInto !== undefined && known.get(finding.mergedInto) !== undefined)
      return { ...finding, status: 'dismissed', reason: `part of ${finding.mergedInto}` };
    const own = parts.filter(({ whole }) => whole === finding.id);
    return own.length === 0 ? finding : absorb(finding, own.map(read));
  };
}
