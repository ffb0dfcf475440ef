import { valueFingerprint } from '../intake/value-forms.ts';
import { isHexId } from '../intake/masking/hex-id.ts';
import type { LoneSecret } from '../intake/masking/lone-secret.ts';
import { secretSearch, type SecretSearch } from '../intake/masking/secret-search.ts';
import type { Json } from '../../lib/json.ts';
import type { CodecPort, CryptoPort } from '../ports.ts';
import { CALL_NUMBERS, CALL_TEXTS, FIRST_TERM_COLUMN } from '../reading/encoded-batch.ts';
import { packBlock } from '../reading/details.ts';
import type { SqlDriver } from '../store/driver.ts';
import { openBlock } from '../store/read/calls/details.ts';
import { packValues, unpackValues } from '../store/value-list.ts';

/** What the case held before an import: row ids, up to which nothing is changed. */
export interface Reach {
  readonly source: number;
  readonly call: number;
  readonly term: number;
}

/** What the case holds now. */
export const reachOf = (db: SqlDriver): Reach => {
  const last = (table: 'source' | 'call' | 'term'): number =>
    db.prepare(`SELECT max(id) AS last FROM ${table}`).get<{ last: number | null }>()?.last ?? 0;
  return { source: last('source'), call: last('call'), term: last('term') };
};

export interface MaskTools {
  readonly db: SqlDriver;
  readonly codec: CodecPort;
  readonly crypto: CryptoPort;
  readonly caseKey: Uint8Array;
  readonly breathe: () => Promise<void>;
}

/** Rows that are looked through between two breaths. */
const PAGE = 10_000;
/** Blocks of details that are looked through between two breaths: some megabytes. */
const BLOCKS = 16;

/**
 * Masks the secrets in everything that was read after `since`, where nothing beside them says what they are: a password of one call that
 * stands in another, in a log's line or a referer.
 * Shape: what the case held before is not touched, since the audit log vouches for it. Gives the ids of the calls that changed.
 * Cost: one walk over what was read, a tenth of its import (1.4 s of processor time for 300,000 lines); nothing where no secret is known by its name alone.
 */
export async function maskEverywhere(secrets: readonly LoneSecret[], since: Reach, tools: MaskTools): Promise<ReadonlySet<number>> {
  const changed = new Set<number>();
  if (secrets.length === 0) return changed;
  const search = secretSearch(secrets);
  await maskDetails(search, since, changed, tools);
  await maskCallTexts(search, since, changed, tools);
  await maskTerms(search, since, changed, tools);
  tools.db.transaction(() => {
    maskSmallTables(search, since, tools.db);
  });
  await relink(secrets, changed, tools);
  return changed;
}

async function maskDetails(search: SecretSearch, since: Reach, changed: Set<number>, { db, codec, breathe }: MaskTools): Promise<void> {
  const next = db.prepare('SELECT first_call_id AS first, data FROM detail_block WHERE first_call_id > ? ORDER BY first_call_id LIMIT 1');
  const update = db.prepare('UPDATE detail_block SET data = ? WHERE first_call_id = ?');
  const encoder = new TextEncoder();
  /** Masks one block; gives the first call of it, and `undefined` behind the last. */
  const maskNext = (after: number): number | undefined => {
    const row = next.get<{ first: number; data: Uint8Array }>(after);
    if (row === undefined) return undefined;
    const { bytes, starts, isText } = openBlock(codec, row.data);
    if (!search.mayHold(bytes)) return row.first;
    const hits = new Set<number>();
    const parts = isText.map((text, index) => {
      const part = bytes.subarray(starts[index], starts[index + 1]);
      const plain = search.mayHold(part) ? new TextDecoder().decode(part) : undefined;
      const masked = plain === undefined ? undefined : text ? search.mask(plain) : maskJson(plain, search);
      if (masked === undefined || masked === plain) return { bytes: part, isText: text };
      hits.add(row.first + index);
      return { bytes: encoder.encode(masked), isText: text };
    });
    if (hits.size === 0) return row.first;
    update.run(codec.compress(packBlock(parts)), row.first);
    for (const id of hits) changed.add(id);
    return row.first;
  };
  for (let after: number | undefined = since.call; after !== undefined;) {
    await breathe();
    const from: number = after;
    after = db.transaction(() => {
      let reached: number | undefined = from;
      for (let read = 0; read < BLOCKS && reached !== undefined; read += 1) reached = maskNext(reached);
      return reached;
    });
  }
}

/** The JSON with the secrets of its strings masked; the same text where it holds none. */
function maskJson(json: string, search: SecretSearch): string {
  let hits = 0;
  const maskIn = (value: Json): Json => {
    if (typeof value === 'string') {
      const masked = search.mask(value);
      if (masked !== value) hits += 1;
      return masked;
    }
    if (Array.isArray(value)) return value.map(maskIn);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskIn(inner)]));
  };
  const masked = maskIn(JSON.parse(json) as Json); // written by `reading/details.ts`
  return hits === 0 ? json : JSON.stringify(masked);
}

