import { groupBy } from '../../../lib/group-by.ts';
import { firstOf, nameGiverOf, type NameGiver } from '../../../model/name-giver.ts';
import { PATH_KINDS } from '../../../model/inner-operation.ts';
import type { PassContext } from '../pass.ts';
import { consumerOf } from './traced-calls.ts';

/** Calls that one step reads and writes: some 20 ms of work, so that a stop is heard at once. */
const CALLS_PER_STEP = 5000;

/** Calls that share everything that tells who called. Ids are rows of `credential` and `term`; 0 for none, and of `consumerOf`. */
export interface Combo {
  readonly id: number;
  readonly credential: number;
  readonly consumer: number;
  readonly ip: number;
  readonly userAgent: number;
  readonly calls: number;
  readonly toolCalls: number;
  /** µs. */
  readonly first: number | null;
  readonly last: number | null;
  /** Smallest `source rank × 2^32 + record`: orders what began at the same time, the same in every case. */
  readonly order: number;
}

/** Calls `step` with consecutive ranges of call ids until all were seen, letting other work in between. */
export async function eachRange(context: PassContext, step: (from: number, to: number) => void): Promise<void> {
  const last = context.db.prepare('SELECT max(id) AS last FROM call').get<{ last: number | null }>()?.last ?? 0;
  for (let from = 1; from <= last; from += CALLS_PER_STEP) {
    step(from, from + CALLS_PER_STEP - 1);
    context.progress(Math.min(from + CALLS_PER_STEP - 1, last), last);
    await context.breathe();
  }
}

/**
 * Groups all calls by credential, consumer, address and User-Agent into the temporary table `combo`.
 * Cost: one read of the calls; rows of `combo` are as many as there are different callers, not calls.
 */
export async function groupCalls(context: PassContext): Promise<void> {
  const { db } = context;
  db.exec(`
    DROP TABLE IF EXISTS temp.combo;
    DROP TABLE IF EXISTS temp.source_rank;
    DROP TABLE IF EXISTS temp.path_operation;
    DROP TABLE IF EXISTS temp.consumer_source;
    CREATE TEMP TABLE consumer_source (consumer INTEGER NOT NULL, source INTEGER NOT NULL, PRIMARY KEY (consumer, source)) WITHOUT ROWID;
    CREATE TEMP TABLE path_operation (id INTEGER PRIMARY KEY);
    INSERT INTO path_operation SELECT id FROM term WHERE ${PATH_KINDS.map((kind) => `value GLOB '${kind}:*'`).join(' OR ')};
    CREATE TEMP TABLE source_rank (source_id INTEGER PRIMARY KEY, rank INTEGER NOT NULL);
    INSERT INTO source_rank SELECT id, row_number() OVER (ORDER BY name) FROM source;
    CREATE TEMP TABLE combo (
      id INTEGER PRIMARY KEY, credential INTEGER NOT NULL, consumer INTEGER NOT NULL, ip INTEGER NOT NULL, user_agent INTEGER NOT NULL,
      calls INTEGER NOT NULL, tool_calls INTEGER NOT NULL, first INTEGER, last INTEGER, place INTEGER NOT NULL, principal INTEGER,
      UNIQUE (credential, consumer, ip, user_agent));
  `);
  const add = db.prepare(`
    INSERT INTO combo (credential, consumer, ip, user_agent, calls, tool_calls, first, last, place)
    SELECT ifnull(credential_id, 0), ${consumerOf('call')}, ifnull(client_ip_id, 0), ifnull(user_agent_id, 0),
           count(*), sum(tool_id IS NOT NULL AND tool_id NOT IN (SELECT id FROM path_operation)), min(time), max(time), min(r.rank * 4294967296 + record)
      FROM call JOIN source_rank r USING (source_id) WHERE call.id BETWEEN ? AND ? GROUP BY 1, 2, 3, 4
    ON CONFLICT DO UPDATE SET
      calls = calls + excluded.calls, tool_calls = tool_calls + excluded.tool_calls,
      first = ifnull(min(first, excluded.first), ifnull(first, excluded.first)),
      last = ifnull(max(last, excluded.last), ifnull(last, excluded.last)),
      place = min(place, excluded.place)`);
  const naming = db.prepare(
    'INSERT OR IGNORE INTO consumer_source SELECT DISTINCT consumer_id, source_id FROM call WHERE id BETWEEN ? AND ? AND consumer_id IS NOT NULL',
  );
  await eachRange(context, (from, to) => {
    add.run(from, to);
    naming.run(from, to);
  });
  db.exec('CREATE INDEX temp.combo_place ON combo(place)');
}

/** Who gave callers the names that they stand under in logs, by row of `term`; after `groupCalls`. */
export function readNameGivers({ db }: PassContext): ReadonlyMap<number, NameGiver> {
  const rows = db
    .prepare('SELECT n.consumer, s.format FROM temp.consumer_source n JOIN source s ON s.id = n.source')
    .all<{ consumer: number; format: string | null }>();
  const givers = [...groupBy(rows, ({ consumer }) => consumer)].map(
    ([consumer, own]) => [consumer, firstOf(own.map(({ format }) => nameGiverOf(format ?? undefined))) ?? 'log'] as const,
  );
  return new Map(givers);
}

/** Rows of `combo` read at once. */
const PAGE = 2000;

/** Visits every combination once, page by page, in the order of their first records: no order of import changes what is met first. */
export async function eachCombo(context: PassContext, visit: (combo: Combo) => void): Promise<void> {
  const page = context.db.prepare(
    'SELECT id, credential, consumer, ip, user_agent AS userAgent, calls, tool_calls AS toolCalls, first, last, place AS "order" FROM combo WHERE place > ? ORDER BY place LIMIT ?',
  );
  for (let after = -1; ;) {
    const rows = page.all<Combo>(after, PAGE);
    for (const row of rows) visit(row);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.order;
    await context.breathe();
  }
}
