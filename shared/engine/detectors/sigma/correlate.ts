import type { Correlation, SigmaRule } from '../../../sigma/rule.ts';
import { columnOf } from '../../../sigma/correlation.ts';
import { groupText } from '../../store/sigma-sql.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { watcherOf, type Hit, type Watcher } from './windows.ts';

/** Groups whose name a finding gives. */
const NAMED_GROUPS = 20;
/** Events that are read at once. */
const PAGE = 5_000;

/** What a correlation came to. */
export interface Correlated {
  readonly calls: ReadonlySet<number>;
  readonly groups: number;
  readonly named: readonly string[];
  readonly crossedAt: number | undefined;
}

interface Row {
  readonly id: number;
  readonly call: number;
  readonly time: number;
  readonly part: number;
  readonly grp: string;
  readonly value: string | number | null;
}

/** The field behind a name of `group-by` for one rule: an alias may mean another field in each. */
function fieldFor(correlation: Correlation, name: string, part: SigmaRule): string {
  const alias = correlation.aliases[name];
  if (alias === undefined) return name;
  return alias[part.name ?? ''] ?? alias[part.id] ?? name;
}

/** SQL of the events of one rule. Calls without a time, or without a value to group by, are no events. */
function eventsSql(correlation: Correlation, part: SigmaRule, index: number): string {
  const groups = correlation.groupBy.map((name) => groupText(columnOf(fieldFor(correlation, name, part))));
  const values = correlation.fields.map((name) => groupText(columnOf(name)));
  const value = values.length > 1 ? `json_array(${values.join(', ')})` : (values[0] ?? 'NULL');
  const known = groups.map((group) => ` AND ${group} IS NOT NULL`).join('');
  return `SELECT c.id AS call, c.time AS time, ${String(index)} AS part, json_array(${groups.join(', ')}) AS grp, ${value} AS value
    FROM temp.sigma_match m JOIN call c ON c.id = m.call_id LEFT JOIN call_fact f ON f.call_id = c.id
    WHERE m.rule = ? AND c.time IS NOT NULL${known}`;
}

/** The events in order, kept in a table: a correlation over everything has as many as the case has calls. */
function* iterateEvents(db: SqlDriver, correlation: Correlation, parts: readonly SigmaRule[], numbers: readonly number[]): Generator<Row> {
  db.exec('DROP TABLE IF EXISTS temp.sigma_event; CREATE TEMP TABLE sigma_event (id INTEGER PRIMARY KEY, call INTEGER, time INTEGER, part INTEGER, grp TEXT, value)');
  // A call that fits two rules of an ordered correlation must not be both steps, so later steps come first.
  const sql = `${parts.map((part, index) => eventsSql(correlation, part, index)).join(' UNION ALL ')} ORDER BY grp, time, call, part DESC`;
  db.prepare(`INSERT INTO temp.sigma_event (call, time, part, grp, value) ${sql}`).runAll(numbers);
  const read = db.prepare('SELECT id, call, time, part, grp, value FROM temp.sigma_event WHERE id > ? ORDER BY id LIMIT ?');
  for (let rows = read.all<Row>(0, PAGE); rows.length > 0; rows = read.all<Row>(rows.at(-1)?.id ?? 0, PAGE)) yield* rows;
  db.exec('DROP TABLE temp.sigma_event');
} // prettier-ignore

/**
 * Walks through the events of a correlation, group by group in order of time, and gathers the calls of windows that fit.
 * Shape: `numbers` of the parts in the table of matches.
 */
export async function correlate(
  db: SqlDriver,
  correlation: Correlation,
  parts: readonly SigmaRule[],
  numbers: readonly number[],
  breathe: () => Promise<void>,
): Promise<Correlated> {
  const isTemporal = correlation.type === 'temporal' || correlation.type === 'temporal_ordered';
  const calls = new Set<number>();
  const named: string[] = [];
  let groups = 0;
  let crossed: Hit | undefined;
  let group: { readonly name: string; readonly watcher: Watcher; hit: boolean; last: number } | undefined;
  const take = (hit: Hit | undefined): void => {
    if (hit === undefined || group === undefined) return;
    for (const call of hit.calls) calls.add(call);
    if (crossed === undefined || hit.at < crossed.at) crossed = hit;
    if (group.hit) return;
    group.hit = true;
    groups += 1;
    if (named.length < NAMED_GROUPS) named.push(groupName(group.name));
  };
  for (const row of iterateEvents(db, correlation, parts, numbers)) {
    if (row.id % PAGE === 0) await breathe();
    if (group?.name !== row.grp) {
      take(group?.watcher.end());
      group = { name: row.grp, watcher: watcherOf(correlation), hit: false, last: 0 };
    } else if (!isTemporal && group.last === row.call) continue; // one event, though it fits two rules
    group.last = row.call;
    take(group.watcher.add({ call: row.call, time: row.time, part: row.part, value: row.value }));
  }
  take(group?.watcher.end());
  return { calls, groups, named, crossedAt: crossed?.crossedAt };
}

// Our own, from `json_array` above.
const groupName = (group: string): string => (JSON.parse(group) as readonly (string | number)[]).join(' · ') || 'all calls';