async function maskCallTexts(search: SecretSearch, since: Reach, changed: Set<number>, { db, breathe }: MaskTools): Promise<void> {
  const columns = CALL_TEXTS.join(', ');
  const page = db.prepare(
    `SELECT id, ${columns}, concat_ws(char(10), ${columns}) AS texts FROM call WHERE id > ? ORDER BY id LIMIT ${String(PAGE)}`,
  );
  const update = db.prepare(`UPDATE call SET ${CALL_TEXTS.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`);
  for (let after = since.call; ;) {
    await breathe();
    const rows = page.all<Readonly<Record<string, string | number | null>> & { id: number; texts: string }>(after);
    db.transaction(() => {
      for (const row of rows) {
        if (search.mask(row.texts) === row.texts) continue;
        const masked = CALL_TEXTS.map((column) => maskColumn(column, row[column] ?? null, search));
        if (CALL_TEXTS.every((column, index) => (row[column] ?? null) === masked[index])) continue;
        update.run(...masked, row.id);
        changed.add(row.id);
      }
    });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

/** Columns of ids by which tables are joined: as the door lets them pass, in each of the tables. */
const IDS: ReadonlySet<string> = new Set(['trace_id', 'span_id', 'parent_span_id', 'request_id']);

const maskColumn = (column: string, value: string | number | null, search: SecretSearch): string | number | null =>
  typeof value !== 'string' || (IDS.has(column) && isHexId(value)) ? value : search.mask(value);

const TERM_COLUMNS = CALL_NUMBERS.slice(FIRST_TERM_COLUMN);

/** Texts that calls name by number: user agents, referers, hosts. */
async function maskTerms(search: SecretSearch, since: Reach, changed: Set<number>, { db, breathe }: MaskTools): Promise<void> {
  const page = db.prepare(`SELECT id, value FROM term WHERE id > ? ORDER BY id LIMIT ${String(PAGE)}`);
  const known = db.prepare('SELECT id FROM term WHERE value = ?');
  const update = db.prepare('UPDATE term SET value = ? WHERE id = ?');
  const hits: number[] = [];
  const moved: (readonly [from: number, to: number])[] = [];
  for (let after = since.term; ;) {
    await breathe();
    const rows = page.all<{ id: number; value: string }>(after);
    db.transaction(() => {
      for (const { id, value } of rows) {
        const masked = search.mask(value);
        if (masked === value) continue;
        hits.push(id);
        const same = known.get<{ id: number }>(masked)?.id;
        // The same text may stand there already, masked by its name: calls then name that one, and places of values keep a text of their own.
        if (same !== undefined) moved.push([id, same]);
        update.run(same === undefined ? masked : `${masked}~${String(id)}`, id);
      }
    });
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  if (hits.length === 0) return;
  // One walk over the calls for all of them: a search for each would read a million rows a time.
  const ofCalls = db.prepare(
    `WITH hit AS MATERIALIZED (SELECT value FROM json_each(?))
     SELECT id FROM call NOT INDEXED WHERE id > ? AND (${TERM_COLUMNS.map((column) => `${column} IN hit`).join(' OR ')})`,
  );
  for (const { id } of ofCalls.all<{ id: number }>(JSON.stringify(hits), since.call)) changed.add(id);
  if (moved.length === 0) return;
  for (const column of TERM_COLUMNS) {
    await breathe();
    db.prepare(
      `WITH moved AS MATERIALIZED (SELECT value ->> 0 AS old, value ->> 1 AS new FROM json_each(?))
       UPDATE call SET ${column} = (SELECT new FROM moved WHERE old = ${column}) WHERE id > ? AND ${column} IN (SELECT old FROM moved)`,
    ).run(JSON.stringify(moved), since.call);
  }
}

/** Tables of texts beside the calls, with the column that says whose they are. */
const SMALL: readonly (readonly [table: string, columns: readonly string[]])[] = [
  ['issue', ['message', 'excerpt']],
  ['trace_owner', ['trace_id', 'user', 'agent']],
  ['inner_span', ['trace_id', 'span_id', 'parent_span_id', 'service', 'agent', 'user']],
];

function maskSmallTables(search: SecretSearch, since: Reach, db: SqlDriver): void {
  for (const [table, columns] of SMALL) {
    const rows = db.prepare(`SELECT rowid AS id, ${columns.join(', ')} FROM ${table} WHERE source_id > ?`);
    const update = db.prepare(`UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE rowid = ?`);
    const hits = rows
      .all<Readonly<Record<string, string | number | null>> & { id: number }>(since.source)
      .map((row) => ({ row, masked: columns.map((column) => maskColumn(column, row[column] ?? null, search)) }))
      .filter(({ row, masked }) => columns.some((column, index) => row[column] !== masked[index]));
    for (const { row, masked } of hits) update.run(...masked, row.id);
  }
}

/**
 * Where a secret stood without a name it was noted as any value, hashed with the stored key, against which a weak one can be tried out: it
 * gets the fingerprint that it has where it is named, and so links both places.
 */
async function relink(
  secrets: readonly LoneSecret[],
  changed: ReadonlySet<number>,
  { db, crypto, caseKey, breathe }: MaskTools,
): Promise<void> {
  if (changed.size === 0) return;
  const printOf = new Map(secrets.map(({ text, print }) => [valueFingerprint(crypto, caseKey, text), print]));
  const select = db.prepare('SELECT data FROM value WHERE call_id = ?');
  const update = db.prepare('UPDATE value SET data = ? WHERE call_id = ?');
  const relinkCall = (id: number): void => {
    const row = select.get<{ data: Uint8Array }>(id);
    if (row === undefined) return;
    const values = unpackValues(row.data);
    if (!values.some(({ fingerprint }) => printOf.has(fingerprint))) return;
    update.run(packValues(values.map((value) => ({ ...value, fingerprint: printOf.get(value.fingerprint) ?? value.fingerprint }))), id);
  };
  const ids = [...changed];
  for (let from = 0; from < ids.length; from += PAGE) {
    await breathe();
    db.transaction(() => {
      for (const id of ids.slice(from, from + PAGE)) relinkCall(id);
    });
  }
}
