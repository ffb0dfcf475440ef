import { bulkInsert } from '../../store/bulk-insert.ts';
import type { PassContext } from '../pass.ts';

/** Uses read at a time. */
const PAGE = 10_000;

interface Life {
  last: number;
  uses: number;
  gapFrom: number;
  gapTo: number;
  earlierGap: number;
  usesBefore: number;
}

interface Use {
  readonly id: number;
  readonly time: number;
  readonly credential: number | null;
}

/**
 * Writes the longest silence of every credential.
 * Example: uses at 1, 2, 4 and 9 o'clock: the gap is from 4 to 9, the earlier one two hours, three uses came before.
 * Cost: one read of the calls by their index of times; one small object for each credential.
 */
export async function writeLives(context: PassContext): Promise<void> {
  const { db } = context;
  const lives = new Map<number, Life>();
  const page = db.prepare(
    `SELECT c.id, c.time, CASE WHEN f.same_as IS NULL THEN c.credential_id END AS credential
       FROM call c JOIN call_fact f ON f.call_id = c.id WHERE (c.time, c.id) > (?, ?) ORDER BY c.time, c.id LIMIT ${String(PAGE)}`,
  );
  for (let time = -1, id = 0; ;) {
    const rows = page.all<Use>(time, id);
    for (const row of rows) if (row.credential !== null) use(lives, row.credential, row.time);
    const last = rows.at(-1);
    if (last === undefined) break;
    ({ time, id } = last);
    await context.breathe();
  }
  db.transaction(() => {
    const rows = bulkInsert(db, 'credential_life', ['credential_id', 'gap_from', 'gap_to', 'earlier_gap', 'uses_before']);
    for (const [credential, life] of lives)
      if (life.uses > 1) rows.add(credential, life.gapFrom, life.gapTo, life.earlierGap, life.usesBefore);
    rows.flush();
  });
}

function use(lives: Map<number, Life>, credential: number, time: number): void {
  const life = lives.get(credential);
  if (life === undefined) {
    lives.set(credential, { last: time, uses: 1, gapFrom: time, gapTo: time, earlierGap: 0, usesBefore: 1 });
    return;
  }
  if (time - life.last > life.gapTo - life.gapFrom) {
    life.earlierGap = life.gapTo - life.gapFrom;
    life.gapFrom = life.last;
    life.gapTo = time;
    life.usesBefore = life.uses;
  }
  life.last = time;
  life.uses += 1;
}
