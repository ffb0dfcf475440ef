import type { SpecStatus } from '../../../contract/report-json.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { InventoryTally } from './tallies.ts';

/** Share of the callers of both versions that use the newer one, from which the older counts as left behind. */
const MOVED_ON = 0.9;
/** So few callers are no crowd that moved. Units: callers. */
const MIN_CALLERS = 3;
const VERSION = /^v(\d{1,3})(?:\.(\d{1,3}))?$/i;

/** An endpoint as its state is settled by. */
export interface StateRow {
  readonly id: number;
  readonly method: string;
  readonly host: string;
  readonly template: string;
  /** By description alone. */
  readonly base: SpecStatus;
  readonly deprecated: boolean;
}

/** The state of an endpoint and what it rests on. */
export interface SpecState {
  readonly spec: SpecStatus;
  readonly why: string;
  readonly deprecatedBy: 'description' | 'header' | 'newer-version' | undefined;
  readonly newer: number | undefined;
}

const BASE_WHY: Readonly<Record<SpecStatus, string>> = {
  documented: 'A description has the operation.',
  shadow: 'The host has a description, and it does not know this endpoint.',
  zombie: 'The description says deprecated.',
  orphan: 'A description has the operation, and nothing called it.',
  'no-spec': 'No description speaks for the host, or the path was only ever refused.',
};

/** Settles the state of every endpoint: by description, then by what answers say of themselves, then by newer versions. */
export function settleStates(db: SqlDriver, rows: readonly StateRow[], tallies: ReadonlyMap<number, InventoryTally>): ReadonlyMap<number, SpecState> {
  const newerOf = findNewer(db, rows, tallies);
  return new Map(rows.map((row) => [row.id, settle(row, tallies.get(row.id), newerOf.get(row.id))]));
} // prettier-ignore

function settle(row: StateRow, tally: InventoryTally | undefined, newer: NewerVersion | undefined): SpecState {
  const said = tally === undefined ? undefined : saidDeprecated(tally);
  if (row.base === 'zombie' || row.deprecated)
    return { spec: row.base, why: BASE_WHY[row.base], deprecatedBy: row.deprecated ? 'description' : undefined, newer: newer?.id };
  // A shadow stays one: that nobody wrote it down is the graver news.
  const spec = row.base === 'documented' || row.base === 'no-spec' ? 'zombie' : row.base;
  if (said !== undefined) return { spec, why: `Answers carry ${said}.`, deprecatedBy: 'header', newer: newer?.id };
  if (newer?.hasMovedOn === true) {
    const why = `${newer.key} is newer and used by ${String(newer.users)} of ${String(newer.both)} principals of both.`;
    return { spec, why, deprecatedBy: 'newer-version', newer: newer.id };
  }
  return { spec: row.base, why: BASE_WHY[row.base], deprecatedBy: undefined, newer: newer?.id };
}

/** The header by which answers call themselves deprecated. Source: RFC 9745 (`Deprecation`), RFC 8594 (`Sunset`). */
function saidDeprecated(tally: InventoryTally): string | undefined {
  for (const key of [...tally.headers.keys()].sort()) {
    const [name = '', value = ''] = key.split('\n');
    if ((name === 'deprecation' && !/^(?:false|\?0)?$/i.test(value.trim())) || name === 'sunset') return `${name}: ${value.slice(0, 60)}`;
  }
  return undefined;
}

interface NewerVersion {
  readonly id: number;
  readonly key: string;
  readonly users: number;
  readonly both: number;
  readonly hasMovedOn: boolean;
}

/** The place and number of a version in a path, and the path without it. */
function versionOf(template: string): { readonly version: number; readonly rest: string } | undefined {
  const segments = template.split('/');
  const at = segments.findIndex((segment) => VERSION.test(segment));
  const match = VERSION.exec(segments[at] ?? '');
  if (match === null) return undefined;
  const rest = segments.map((segment, index) => (index === at ? '{version}' : segment.startsWith('{') ? '{}' : segment)).join('/');
  return { version: Number(match[1]) * 1000 + Number(match[2] ?? '0'), rest };
}

function findNewer(db: SqlDriver, rows: readonly StateRow[], tallies: ReadonlyMap<number, InventoryTally>): ReadonlyMap<number, NewerVersion> {
  const groups = new Map<string, { readonly row: StateRow; readonly version: number }[]>();
  for (const row of rows) {
    const version = versionOf(row.template);
    if (version === undefined || (tallies.get(row.id)?.answered ?? 0) === 0) continue;
    const key = `${row.method} ${row.host}${version.rest}`;
    groups.set(key, [...(groups.get(key) ?? []), { row, version: version.version }]);
  }
  const callers = db.prepare('SELECT DISTINCT principal_id AS id FROM call_fact WHERE endpoint_id = ? AND principal_id IS NOT NULL');
  const callersOf = (id: number): ReadonlySet<number> => new Set(callers.all<{ id: number }>(id).map((caller) => caller.id));
  const found = new Map<number, NewerVersion>();
  for (const group of groups.values()) {
    const sorted = [...group].sort((a, b) => a.version - b.version);
    const last = sorted.at(-1);
    if (last === undefined || sorted.length < 2) continue;
    const users = callersOf(last.row.id);
    for (const { row, version } of sorted) {
      if (version >= last.version) continue;
      const both = new Set([...users, ...callersOf(row.id)]).size;
      const isBusier = (tallies.get(last.row.id)?.calls ?? 0) > (tallies.get(row.id)?.calls ?? 0);
      const hasMovedOn = users.size >= MIN_CALLERS && users.size / both >= MOVED_ON && isBusier;
      found.set(row.id, { id: last.row.id, key: `${last.row.method} ${last.row.host}${last.row.template}`, users: users.size, both, hasMovedOn });
    }
  }
  return found;
} // prettier-ignore
