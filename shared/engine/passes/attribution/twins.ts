import type { PassContext } from '../pass.ts';

/** Two gateways of one company may disagree by this much about the time. Units: µs. */
const MAX_OFFSET = 60_000_000;
/** Two records of one request stand this close together once the clocks agree. Units: µs. */
const TOLERANCE = 1_000_000;
/** Differences that count as one offset. Units: µs. */
const BIN = 1_000_000;
/** Fewer agreeing pairs may agree by chance. */
const MIN_AGREEING = 10;
/** Share of the compared calls of a source that must agree on the offset. */
const MIN_SHARE = 0.5;
/** Differences kept of one pair of sources: the offset is steady long before. */
const MAX_SAMPLES = 20_000;
/** Calls of one kind that are compared with one call: more is a poll, which says nothing. */
const MAX_COMPARED = 8;
/** As often a thing may be done within a minute to tell the clocks apart. */
const MAX_RARE = 2;
const PAGE = 5000;

interface Row {
  readonly id: number;
  readonly source: number;
  readonly time: number;
  readonly principal: number;
  readonly weak: number;
  /** Everything that two gateways write alike: method, path, status, the caller's full address and program. */
  readonly key: string;
}

/** Calls with an address and a program, in time order. */
const SELECT = `
  SELECT c.id, c.source_id AS source, c.time - CASE WHEN c.time_kind = 1 THEN ifnull(c.duration, 0) ELSE 0 END AS time, f.principal_id AS principal, p.weak,
         c.method_id || ' ' || ifnull(c.status, '') || ' ' || c.client_ip_id || ' ' || c.user_agent_id || ' ' || c.path AS key, c.time AS stamp
    FROM call c JOIN call_fact f ON f.call_id = c.id AND f.same_as IS NULL JOIN principal p ON p.id = f.principal_id
   WHERE (c.time, c.id) > (?, ?) AND c.client_ip_id IS NOT NULL AND c.user_agent_id IS NOT NULL AND c.path IS NOT NULL
   ORDER BY c.time, c.id LIMIT ${String(PAGE)}`;

async function eachCall({ db, breathe }: Pick<PassContext, 'db' | 'breathe'>, visit: (row: Row) => void): Promise<void> {
  const page = db.prepare(SELECT);
  for (let [time, id] = [-1, 0]; ;) {
    const rows = page.all<Row & { readonly stamp: number }>(time, id);
    for (const row of rows) visit(row);
    const last = rows.at(-1);
    if (last === undefined) return;
    [time, id] = [last.stamp, last.id];
    await breathe();
  }
}

/** The last calls by key, as far back as clocks may differ. */
function createWindow(reach: number): (row: Row) => readonly Row[] {
  const byKey = new Map<string, Row[]>();
  const order: Row[] = [];
  let oldest = 0;
  return (row) => {
    while (oldest < order.length && (order[oldest]?.time ?? 0) < row.time - reach) {
      const gone = order[oldest];
      oldest += 1;
      const list = gone === undefined ? undefined : byKey.get(gone.key);
      list?.shift();
      if (gone !== undefined && list?.length === 0) byKey.delete(gone.key);
    }
    if (oldest > PAGE) {
      order.splice(0, oldest);
      oldest = 0;
    }
    const list = byKey.get(row.key) ?? [];
    const before = list.slice(-MAX_COMPARED);
    if (list.length === 0) byKey.set(row.key, list);
    list.push(row);
    order.push(row);
    return before;
  };
}

/** How far the clock of a source with unknown callers runs behind that of one with known callers. Units: µs. */
type Offsets = ReadonlyMap<string, number>;

const pairKey = (weak: Row, known: Row): string => `${String(weak.source)} ${String(known.source)}`;
const inOrder = (a: Row, b: Row): readonly [weak: Row, known: Row] | undefined =>
  a.source === b.source || a.weak === b.weak ? undefined : a.weak === 1 ? [a, b] : [b, a];

/** The densest difference of a pair of sources, when enough calls agree on it. Example: 14.5 14.5 14.5 3 gives 14.5 (in seconds). */
function agreed(differences: number[], compared: number): number | undefined {
  const sorted = differences.sort((a, b) => a - b);
  let [best, at] = [0, 0];
  for (let low = 0, high = 0; high < sorted.length; high += 1) {
    while ((sorted[high] ?? 0) - (sorted[low] ?? 0) > BIN) low += 1;
    if (high - low + 1 > best) [best, at] = [high - low + 1, low];
  }
  return best < MIN_AGREEING || best / compared < MIN_SHARE ? undefined : sorted[at + (best >> 1)];
}

async function measureOffsets(context: Pick<PassContext, 'db' | 'breathe'>): Promise<Offsets> {
  const samples = new Map<string, { readonly differences: number[]; readonly weak: Set<number> }>();
  const remember = createWindow(MAX_OFFSET);
  await eachCall(context, (row) => {
    const before = remember(row);
    // Only what is seldom done tells the clocks apart: of a poll every call looks like the one before.
    if (before.length > MAX_RARE) return;
    for (const other of before) {
      const pair = inOrder(row, other);
      if (pair === undefined) continue;
      const [weak, known] = pair;
      const key = pairKey(weak, known);
      let sample = samples.get(key);
      if (sample === undefined) samples.set(key, (sample = { differences: [], weak: new Set() }));
      if (sample.differences.length >= MAX_SAMPLES) continue;
      sample.differences.push(known.time - weak.time);
      sample.weak.add(weak.id);
    }
  });
  const offsets = new Map<string, number>();
  for (const [key, { differences, weak }] of samples) {
    const offset = agreed(differences, weak.size);
    if (offset !== undefined) offsets.set(key, offset);
  }
  return offsets;
}

/** A call that names no caller, and whose it is. */
export interface Twin {
  readonly call: number;
  readonly principal: number;
}

/**
 * Finds calls without a caller that another gateway saw, too, with one: same method, path, status, full address and program, at the same
 * time once the two clocks agree. Where callers of one address and program did the same at the same time, nothing is said.
 * Cost: two walks over the timed calls; a minute of calls is held.
 */
export async function findTwins(context: Pick<PassContext, 'db' | 'breathe'>): Promise<readonly Twin[]> {
  const { db } = context;
  const has = (weak: 0 | 1): boolean => db.prepare('SELECT 1 FROM principal WHERE weak = ? LIMIT 1').get(weak) !== undefined;
  const sources = db.prepare('SELECT count(*) AS n FROM source').get<{ n: number }>()?.n ?? 0;
  if (!has(1) || !has(0) || sources < 2) return [];
  const offsets = await measureOffsets(context);
  if (offsets.size === 0) return [];
  const candidates = new Map<number, Set<number>>();
  const reach = Math.max(...[...offsets.values()].map(Math.abs)) + TOLERANCE;
  const remember = createWindow(reach);
  await eachCall(context, (row) => {
    for (const other of remember(row)) {
      const pair = inOrder(row, other);
      if (pair === undefined) continue;
      const [weak, known] = pair;
      const offset = offsets.get(pairKey(weak, known));
      if (offset === undefined || Math.abs(known.time - weak.time - offset) > TOLERANCE) continue;
      const principals = candidates.get(weak.id);
      if (principals === undefined) candidates.set(weak.id, new Set([known.principal]));
      else principals.add(known.principal);
    }
  });
  return [...candidates].flatMap(([call, principals]) => {
    const [principal] = principals;
    return principals.size === 1 && principal !== undefined ? [{ call, principal }] : [];
  });
}
