import { MAX_CAPTURE } from '../../../../contract/two-sides.ts';
import { CAPTURE_FORMATS } from '../../../../model/capture-formats.ts';
import type { SqlDriver } from '../../driver.ts';
import { alignLogs, type Aligned, type Matched } from './align.ts';
import { pairChanged, REACH } from './look-again.ts';
import { findSecondUses, type SecondUseCalls } from './second-use.ts';
import { sideCallReader, type SideCall } from './side-call.ts';

/** Unpaired requests that are looked for once more, by time. */
const MAX_LOOK_AGAIN = 2_000;
/** Requests between two pauses. */
const STRETCH = 500;

/** A capture set against the logs that saw the same traffic, as calls. Shape: every call of the capture is in `matched`, `changed` or `clientOnly`. */
export interface Sides {
  readonly source: number;
  readonly name: string;
  readonly records: number;
  /** First start and last end. Units: µs on the capture's clock; absent where no call has a time. */
  readonly window: readonly [number, number] | undefined;
  readonly logs: readonly Aligned[];
  /** Requests that both sides show alike, once each. */
  readonly matched: readonly Matched[];
  /** Requests that both sides show differently. */
  readonly changed: readonly Matched[];
  readonly clientOnly: readonly SideCall[];
  readonly secondUses: readonly SecondUseCalls[];
  readonly passedOn: number;
}

interface SourceName {
  readonly id: number;
  readonly name: string;
  readonly format: string;
}

/** Sources with calls by id. */
export const sourcesById = (db: SqlDriver): ReadonlyMap<number, SourceName> =>
  new Map(
    db
      .prepare("SELECT id, name, ifnull(format, '') AS format FROM source WHERE state NOT IN ('withdrawing', 'withdrawn') ORDER BY name")
      .all<SourceName & Record<string, string | number>>()
      .map((row) => [row.id, row]),
  );

function windowOf(calls: readonly SideCall[]): readonly [number, number] | undefined {
  let [first, last] = [Infinity, -Infinity];
  for (const { start, end } of calls) {
    if (start !== undefined && start < first) first = start;
    if (end !== undefined && end > last) last = end;
  }
  return last < first ? undefined : [first, last];
}

/** Every capture with what the logs beside it say, in order of names. Cost: an index look-up for each request of a capture, and those of `findSecondUses`. */
export async function readSides(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly Sides[]> {
  const sources = sourcesById(db);
  const sides: Sides[] = [];
  for (const source of sources.values()) {
    if (!CAPTURE_FORMATS.has(source.format)) continue;
    const calls = sideCallReader(db, `WHERE c.source_id = ? ORDER BY c.record LIMIT ${String(MAX_CAPTURE)}`)(source.id);
    if (calls.length > 0) sides.push(await compareSides(db, source, calls, sources, breathe));
    await breathe();
  }
  return sides;
}

async function compareSides(
  db: SqlDriver,
  source: SourceName,
  calls: readonly SideCall[],
  sources: ReadonlyMap<number, SourceName>,
  breathe: () => Promise<void>,
): Promise<Sides> {
  const seen = sideCallReader(db, 'WHERE c.id IN (SELECT ? UNION ALL SELECT call_id FROM call_fact WHERE same_as = ?) ORDER BY c.id');
  const pairs: Matched[] = [];
  const matched: Matched[] = [];
  const alone: SideCall[] = [];
  for (const [place, client] of calls.entries()) {
    if (place % STRETCH === 0) await breathe();
    const logs =
      client.standing === client.id
        ? []
        : seen(client.standing, client.standing).filter((other) => other.id !== client.id && !CAPTURE_FORMATS.has(sources.get(other.source)?.format ?? ''));
    for (const log of logs) pairs.push({ client, log });
    // The record that stands for the request says most of it.
    const best = logs.find(({ id, standing }) => id === standing) ?? logs[0];
    if (best === undefined) alone.push(client);
    else matched.push({ client, log: best });
  } // prettier-ignore
  const logs = alignLogs(pairs, (id) => sources.get(id)?.name ?? '');
  await breathe();
  const changed = lookAgain(db, alone, logs);
  const again = new Set(changed.map(({ client }) => client.id));
  const window = windowOf(calls);
  const found =
    window === undefined
      ? { uses: [], passedOn: 0 }
      : findSecondUses(db, { logs, window, explained: new Set(changed.map(({ log }) => log.standing)) });
  return {
    source: source.id, name: source.name, records: calls.length, window, logs, matched, changed,
    clientOnly: alone.filter(({ id }) => !again.has(id)), secondUses: found.uses, passedOn: found.passedOn,
  }; // prettier-ignore
}

/** Requests without a twin that a log shows differently. */
function lookAgain(db: SqlDriver, alone: readonly SideCall[], logs: readonly Aligned[]): readonly Matched[] {
  if (alone.length === 0 || logs.length === 0) return [];
  const near = sideCallReader(
    db,
    `WHERE c.time BETWEEN ? AND ? AND +c.source_id = ? AND f.same_as IS NULL
       AND NOT EXISTS (SELECT 1 FROM call_fact t JOIN call d ON d.id = t.call_id JOIN source s ON s.id = d.source_id
         WHERE t.same_as = c.id AND s.format IN (SELECT value FROM json_each(?)))`,
  );
  const formats = JSON.stringify([...CAPTURE_FORMATS]);
  // Stamps of ends lie a duration after the start, which `REACH` leaves room for.
  return pairChanged(alone.slice(0, MAX_LOOK_AGAIN), logs, (source, from, to) => near(from, to + REACH, source, formats));
}
