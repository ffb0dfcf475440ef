import { isInternalHost, registrableDomain } from '../../../lib/domains.ts';
import { answerOf } from '../../store/call-answer.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { readEstate } from '../flow/hosts.ts';
import { privateTarget, type PrivateTarget } from '../probes/private-target.ts';
import { handsOut } from './handed-out.ts';
import { doorOf, outerReader, type Outer } from './outer-calls.ts';

/** Calls to metadata services that are looked at one by one: a fleet's own programs make some each hour. */
const MAX_ASKED = 5_000;
/** Callers for whom a service asks the metadata service: more, and it asks of its own accord. */
const MAX_CALLERS = 2;

/** A call that a service made to where only it can reach, with how it came to. Units: µs. */
export interface LedFetch {
  readonly id: number;
  readonly source: number;
  readonly time: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number | null;
  readonly flags: number;
  readonly trace: string | null;
  /** The program that made it, as its trace or log names it. */
  readonly service: string;
  readonly target: PrivateTarget;
  /** The answer that sent it there, and whose it was. */
  readonly by: { readonly call: number; readonly host: string } | undefined;
  readonly isGiven: boolean;
  /** Given, and what is given there is a credential. */
  readonly isHandedOut: boolean;
  readonly outer: readonly Outer[];
  readonly door: Outer;
}

/** What one outer caller had services fetch. */
export interface Led {
  /** Row id of the principal; 0 where nobody is told. */
  readonly caller: number;
  /** In time order; the first that was led is among them. */
  readonly fetches: readonly LedFetch[];
}

interface Row extends Pick<LedFetch, 'id' | 'source' | 'time' | 'host' | 'status' | 'flags' | 'trace'> {
  readonly method: string | null;
  readonly path: string | null;
  readonly query: string | null;
  readonly service: string | null;
}

const CALL = `
  SELECT c.id, c.source_id AS source, c.time, m.value AS method, h.value AS host, c.path, c.query, c.status, c.flags, c.trace_id AS trace, s.value AS service
    FROM call c JOIN call_fact f ON f.call_id = c.id JOIN term h ON h.id = c.host_id
    LEFT JOIN term m ON m.id = c.method_id LEFT JOIN term s ON s.id = c.service_id
   WHERE f.same_as IS NULL AND c.time IS NOT NULL`;

/** Private hosts that calls went to, by interned text. */
function privateHosts(db: SqlDriver): ReadonlyMap<number, PrivateTarget> {
  const found = new Map<number, PrivateTarget>();
  for (const { id, value } of db
    .prepare('SELECT id, value FROM term WHERE id IN (SELECT DISTINCT host_id FROM call WHERE host_id IS NOT NULL)')
    .all<{ id: number; value: string }>()) {
    const target = privateTarget(`http://${value.includes(':') && !value.startsWith('[') ? `[${value}]` : value}/`);
    if (target !== undefined) found.set(id, target);
  }
  return found;
}

/** What nobody sends others to: a site of one's own may send its people on to a name inside, no site sends them to a metadata service. */
const isNobodysPlace = ({ kind }: PrivateTarget): boolean =>
  kind === 'metadata service' || kind === 'link-local address' || kind === 'loopback';

type Maker = (row: Row, target: PrivateTarget, by: LedFetch['by']) => LedFetch | undefined;

function fetchMaker(db: SqlDriver): Maker {
  const outerOf = outerReader(db);
  return (row, target, by) => {
    const outer = outerOf(row.id);
    const door = doorOf(outer);
    if (door === undefined) return undefined;
    const path = row.path ?? '';
    const isGiven = answerOf(row) === 'given';
    const url = `${target.url.slice(0, -1)}${path}${row.query === null ? '' : `?${row.query}`}`;
    return {
      ...row, path, method: row.method ?? '', service: row.service ?? '', target: { ...target, url }, by, isGiven,
      isHandedOut: isGiven && handsOut(path), outer, door,
    };
  };
} // prettier-ignore

