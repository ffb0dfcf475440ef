import type { Recognition } from '../importer.ts';
import { listJsonKeys } from './json-signature.ts';

/** Share of the first objects that must be of a format whose keys nobody else has: logs of several categories share files. */
const SHARE_OF_CERTAIN = 0.1;
/** Share of the first objects that must be of a format whose keys others might use as well. */
const SHARE_OF_LIKELY = 0.6;

/** Recognition of a JSON format by the keys of its records: `certain` when nobody else has them, `likely` otherwise. */
export function recognizeByKeys(
  head: Uint8Array,
  who: string,
  judge: (keys: ReadonlySet<string>) => 'certain' | 'likely' | undefined,
): Recognition {
  const objects = listJsonKeys(head);
  const judged = objects.map(judge);
  const certain = judged.filter((verdict) => verdict === 'certain').length;
  const likely = judged.filter((verdict) => verdict !== undefined).length;
  const share = `${String(likely)} of the first ${String(objects.length)} JSON records have the keys of ${who}`;
  if (certain > 0 && certain / objects.length >= SHARE_OF_CERTAIN) return { strength: 'magic', why: share };
  if (likely > 0 && likely / objects.length >= SHARE_OF_LIKELY) return { strength: 'shape', why: share };
  return { strength: 'none', why: `no JSON records with the keys of ${who}` };
}
