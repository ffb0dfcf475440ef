import type { CallJson } from '../../../../contract/report-json.ts';
import type { CallRow } from '../../../../contract/rows.ts';
import { withoutFingerprints } from '../../../intake/masking/token.ts';

/**
 * A call as it may leave the case: without what only screens use and what the analyst said about it, and without the fingerprints inside masks, since they
 * depend on the key of the case and would differ from one import of the same evidence to the next.
 */
export function toExportedCall(row: CallRow): CallJson {
  const { id: _id, findings: _findings, findingSeverity: _severity, principalLabel: _label, outcome: _outcome, ...said } = row;
  const { tags: _tags, starred: _starred, marked: _marked, notes: _notes, ...json } = said;
  // Any text of the evidence may hold a mask: ids and user agents too.
  const clean: Record<string, string> = {};
  for (const [key, text] of Object.entries(json))
    if (typeof text === 'string' && text.includes('fp:')) clean[key] = withoutFingerprints(text);
  // In the order of their names, not of the imports.
  const also = json.alsoSeenAs === undefined ? {} : { alsoSeenAs: [...json.alsoSeenAs].sort() };
  return { ...json, ...clean, ...also };
}