/** Fetches that an answer of a host outside of the estate sent to a private place. A client's own redirect has nobody behind it, and is none. */
function redirected(db: SqlDriver, hosts: ReadonlyMap<number, PrivateTarget>, toFetch: Maker): readonly LedFetch[] {
  const { foreign } = readEstate(db);
  const select = db.prepare(`${CALL} AND c.id = ?`);
  const edges = db
    .prepare(
      `SELECT e.to_call AS id, e.from_call AS "call", b.host_id AS hostId, h.value AS host, t.host_id AS target FROM edge e JOIN call b ON b.id = e.from_call
         JOIN term h ON h.id = b.host_id JOIN call t ON t.id = e.to_call WHERE e.kind = 'redirect' AND t.host_id IS NOT NULL ORDER BY e.to_call`,
    )
    .all<{ id: number; call: number; hostId: number; host: string; target: number }>();
  return edges.flatMap(({ id, call, hostId, host, target: targetId }) => {
    const target = hosts.get(targetId);
    if (target === undefined || isInternalHost(host)) return [];
    if (!isNobodysPlace(target) && (!foreign.has(hostId) || registrableDomain(host) === registrableDomain(target.host))) return [];
    const row = select.get<Row>(id);
    return row === undefined ? [] : (toFetch(row, target, { call, host }) ?? []);
  });
}

/** Calls of services to metadata services within what others asked of them, without a redirect. */
function askedWithin(db: SqlDriver, hosts: ReadonlyMap<number, PrivateTarget>, known: ReadonlySet<number>, toFetch: Maker): readonly LedFetch[] {
  const select = db.prepare(`${CALL} AND c.host_id = ? ORDER BY c.time, c.record LIMIT ${String(MAX_ASKED)}`);
  return [...hosts]
    .filter(([, { kind }]) => kind === 'metadata service' || kind === 'link-local address')
    .flatMap(([host, target]) => select.all<Row>(host).flatMap((row) => (known.has(row.id) ? [] : (toFetch(row, target, undefined) ?? []))));
} // prettier-ignore

/** A guard is gone round within this; libraries that look for their own place ask the next name at once, but are not refused. Units: µs. */
const ROUND = 86_400_000_000;

/** Refused under one name, then given under another: whoever set the name went round a guard. A program that asks its own place keeps to one. */
function goesRoundAGuard(own: readonly LedFetch[]): boolean {
  const given = own.find(({ isGiven }) => isGiven);
  return given !== undefined && own.some((each) => each.time < given.time && given.time - each.time <= ROUND && each.host !== given.host && answerOf(each) === 'refused');
} // prettier-ignore

/** Who asked. A fetch for nobody that is known, led by a host that led those of one caller only, is that caller's. */
function callersOf(fetches: readonly LedFetch[]): (fetch: LedFetch) => number {
  const ledBy = new Map<string, Set<number>>();
  for (const { by, door } of fetches)
    if (by !== undefined && door.weak === 0 && door.principal !== null)
      ledBy.set(by.host, (ledBy.get(by.host) ?? new Set()).add(door.principal));
  return ({ by, door }) => {
    const [only, ...others] = door.weak === 1 && by !== undefined ? (ledBy.get(by.host) ?? []) : [];
    return (others.length === 0 ? only : undefined) ?? door.principal ?? 0;
  };
}

/**
 * Finds what services were led to fetch from where only they can reach: by a redirect of a strange host, or, after a refusal, under another name of
 * the same place. Who asked is the outermost caller of the chain. What else it had them ask of a metadata service belongs to it. A service that asks its own
 * metadata service, which its software does all the time, is led by nobody.
 * Cost: one walk along the hosts and the redirects; a walk up the chain for each call to a private place that a redirect led to, and to metadata services.
 */
export function findLedFetches(db: SqlDriver): readonly Led[] {
  const hosts = privateHosts(db);
  if (hosts.size === 0) return [];
  const toFetch = fetchMaker(db);
  const led = redirected(db, hosts, toFetch);
  const asked = askedWithin(db, hosts, new Set(led.map(({ id }) => id)), toFetch);
  const callerOf = callersOf([...led, ...asked]);
  const callers = new Map<number, LedFetch[]>();
  for (const fetch of [...led, ...asked]) {
    const known = callers.get(callerOf(fetch)) ?? [];
    callers.set(callerOf(fetch), known);
    known.push(fetch);
  }
  const askers = new Set(asked.map(callerOf));
  return [...callers].flatMap(([caller, own]) => {
    const inOrder = own.toSorted((a, b) => a.time - b.time || a.id - b.id);
    const isRound = askers.size <= MAX_CALLERS && goesRoundAGuard(inOrder);
    if (!isRound && inOrder.every(({ by }) => by === undefined)) return [];
    // What its own software was given beside them is no part of it.
    return [{ caller, fetches: inOrder.filter(({ by, isGiven }) => by !== undefined || !isGiven || isRound) }];
  });
}
