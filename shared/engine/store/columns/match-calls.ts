import type { Comparison, Pattern, QueryNode } from '../../../query/ast.ts';
import type { SqlDriver } from '../driver.ts';
import { isColumn, type FlagName } from '../../../query/fields.ts';
import { fitsPattern } from '../../../query/fits-pattern.ts';
import { queryColumns } from '../query-columns.ts';
import { FAILED_SQL } from '../call-answer.ts';
import { SHOWN_CREDENTIAL } from '../credential-sql.ts';
import { compileNode, compileWordParts } from '../query-sql.ts';
import { contains } from '../query-text.ts';
import type { CompiledQuery } from '../sql-condition.ts';
import { CALLS_FROM } from '../read/calls/calls.ts';
import type { CallColumns } from './call-columns.ts';
import { isIdColumn, isNumberColumn, type IdColumn, type NumberColumn } from './column-names.ts';
import { ordinalOf } from './load-columns.ts';
import type { Meter } from './meter.ts';
import { markFitting, markHolding, markPresent, type PathText } from './path-text.ts';

/** One byte a call, by ordinal: 1 where it fits. */
export type Mask = Uint8Array;

/** Calls that SQLite looks through at once where no column serves. */
const SQL_SLICE = 32_768;
/** The same where each call's message is unpacked: about a third of a second, so that a stop is heard. */
const MESSAGE_SLICE = 8192;

interface Matching {
  readonly meter: Meter;
  readonly db: SqlDriver;
  readonly columns: CallColumns;
  readonly breathe: () => Promise<void>;
}

/** The calls that stand for themselves: other sightings of a call are never listed or counted. */
function standingCalls(columns: CallColumns): Promise<Mask> {
  return columns.derived('standing', async () => {
    const sameAs = await columns.idsOf('f.same_as');
    return Uint8Array.from(sameAs, (id) => (id === 0 ? 1 : 0));
  });
}

/**
 * Finds the calls that fit a query, as `compileQuery` has SQLite find them, in columns that are in memory; SQLite answers only
 * what they do not hold.
 * A walk that is stopped by the meter leaves out the calls that were not looked at.
 * Cost: some ms a condition and million calls; about 20 ms a word; a walk of SQLite's, in slices, where no column serves.
 */
export async function matchCalls(matching: Matching, ast: QueryNode): Promise<Mask> {
  const { columns } = matching;
  await columns.need([...neededColumns(ast), 'f.same_as']);
  const mask = await matchNode(matching, ast);
  const standing = await standingCalls(columns);
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) mask[ordinal] = (mask[ordinal] ?? 0) & (standing[ordinal] ?? 0);
  return mask.fill(0, matching.meter.limit);
}

/** Flags that say whether a column holds anything. */
const FLAG_COLUMNS: Readonly<Partial<Record<FlagName, IdColumn>>> = { 'has:chain': 'f.chain_id', 'has:credential': SHOWN_CREDENTIAL };

/** What a query reads, so that it is read in one walk. */
function neededColumns(node: QueryNode): readonly (IdColumn | NumberColumn)[] {
  if (node.kind === 'and' || node.kind === 'or') return node.items.flatMap(neededColumns);
  if (node.kind === 'not') return neededColumns(node.item);
  const parts = node.kind === 'text' ? wordParts(node.pattern) : node.kind === 'all' ? [] : [compileNode(node)];
  const ids = parts.map(({ lookup }) => lookup?.column ?? '').filter(isIdColumn);
  const flagged = node.kind === 'flag' ? FLAG_COLUMNS[node.flag] : undefined;
  return [...ids, numberOf(node), flagged].filter((name) => name !== undefined);
}

/** The column of numbers that decides a node. */
function numberOf(node: QueryNode): NumberColumn | undefined {
  if (node.kind === 'flag') return node.flag === 'is:failed' ? FAILED_SQL : undefined;
  if (node.kind !== 'compare' && !((node.kind === 'match' || node.kind === 'present') && isColumn(node))) return undefined;
  const column = queryColumns[node.field];
  if (column.kind !== 'number') return undefined;
  // SQLite writes a duration's fraction as it does: its text is SQLite's to match.
  if (node.field === 'durationMs') return node.kind === 'match' ? undefined : 'c.duration';
  return isNumberColumn(column.column) ? column.column : undefined;
}

