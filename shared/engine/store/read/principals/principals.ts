import type { PrincipalJson, PrincipalKind } from '../../../../contract/report-json.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import type { SqlDriver } from '../../driver.ts';
import { readTraits } from '../../principal-traits.ts';
import { readNamedOwners } from './identity-edits.ts';
import { ofPrincipals, readScopeUse, type ScopeUse } from './scopes.ts';

interface Row {
  readonly id: number;
  readonly key: string;
  readonly label: string;
  readonly kind: PrincipalKind;
  readonly rung: number;
  readonly why: string;
  readonly calls: number;
  readonly first_seen: number | null;
  readonly last_seen: number | null;
  readonly weak: number;
  readonly identity: string;
  readonly traits: string;
}

/** All principals, or those of these ids, the busiest first. A call that two sources saw counts once. */
export function listPrincipals(db: SqlDriver, among?: readonly string[]): readonly PrincipalJson[] {
  if (among === undefined) return read(db, db.prepare('SELECT * FROM principal').all<Row>());
  const rows = db.prepare('SELECT * FROM principal WHERE key IN (SELECT value FROM json_each(?))').all<Row>(JSON.stringify(among));
  return read(
    db,
    rows,
    rows.map(({ id }) => id),
  );
}

/** One principal by its id, or `undefined`. */
export function getPrincipal(db: SqlDriver, key: string): PrincipalJson | undefined {
  return listPrincipals(db, [key])[0];
}

function read(db: SqlDriver, rows: readonly Row[], ids?: readonly number[]): readonly PrincipalJson[] {
  const scopes = readScopeUse(db, ids);
  const credentials = new Map<number, string[]>();
  for (const use of db
    .prepare(`SELECT principal_id AS principal, key FROM credential_use WHERE ${ofPrincipals('principal_id', ids)}`)
    .all<{ principal: number; key: string }>()) {
    const keys = credentials.get(use.principal);
    if (keys === undefined) credentials.set(use.principal, [use.key]);
    else keys.push(use.key);
  }
  const again = new Map(
    db
      // The plus keeps SQLite off the index by principal, which would walk every call; the few repeated ones have their own.
      .prepare('SELECT principal_id AS principal, count(*) AS calls FROM call_fact WHERE same_as IS NOT NULL GROUP BY +principal_id')
      .all<{ principal: number; calls: number }>()
      .map(({ principal, calls }) => [principal, calls]),
  );
  const hops = new Map(
    db
      .prepare('SELECT principal_id AS principal, calls FROM principal_hops')
      .all<{ principal: number; calls: number }>()
      .map(({ principal, calls }) => [principal, calls]),
  );
  const owners = readNamedOwners(db);
  return rows
    .map((row) =>
      toPrincipal(
        owners,
        row,
        { calls: row.calls - (again.get(row.id) ?? 0), hops: hops.get(row.id) ?? 0 },
        credentials.get(row.id) ?? [],
        scopes.get(row.id),
      ),
    )
    .sort((a, b) => b.calls - a.calls || (a.id < b.id ? -1 : 1));
}

function toPrincipal(
  owners: ReadonlyMap<string, string>,
  row: Row,
  { calls, hops }: { readonly calls: number; readonly hops: number },
  credentials: readonly string[],
  scopes: ScopeUse | undefined,
): PrincipalJson {
  const traits = readTraits(row.traits);
  const named = owners.get(row.identity);
  const owner = named ?? traits.owner ?? '';
  return {
    id: row.key,
    label: row.label,
    kind: row.kind,
    rung: row.rung,
    why: row.why,
    ...(traits.namedBy === undefined ? {} : { namedBy: traits.namedBy }),
    credentials: credentials.toSorted(byKindAndNumber),
    scopesGranted: scopes?.granted ?? [],
    scopesUsed: scopes?.used ?? [],
    scopesUnused: scopes?.unused ?? [],
    weak: row.weak === 1,
    ...(owner === '' ? {} : { owner, ownerFrom: named === undefined ? ('list' as const) : ('analyst' as const) }),
    ...(traits.status === undefined ? {} : { status: traits.status }),
    ...(traits.shared === undefined ? {} : { shared: traits.shared }),
    conflicts: traits.conflicts ?? [],
    signs: traits.signs ?? [],
    joined: (traits.joined ?? []).map(({ label, why, by }) => ({ label, why, by })),
    calls,
    ...(hops === 0 ? {} : { hops }),
    ...(row.first_seen === null ? {} : { firstSeen: printTime(epochMicros(row.first_seen)) }),
    ...(row.last_seen === null ? {} : { lastSeen: printTime(epochMicros(row.last_seen)) }),
  };
}

/** `jwt-2` before `jwt-10`. */
export function byKindAndNumber(a: string, b: string): number {
  const [kindA, numberA] = splitKey(a);
  const [kindB, numberB] = splitKey(b);
  return kindA === kindB ? numberA - numberB : kindA < kindB ? -1 : 1;
}

function splitKey(key: string): readonly [kind: string, number: number] {
  const dash = key.lastIndexOf('-');
  return [key.slice(0, dash), Number(key.slice(dash + 1))];
}
