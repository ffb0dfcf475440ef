import { isJsonObject, type Json } from '../../../../lib/json.ts';
import { textHash } from '../../../../lib/text-hash.ts';
import type { SessionKey } from '../../../../model/session-key.ts';
import type { Header } from '../../../../model/call.ts';
import type { CodecPort } from '../../../ports.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { detailIn, openBlock } from '../../../store/read/calls/details.ts';
import { termReader } from '../../../store/read/terms.ts';
import { pageValues } from '../../../store/read/calls/values.ts';

/** Blocks of details unpacked between two pauses. */
const BLOCKS = 8;

/** Hears that a call carries a key: its place in the list, and a hash of the value, never the value. */
export type KeyVisitor = (callId: number, key: number, hash: number) => void;

/** The value of a member in `a=1; b=2` or `a=1,b=2;ttl=60`. Source: RFC 6265, 4.2.1; W3C Baggage, 3.2. */
function memberOf(text: string, name: string, separator: string): string | undefined {
  for (const part of text.split(separator)) {
    const [pair = ''] = separator === ',' ? part.split(';') : [part];
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/** What a request's headers say under a key. Secrets stand there as masks, which are the same for the same secret. */
function headerValue(headers: readonly Header[], { kind, name }: SessionKey): string | undefined {
  // Cookies and baggage stand in headers of these names.
  const wanted = kind === 'header' ? name.toLowerCase() : kind;
  for (const [header, text] of headers) {
    if (header.toLowerCase() !== wanted) continue;
    const value = kind === 'header' ? text.trim() : memberOf(text, name, kind === 'cookie' ? ';' : ',');
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** A claim by its name, else step by step: `act.sub`. Only plain values are keys. */
function claimOf(claims: Json, name: string): string | undefined {
  if (!isJsonObject(claims)) return undefined;
  const whole = claims[name];
  const value =
    whole ?? name.split('.').reduce<Json | undefined>((at, step) => (at !== undefined && isJsonObject(at) ? at[step] : undefined), claims);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

async function visitHeaders(
  db: SqlDriver,
  codec: CodecPort,
  keys: readonly (readonly [SessionKey, number])[],
  visit: KeyVisitor,
  breathe: () => Promise<void>,
): Promise<void> {
  const blocks = db.prepare(
    'SELECT first_call_id, last_call_id, data FROM detail_block WHERE first_call_id > ? ORDER BY first_call_id LIMIT 1',
  );
  const formats = db.prepare(
    'SELECT c.id, s.format FROM call c JOIN source s ON s.id = c.source_id WHERE c.id BETWEEN ? AND ? ORDER BY c.id',
  );
  for (let after = -1, read = 0; ; read += 1) {
    const row = blocks.get<{ first_call_id: number; last_call_id: number; data: Uint8Array }>(after);
    if (row === undefined) return;
    after = row.first_call_id;
    if (read % BLOCKS === 0) await breathe();
    const block = openBlock(codec, row.data);
    for (const { id, format } of formats.all<{ id: number; format: string | null }>(row.first_call_id, row.last_call_id)) {
      const { requestHeaders } = detailIn(block, id - row.first_call_id, format ?? '');
      if (requestHeaders === undefined) continue;
      for (const [key, place] of keys) {
        const value = headerValue(requestHeaders, key);
        if (value !== undefined) visit(id, place, textHash(value));
      }
    }
  }
}

async function visitBodies(
  db: SqlDriver,
  keys: readonly (readonly [SessionKey, number])[],
  visit: KeyVisitor,
  breathe: () => Promise<void>,
): Promise<void> {
  const pointerOf = termReader(db);
  const placeOf = new Map(keys.map(([{ name }, place]) => [name, place]));
  for (const page of pageValues(db, 0)) {
    await breathe();
    for (const { callId, values } of page)
      for (const { pointerId, fingerprint } of values) {
        const place = placeOf.get(pointerOf(pointerId) ?? '');
        if (place !== undefined) visit(callId, place, fingerprint);
      }
  }
}

async function visitClaims(
  db: SqlDriver,
  keys: readonly (readonly [SessionKey, number])[],
  visit: KeyVisitor,
  breathe: () => Promise<void>,
): Promise<void> {
  const calls = db.prepare('SELECT id FROM call WHERE credential_id = ?');
  for (const { id, claims } of db
    .prepare('SELECT id, jwt_claims AS claims FROM credential WHERE jwt_claims IS NOT NULL')
    .all<{ id: number; claims: string }>()) {
    await breathe();
    const parsed = JSON.parse(claims) as Json; // written by intake
    const values = keys.flatMap(([{ name }, place]) => {
      const value = claimOf(parsed, name);
      return value === undefined ? [] : [[place, textHash(value)] as const];
    });
    if (values.length === 0) continue;
    for (const call of calls.all<{ id: number }>(id)) for (const [place, hash] of values) visit(call.id, place, hash);
  }
}

/**
 * Visits every call that carries one of the keys on its request. Bodies count where the value may link calls: from 4 characters on.
 * Cost: headers, cookies and baggage unpack the details of all calls, some 10 µs each; bodies read the value index; claims are quick.
 */
export async function visitKeyValues(
  db: SqlDriver,
  codec: CodecPort,
  keys: readonly SessionKey[],
  visit: KeyVisitor,
  breathe: () => Promise<void>,
): Promise<void> {
  const placed = keys.map((key, place) => [key, place] as const);
  const claims = placed.filter(([{ kind }]) => kind === 'claim');
  const bodies = placed.filter(([{ kind }]) => kind === 'body');
  const headers = placed.filter(([{ kind }]) => kind !== 'claim' && kind !== 'body');
  if (claims.length > 0) await visitClaims(db, claims, visit, breathe);
  if (bodies.length > 0) await visitBodies(db, bodies, visit, breathe);
  if (headers.length > 0) await visitHeaders(db, codec, headers, visit, breathe);
}
