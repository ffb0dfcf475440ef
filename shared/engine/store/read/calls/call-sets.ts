import type { CallSet, CallSetComparison, ComparedField, ComparedValue } from '../../../../contract/call-sets.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import { FAILED_SQL } from '../../call-answer.ts';
import type { CallQuery, CallSearch, Found } from '../../columns/call-search.ts';
import type { SqlDriver } from '../../driver.ts';
import { join, sql } from '../../sql-condition.ts';
import { CALLS_FROM, countCalls, type CallFilter } from './calls.ts';
import { countField, needFields, textReader } from './count-field.ts';
import { linkedValues } from './linked-facets.ts';

type Key = number | string;

/** Values of one field that are listed. */
const LISTED = 200;

/** What two sets are compared by, in the order of a report: who, what, how it went, from where, with what, and what stands out. */
const CALL_FIELDS = [
  'principal',
  'kind',
  'endpoint',
  'host',
  'method',
  'status',
  'credential',
  'clientIp',
  'userAgent',
  'tool',
  'contentType',
] as const;
const LINKED_FIELDS = ['finding', 'severity', 'tag'] as const;

const timeOf = (micros: number): string => printTime(epochMicros(micros));

/** What is absent is NaN in a column, which is no number to add. */
const present = (value = NaN): number => (Number.isNaN(value) ? 0 : value);

/** A set in numbers, from columns in memory. */
async function sumFound({ columns, mask, total }: Found): Promise<CallSet> {
  const [hasFailed, time, sent, got] = [
    await columns.numbersOf(FAILED_SQL),
    await columns.numbersOf('c.time'),
    await columns.numbersOf('c.req_bytes'),
    await columns.numbersOf('c.res_bytes'),
  ];
  let [failed, reqBytes, resBytes, first, last] = [0, 0, 0, Infinity, -Infinity];
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) {
    if (mask[ordinal] !== 1) continue;
    failed += hasFailed[ordinal] ?? 0;
    reqBytes += present(sent[ordinal]);
    resBytes += present(got[ordinal]);
    const at = time[ordinal] ?? NaN;
    if (at < first) first = at;
    if (at > last) last = at;
  }
  const times = first > last ? {} : { first: timeOf(first), last: timeOf(last) };
  return { calls: total, failed, reqBytes, resBytes, ...times };
}

/** The same by SQLite, for a case that is too large for memory. */
function sumWithSql(db: SqlDriver, { where, params }: CallFilter): CallSet {
  const row = db
    .prepare(
      `SELECT count(*) AS calls, coalesce(sum(${FAILED_SQL}), 0) AS failed, coalesce(sum(c.req_bytes), 0) AS reqBytes,
              coalesce(sum(c.res_bytes), 0) AS resBytes, min(c.time) AS first, max(c.time) AS last ${CALLS_FROM} WHERE ${where}`,
    )
    .get<{ calls: number; failed: number; reqBytes: number; resBytes: number; first: number | null; last: number | null }>(...params);
  const { calls = 0, failed = 0, reqBytes = 0, resBytes = 0, first = null, last = null } = row ?? {};
  const times = first === null || last === null ? {} : { first: timeOf(first), last: timeOf(last) };
  return { calls, failed, reqBytes, resBytes, ...times };
}

function countShared(found: Found | undefined, other: Found | undefined, db: SqlDriver, left: CallFilter, right: CallFilter): number {
  if (found === undefined || other === undefined)
    return countCalls(db, join([sql(`(${left.where})`, ...left.params), sql(`(${right.where})`, ...right.params)], 'AND'));
  let shared = 0;
  for (let ordinal = 0; ordinal < found.mask.length; ordinal += 1) shared += (found.mask[ordinal] ?? 0) & (other.mask[ordinal] ?? 0);
  return shared;
}

interface Sizes {
  readonly left: number;
  readonly right: number;
}

/** Lists the values whose share of the calls differs most. */
function compareCounts<K extends Key>(
  field: string,
  left: ReadonlyMap<K, number>,
  right: ReadonlyMap<K, number>,
  sizes: Sizes,
  textOf: (key: K) => string | undefined,
): ComparedField {
  const keys = [...new Set([...left.keys(), ...right.keys()])];
  const share = (count: number | undefined, of: number): number => (of === 0 ? 0 : (count ?? 0) / of);
  const gap = (key: K): number => Math.abs(share(left.get(key), sizes.left) - share(right.get(key), sizes.right));
  const calls = (key: K): number => (left.get(key) ?? 0) + (right.get(key) ?? 0);
  const both = keys.filter((key) => left.has(key) && right.has(key)).length;
  const listed = keys.sort((a, b) => gap(b) - gap(a) || calls(b) - calls(a) || (a < b ? -1 : 1)).slice(0, LISTED);
  const values = listed.flatMap((key): ComparedValue[] => {
    const value = textOf(key);
    return value === undefined ? [] : [{ value, left: left.get(key) ?? 0, right: right.get(key) ?? 0 }];
  });
  return { field, onlyLeft: left.size - both, onlyRight: right.size - both, both, values, omitted: keys.length - values.length };
}

/**
 * Two sets of calls side by side, each given by a query: two chains, two callers, two windows of time, or any others.
 * Cost: some ms a field and million calls; a walk of SQLite's for each beyond memory.
 */
export async function compareCallSets(
  search: CallSearch,
  left: CallQuery,
  right: CallQuery,
  breathe: () => Promise<void>,
): Promise<CallSetComparison> {
  const { db } = search;
  await needFields(search, CALL_FIELDS, left, breathe);
  const [ours, theirs] = [await search.find(left, breathe), await search.find(right, breathe)];
  const [leftSet, rightSet] = [
    ours === undefined ? sumWithSql(db, left.filter) : await sumFound(ours),
    theirs === undefined ? sumWithSql(db, right.filter) : await sumFound(theirs),
  ];
  const sizes = { left: leftSet.calls, right: rightSet.calls };
  const fields: ComparedField[] = [];
  for (const field of CALL_FIELDS) {
    await breathe();
    const [a, b] = [await countField(search, field, left, breathe), await countField(search, field, right, breathe)];
    fields.push(compareCounts(field, a.byKey, b.byKey, sizes, textReader(db, field)));
  }
  for (const field of LINKED_FIELDS) {
    await breathe();
    const [a, b] = [left, right].map(
      ({ filter }) => new Map(linkedValues(db, field, filter, '', -1).map(({ value, calls }) => [value, calls])),
    );
    if (a !== undefined && b !== undefined) fields.push(compareCounts(field, a, b, sizes, String));
  }
  return { left: leftSet, right: rightSet, shared: countShared(ours, theirs, db, left.filter, right.filter), fields };
}
