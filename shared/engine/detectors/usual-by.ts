import type { FindingJson } from '../../contract/report-json.ts';
import type { SqlDriver } from '../store/driver.ts';
import { readImportedFile } from '../store/read/baseline-choice.ts';
import type { Detector } from './detector.ts';

/** Passes that say what is usual. */
const CONTRASTS = new Set(['baseline', 'signals']);

/** What findings that contrast with what is usual say of an imported baseline; nothing where the case is judged by itself. */
export function usualBy(db: SqlDriver): (detector: Pick<Detector, 'needs'>) => FindingJson['expected'] {
  const file = readImportedFile(db);
  if (file === undefined) return () => ({});
  const { title = '', from, to } = file.content;
  const name = title === '' ? 'another case' : `case “${title}”`;
  const told = {
    usualBy: `the baseline of ${name}, from ${from.slice(0, 16)}Z to ${to.slice(0, 16)}Z, SHA-256 ${file.sha256.slice(0, 12)}…`,
  };
  return ({ needs }) => (needs.some((pass) => CONTRASTS.has(pass)) ? told : {});
}
