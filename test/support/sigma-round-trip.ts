import { nodeCrypto } from '#electron/node/crypto.ts';
import type { Detector, SigmaForm } from '#shared/engine/detectors/detector.ts';
import { detectors } from '#shared/engine/detectors/index.ts';
import { correlate } from '#shared/engine/detectors/sigma/correlate.ts';
import { openMatches } from '#shared/engine/detectors/sigma/match.ts';
import { writeSigma } from '#shared/engine/report/write-sigma.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { compileQuery } from '#shared/engine/store/query-sql.ts';
import { groupText } from '#shared/engine/store/sigma-sql.ts';
import { columnOf } from '#shared/sigma/correlation.ts';
import { readSigmaRules } from '#shared/sigma/read-rules.ts';

/** What one form of a detector fits: asked by its own query, and by the Sigma rule that was written of it and read again. */
export interface RoundTrip {
  readonly form: string;
  readonly own: readonly number[];
  readonly again: readonly number[];
}

interface Hit {
  readonly id: number;
  readonly time: number | null;
  readonly by: string | null;
}

const breathe = (): Promise<void> => Promise.resolve();
const inOrder = (ids: Iterable<number>): readonly number[] => [...ids].sort((a, b) => a - b);

/** Calls of windows with enough calls of one group; the plain way, for comparison. */
function bursts(hits: readonly Hit[], { least, minutes }: NonNullable<SigmaForm['burst']>): readonly number[] {
  const found = new Set<number>();
  const groups = new Map<string, Hit[]>();
  for (const hit of hits) {
    if (hit.time === null || hit.by === null) continue;
    const group = groups.get(hit.by) ?? [];
    groups.set(hit.by, group);
    group.push(hit);
  }
  for (const group of groups.values()) {
    const sorted = group.toSorted((a, b) => (a.time ?? 0) - (b.time ?? 0) || a.id - b.id);
    for (const [end, last] of sorted.entries()) {
      const window = sorted.slice(0, end + 1).filter(({ time }) => (last.time ?? 0) - (time ?? 0) <= minutes * 60_000_000);
      if (window.length >= least) for (const { id } of window) found.add(id);
    }
  }
  return inOrder(found);
}

function askOwn(db: SqlDriver, { ask, burst }: SigmaForm): readonly number[] {
  const { where, params } = compileQuery(ask);
  const by = burst === undefined ? 'NULL' : groupText(columnOf(burst.by));
  const hits = db
    .prepare(`SELECT c.id, c.time, ${by} AS by FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE f.same_as IS NULL AND ${where}`)
    .all<Hit>(...params);
  return burst === undefined ? inOrder(hits.map(({ id }) => id)) : bursts(hits, burst);
}

async function askAgain(db: SqlDriver, detector: Detector, form: SigmaForm): Promise<readonly number[]> {
  let text = '';
  writeSigma([{ ...detector, sigma: [form] }], [], { write: (piece) => { text += piece; } }, nodeCrypto); // prettier-ignore
  const rules = readSigmaRules(text);
  if (typeof rules === 'string') throw new Error(rules);
  const [single, correlation] = [rules.find(({ kind }) => kind === 'single'), rules.find(({ kind }) => kind === 'correlation')];
  if (single?.kind !== 'single') throw new Error(`no rule was written of ${detector.id}`);
  const matches = await openMatches(db, breathe);
  try {
    const number = (await matches.add(single.node)) ?? 0;
    if (correlation?.kind === 'correlation') return inOrder((await correlate(db, correlation.correlation, [single], [number], breathe)).calls);
    return db.prepare('SELECT call_id AS id FROM temp.sigma_match ORDER BY call_id').all<{ id: number }>().map(({ id }) => id);
  } finally {
    matches.close();
  }
} // prettier-ignore

/** Asks every form of every detector both ways. Needs `defineQueryFunctions` on the connection. */
export async function sigmaRoundTrips(db: SqlDriver): Promise<readonly RoundTrip[]> {
  const trips: RoundTrip[] = [];
  for (const detector of detectors as readonly Detector[])
    for (const form of detector.sigma ?? [])
      trips.push({ form: `${detector.id}: ${form.title}`, own: askOwn(db, form), again: await askAgain(db, detector, form) });
  return trips;
}
