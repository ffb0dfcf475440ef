import { groupBy } from '../../../../lib/group-by.ts';
import { CAPTURE_FORMATS } from '../../../../model/capture-formats.ts';
import type { SqlDriver } from '../../driver.ts';
import type { Aligned, Matched } from './align.ts';
import { sideCallReader, type SideCall } from './side-call.ts';

/** Share of pairs in which a log must name one credential or account before it is taken for that of the capture's credential. Ratio. */
const USUAL = 0.5;

/** Calls that logs show with a credential of the capture and that no capture holds. Shape: `others` in time order, standing calls. */
export interface SecondUseCalls {
  /** Row id of the credential that the capture shows. */
  readonly credential: number;
  readonly by: 'credential' | 'account';
  /** Pairs of the capture's calls with it. */
  readonly own: readonly Matched[];
  readonly others: readonly SideCall[];
}

/** Address and program of a call as its log tells them; one text a place. */
export const placeOf = ({ clientIp, userAgent }: SideCall): string => `${String(clientIp)} ${String(userAgent)}`;

/** Calls of a second use from a place that none of the recorded calls came from: of the others a hole in the recording is as likely. */
export function strangersOf({ own, others }: SecondUseCalls): readonly SideCall[] {
  const known = new Set(own.map(({ log }) => placeOf(log)));
  return others.filter((call) => !known.has(placeOf(call)));
}

/** What is needed to look for a second user. */
export interface SecondUseInput {
  readonly logs: readonly Aligned[];
  /** First start and last end of the capture, on its clock. Units: µs. */
  readonly window: readonly [number, number];
  /** Standing calls that are accounted for otherwise: changed on the way. */
  readonly explained: ReadonlySet<number>;
}

interface Found {
  readonly uses: readonly SecondUseCalls[];
  readonly passedOn: number;
}

/** Ids that a log shows for the client's credential, each in at least half of the pairs that show any. */
function usualOf(pairs: readonly Matched[], idOf: (log: SideCall) => number | undefined): readonly number[] {
  const shown = pairs.filter(({ log }) => idOf(log) !== undefined);
  return [...groupBy(shown, ({ log }) => idOf(log))].flatMap(([id, list]) => (id !== undefined && list.length >= USUAL * shown.length ? [id] : []));
} // prettier-ignore

/**
 * Finds what the logs beside a capture show with its credentials and it does not: while it recorded, on the log's own clock. Where a log names only
 * the account, the account stands for the credential. Calls that another capture holds, and those that a recorded call led to behind the
 * gateway, are nobody else's.
 * Cost: the calls of each credential of the capture, by the index on credentials; for accounts those of its principal.
 */
export function findSecondUses(db: SqlDriver, input: SecondUseInput): Found {
  const byCredential = sideCallReader(
    db,
    'WHERE c.credential_id = ? AND +c.source_id = ? AND +c.time BETWEEN ? AND ? ORDER BY c.time, c.record',
  );
  const byAccount = sideCallReader(
    db,
    'WHERE f.principal_id = (SELECT principal_id FROM call_fact WHERE call_id = ?) AND c.consumer_id = ? AND +c.credential_id IS NULL AND +c.source_id = ? AND +c.time BETWEEN ? AND ? ORDER BY c.time, c.record',
  );
  const isRecorded = recordedTest(db);
  const isPassedOn = passedOnTest(db, isRecorded);
  const pairs = input.logs.flatMap(({ matched }) => matched).filter(({ client }) => client.credential !== undefined);
  const uses: SecondUseCalls[] = [];
  const passedOn = new Set<number>();
  for (const [credential, own] of groupBy(pairs, ({ client }) => client.credential)) {
    if (credential === undefined) continue;
    const found = new Map<number, SideCall & { readonly by: 'credential' | 'account' }>();
    for (const { source, skew } of input.logs) {
      const here = own.filter(({ log }) => log.source === source);
      const window = [input.window[0] + skew, input.window[1] + skew] as const;
      const take = (calls: readonly SideCall[], by: 'credential' | 'account'): void => {
        for (const call of calls) {
          if (found.has(call.standing) || input.explained.has(call.standing) || isRecorded(call.standing)) continue;
          if (isPassedOn(call.standing)) passedOn.add(call.standing);
          else found.set(call.standing, { ...call, by });
        }
      };
      for (const id of new Set([credential, ...usualOf(here, (log) => log.credential)]))
        take(byCredential(id, source, ...window), 'credential');
      for (const id of usualOf(here.filter(({ log }) => log.credential === undefined), (log) => log.consumer)) {
        const example = here.find(({ log }) => log.consumer === id);
        if (example !== undefined) take(byAccount(example.log.id, id, source, ...window), 'account');
      } // prettier-ignore
    }
    const calls = [...found.values()].sort((a, b) => (a.start ?? 0) - (b.start ?? 0) || a.record - b.record);
    for (const [by, others] of groupBy(calls, (call) => call.by)) uses.push({ credential, by, own, others });
  }
  return { uses: accountOnce(uses), passedOn: passedOn.size };
}

/** An account has many sessions: what a log shows of it is told once, under the session that was recorded next to it most. */
function accountOnce(uses: readonly SecondUseCalls[]): readonly SecondUseCalls[] {
  const told = new Set<number>();
  return uses.flatMap((use) => {
    if (use.by === 'credential') return [use];
    const others = use.others.filter(({ standing }) => !told.has(standing));
    for (const { standing } of others) told.add(standing);
    return others.length === 0 ? [] : [{ ...use, others }];
  });
}

/** Whether any capture holds a call. */
function recordedTest(db: SqlDriver): (standing: number) => boolean {
  const select = db.prepare(
    `SELECT 1 AS yes FROM (SELECT ? AS id UNION ALL SELECT call_id FROM call_fact WHERE same_as = ?) seen CROSS JOIN call c ON c.id = seen.id
       CROSS JOIN source s ON s.id = c.source_id WHERE s.format IN (SELECT value FROM json_each(?)) LIMIT 1`,
  );
  const formats = JSON.stringify([...CAPTURE_FORMATS]);
  return (standing) => select.get<{ yes: number }>(standing, standing, formats) !== undefined;
}

/** Hops behind a gateway that are walked back. */
const MAX_HOPS = 8;

/** Whether a call was made behind the gateway because of a recorded one. */
function passedOnTest(db: SqlDriver, isRecorded: (standing: number) => boolean): (standing: number) => boolean {
  const select = db.prepare("SELECT from_call AS id FROM edge WHERE to_call = ? AND kind IN ('trace', 'nesting', 'rpc')");
  return (standing) => {
    let level = [standing];
    for (let hop = 0; hop < MAX_HOPS && level.length > 0; hop += 1) {
      level = level.flatMap((call) => select.all<{ id: number }>(call).map(({ id }) => id));
      if (level.some(isRecorded)) return true;
    }
    return false;
  };
}