async function matchNode(matching: Matching, node: QueryNode): Promise<Mask> {
  await matching.breathe();
  const size = matching.columns.ids.length;
  if (node.kind === 'all') return new Uint8Array(size).fill(1);
  if (node.kind === 'and' || node.kind === 'or') {
    // What is asked of each call is asked in one walk.
    const walked = node.items.filter(isWalked);
    const masks: Mask[] = walked.length === 0 ? [] : [await matchInSlices(matching, compileNode({ ...node, items: walked }))];
    for (const item of node.items) if (!walked.includes(item)) masks.push(await matchNode(matching, item));
    return masks.reduce((into, mask) => join(into, mask, node.kind));
  }
  if (node.kind === 'not') {
    const mask = await matchNode(matching, node.item);
    for (let ordinal = 0; ordinal < size; ordinal += 1) mask[ordinal] = 1 - (mask[ordinal] ?? 0);
    return mask;
  }
  const number = numberOf(node);
  if (number !== undefined) return matchNumber(await matching.columns.numbersOf(number), node);
  const flagged = node.kind === 'flag' ? FLAG_COLUMNS[node.flag] : undefined;
  if (flagged !== undefined) return Uint8Array.from(await matching.columns.idsOf(flagged), (id) => (id === 0 ? 0 : 1));
  if (node.kind === 'text') return matchWords(matching, node.pattern);
  if ((node.kind === 'match' || node.kind === 'present') && node.field === 'path') return matchPath(matching, node);
  return matchCompiled(matching, compileNode(node));
}

/** True for a condition that no column serves. */
function isWalked(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or' || node.kind === 'not' || node.kind === 'all' || node.kind === 'text') return false;
  if (numberOf(node) !== undefined || (node.kind === 'flag' && FLAG_COLUMNS[node.flag] !== undefined)) return false;
  if ((node.kind === 'match' || node.kind === 'present') && node.field === 'path') return false;
  const { lookup } = compileNode(node);
  return lookup === undefined || !isIdColumn(lookup.column);
}

function join(into: Mask, mask: Mask, kind: 'and' | 'or'): Mask {
  if (kind === 'and') for (let at = 0; at < into.length; at += 1) into[at] = (into[at] ?? 0) & (mask[at] ?? 0);
  else for (let at = 0; at < into.length; at += 1) into[at] = (into[at] ?? 0) | (mask[at] ?? 0);
  return into;
}

const comparisons: Readonly<Record<Comparison, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '=': (value, limit) => value === limit,
  '>=': (value, limit) => value >= limit,
  '>': (value, limit) => value > limit,
};

/** What decides a number; NaN, which stands for none, fits no comparison. */
function numberTest(node: QueryNode): (value: number) => boolean {
  if (node.kind === 'flag') return (value) => value === 1;
  if (node.kind === 'compare') {
    const { op, value: limit } = node;
    const compare = comparisons[op];
    // Divided as SQLite divides it: see `queryColumns`.
    return node.field === 'durationMs' ? (value) => compare(value / 1000, limit) : (value) => compare(value, limit);
  }
  if (node.kind !== 'match') return (value) => !Number.isNaN(value);
  const known = new Map<number, boolean>();
  return (value) => {
    if (Number.isNaN(value)) return false;
    let fits = known.get(value);
    if (fits === undefined) known.set(value, (fits = node.values.some((pattern) => fitsPattern(String(value), pattern))));
    return fits;
  };
}

function matchNumber(values: Float64Array, node: QueryNode): Mask {
  const test = numberTest(node);
  const mask = new Uint8Array(values.length);
  for (let ordinal = 0; ordinal < values.length; ordinal += 1) if (test(values[ordinal] ?? NaN)) mask[ordinal] = 1;
  return mask;
}

/** U+0000, and halves of a character, which SQLite is handed as another one. */
const UNPLAIN = /[\0\p{Surrogate}]/u;

