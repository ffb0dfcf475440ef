import { MAX_CAPTURE } from '../../../../contract/two-sides.ts';
import { groupBy } from '../../../../lib/group-by.ts';
import { CAPTURE_FORMATS } from '../../../../model/capture-formats.ts';
import type { SqlDriver } from '../../driver.ts';
import type { Aligned, Matched } from './align.ts';
import { sideCallReader, type SideCall } from './side-call.ts';
import { CALLED_KINDS } from '../../hop-sql.ts';

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
export function strangersOf({ by, own, others }: SecondUseCalls): readonly SideCall[] {
  const known = new Set(own.map(({ log }) => placeOf(log)));
  const programs = new Set(own.map(({ log }) => log.userAgent));
  // Another program with another session of the account is the owner's telephone.
  return others.filter((call) => !known.has(placeOf(call)) && (by === 'credential' || programs.has(call.userAgent)));
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

/** Looks up calls in a log's time, on its clock. */
interface Lookup {
  readonly byCredential: (credential: number, source: number, window: readonly [number, number]) => readonly SideCall[];
  /** Calls of a caller in which the log shows no credential, or for people one that `known` does not hold: another session. */
  readonly byAccount: (
    principal: number,
    source: number,
    window: readonly [number, number],
    known: ReadonlySet<number>,
  ) => readonly SideCall[];
}

function lookups(db: SqlDriver): Lookup {
  // A credential used oftener than a capture can be long is that of many machines, and its first calls tell as much.
  const window = `+c.source_id = ? AND +c.time BETWEEN ? AND ? ORDER BY c.time, c.record LIMIT ${String(MAX_CAPTURE)}`;
  const asked = new Set<string>();
  const byCredential = sideCallReader(db, `WHERE c.credential_id = ? AND ${window}`);
  const byPrincipal = sideCallReader(db, `WHERE f.principal_id = ? AND ${window}`);
  // Who is told by the network alone is many people.
  const kindOf = db.prepare('SELECT kind FROM principal WHERE id = ? AND weak = 0');
  return {
    byCredential: (credential, source, [first, last]) => byCredential(credential, source, first, last),
    byAccount(principal, source, [first, last], known) {
      const kind = kindOf.get<{ kind: string }>(principal)?.kind;
      // The sessions of one account give one answer.
      const key = `${String(principal)} ${String(source)}`;
      if (kind === undefined || asked.has(key)) return [];
      asked.add(key);
      // A program has many tokens at once; a person has one in each place.
      return byPrincipal(principal, source, first, last).filter(({ credential }) =>
        credential === undefined ? true : kind === 'human' && !known.has(credential),
      );
    },
  };
}

/**
 * Finds what the logs beside a capture show with its credentials and it does not: while it recorded, on the log's own clock. What the account
 * did without them, in other sessions or in logs that name accounts only, is told apart. Calls that another capture holds, and those that a
 * recorded call led to behind the gateway, are nobody else's.
 * Cost: the calls of each credential of the capture and of each account, by index.
 */
export function findSecondUses(db: SqlDriver, input: SecondUseInput): Found {
  const { byCredential, byAccount } = lookups(db);
  const isRecorded = recordedTest(db);
  const isPassedOn = passedOnTest(db, isRecorded);
  const pairs = input.logs.flatMap(({ matched }) => matched).filter(({ client }) => client.credential !== undefined);
  const known = new Set(pairs.flatMap(({ client, log }) => [client.credential ?? -1, log.credential ?? -1]));
  const groups = [...groupBy(pairs, ({ client }) => client.credential)].flatMap(([credential, own]) =>
    credential === undefined ? [] : [{ credential, own }],
  );
  const uses: SecondUseCalls[] = [];
  const told = new Set<number>();
  const passedOn = new Set<number>();
  const isNew = ({ standing }: SideCall): boolean => {
    if (told.has(standing) || input.explained.has(standing) || isRecorded(standing)) return false;
    told.add(standing);
    if (!isPassedOn(standing)) return true;
    passedOn.add(standing);
    return false;
  };
  // Credentials before accounts: what one log knows by its credential another may know by the account only.
  for (const by of ['credential', 'account'] as const) {
    for (const { credential, own } of groups) {
      const others = input.logs
        .flatMap(({ source, skew }) => {
          const here = own.filter(({ log }) => log.source === source);
          const window = [input.window[0] + skew, input.window[1] + skew] as const;
          return by === 'credential'
            ? [...new Set([credential, ...usualOf(here, (log) => log.credential)])].flatMap((id) => byCredential(id, source, window))
            : usualOf(here, (log) => log.principal).flatMap((id) => byAccount(id, source, window, known));
        })
        .filter(isNew)
        .sort((x, y) => (x.start ?? 0) - (y.start ?? 0) || x.record - y.record);
      if (others.length > 0) uses.push({ credential, by, own, others });
    }
  }
  return { uses, passedOn: passedOn.size };
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
  const select = db.prepare(`SELECT from_call AS id FROM edge WHERE to_call = ? AND kind IN ${CALLED_KINDS}`);
  return (standing) => {
    let level = [standing];
    for (let hop = 0; hop < MAX_HOPS && level.length > 0; hop += 1) {
      level = level.flatMap((call) => select.all<{ id: number }>(call).map(({ id }) => id));
      if (level.some(isRecorded)) return true;
    }
    return false;
  };
}