/** U+0000 ends a text for some of SQLite's comparisons and not for others: what holds one is SQLite's to decide. */
const isPlain = (paths: PathText, patterns: readonly Pattern[]): boolean =>
  !paths.hasNul && patterns.every((pattern) => pattern.every((piece) => !UNPLAIN.test(piece)));

const wordParts = (pattern: Pattern): ReturnType<typeof compileWordParts> => compileWordParts((text) => contains(text, pattern));

async function matchWords(matching: Matching, pattern: Pattern): Promise<Mask> {
  const [path, query, ...others] = wordParts(pattern);
  let mask: Mask = new Uint8Array(matching.columns.ids.length);
  for (const [texts, compiled] of [
    [await matching.columns.paths(), path],
    [await matching.columns.queries(), query],
  ] as const) {
    if (isPlain(texts, [pattern])) await markHolding(texts, pattern, mask, matching.breathe);
    else mask = join(mask, await matchCompiled(matching, compiled), 'or');
  }
  for (const part of others) mask = join(mask, await matchCompiled(matching, part), 'or');
  return mask;
}

async function matchPath(matching: Matching, node: Extract<QueryNode, { kind: 'match' | 'present' }>): Promise<Mask> {
  const paths = await matching.columns.paths();
  const mask = new Uint8Array(matching.columns.ids.length);
  if (node.kind === 'present') markPresent(paths, mask);
  else if (isPlain(paths, node.values)) await markFitting(paths, node.values, mask, matching.breathe);
  else return matchCompiled(matching, compileNode(node));
  return mask;
}

async function matchCompiled(matching: Matching, compiled: CompiledQuery): Promise<Mask> {
  const { lookup, params } = compiled;
  if (lookup === undefined || !isIdColumn(lookup.column)) return matchInSlices(matching, compiled);
  const values = await matching.columns.idsOf(lookup.column);
  const ids = matching.db.prepare(lookup.select).all<{ id: number }>(...params);
  const mask = new Uint8Array(values.length);
  if (ids.length === 0) return mask;
  const wanted = new Uint8Array(ids.reduce((most, { id }) => Math.max(most, id), 0) + 1);
  for (const { id } of ids) wanted[id] = 1;
  for (let ordinal = 0; ordinal < values.length; ordinal += 1) {
    const value = values[ordinal] ?? 0;
    if (value < wanted.length) mask[ordinal] = wanted[value] ?? 0;
  }
  if (lookup.inAnyRecord === true) await addStanding(matching, mask);
  return mask;
}

/** Adds to the records that fit the calls that they are further records of. */
async function addStanding({ columns }: Matching, mask: Mask): Promise<void> {
  const sameAs = await columns.idsOf('f.same_as');
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) {
    const standing = mask[ordinal] === 1 ? (sameAs[ordinal] ?? 0) : 0;
    const at = standing === 0 ? undefined : ordinalOf(columns.ids, standing);
    if (at !== undefined) mask[at] = 1;
  }
}

/** Has SQLite decide, some calls at a time. */
async function matchInSlices({ db, columns, meter, breathe }: Matching, { where, params }: CompiledQuery): Promise<Mask> {
  const { ids } = columns;
  const mask = new Uint8Array(ids.length);
  const slice = db.prepare(`SELECT c.id AS id ${CALLS_FROM} WHERE (${where}) AND c.id BETWEEN ? AND ?`);
  const size = where.includes('message_fits') ? MESSAGE_SLICE : SQL_SLICE;
  meter.of += ids.length;
  for (let at = 0; at < Math.min(ids.length, meter.limit); at += size) {
    const end = Math.min(at + size, ids.length);
    const bounds = [ids[at] ?? 0, ids[end - 1] ?? 0];
    for (const { id } of slice.all<{ id: number }>(...params, ...bounds)) {
      const ordinal = ordinalOf(ids, id);
      if (ordinal !== undefined) mask[ordinal] = 1;
    }
    meter.read += end - at;
    await breathe();
    if (meter.stopped) meter.limit = Math.min(meter.limit, end);
  }
  return mask;
}
