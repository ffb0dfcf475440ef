import { parseSign, type SignStrength } from '../../intake/personal/data-signs.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { unpackValues } from '../../store/value-list.ts';

/** Calls of an endpoint whose values are counted; more change no share that matters. */
const SAMPLE = 400;

/** What one field's values were over the calls that were looked at. */
export interface SampledField {
  /** `response $.items[*].name`. */
  readonly where: string;
  values: number;
  readonly signs: Map<string, Record<SignStrength, number>>;
}

interface CallRow {
  readonly id: number;
  readonly query: string | null;
  readonly data: Uint8Array | null;
}
interface SignRow {
  readonly side: string;
  readonly pointer: string;
  readonly type: string;
  readonly count: number;
}

/**
 * Counts, for the fields of an endpoint, how many values they had and what those looked like, over at most 400 calls spread evenly
 * over the evidence. How many values a body's field had is read from the value index, so intake need not note fields that hold nothing.
 * Cost: one look-up a call, a few µs each.
 */
export function fieldReader(db: SqlDriver): (endpoint: number, calls: number) => ReadonlyMap<string, SampledField> {
  const select = db.prepare(
    `SELECT f.call_id AS id, c.query, v.data FROM call_fact f JOIN call c ON c.id = f.call_id LEFT JOIN value v ON v.call_id = f.call_id
      WHERE f.endpoint_id = ? AND f.call_id % ? = 0`,
  );
  const signs = db.prepare(
    "SELECT d.side, t.value AS pointer, d.type, d.count FROM data_seen d JOIN term t ON t.id = d.pointer_id WHERE d.call_id = ? AND d.type NOT IN ('agent-signal', 'tls-fingerprint')",
  );
  const term = db.prepare('SELECT value FROM term WHERE id = ?');
  const fieldOf = new Map<number, string>();
  const toField = (pointerId: number): string => {
    let field = fieldOf.get(pointerId);
    if (field === undefined) {
      field = (term.get<{ value: string }>(pointerId)?.value ?? '').replaceAll(/\[\d+\]/g, '[*]');
      fieldOf.set(pointerId, field);
    }
    return field;
  };
  return (endpoint, calls) => {
    const fields = new Map<string, SampledField>();
    const at = (where: string): SampledField => {
      let field = fields.get(where);
      if (field === undefined) fields.set(where, (field = { where, values: 0, signs: new Map() }));
      return field;
    };
    for (const { id, query, data } of select.all<CallRow>(endpoint, Math.ceil(calls / SAMPLE))) {
      if (data !== null) countValues(data, toField, at);
      for (const name of namesOf(query)) at(`query ${name}`).values += 1;
      for (const { side, pointer, type, count } of signs.all<SignRow>(id)) addSign(at(`${side} ${pointer}`), type, count);
    }
    return fields;
  };
}

function addSign({ signs }: SampledField, noted: string, count: number): void {
  const { type, strength } = parseSign(noted);
  let counts = signs.get(type);
  if (counts === undefined) signs.set(type, (counts = { sure: 0, inside: 0, form: 0, passage: 0, beside: 0 }));
  counts[strength] += count;
}

function countValues(data: Uint8Array, toField: (pointerId: number) => string, at: (where: string) => SampledField): void {
  // A sentence leaves its own fingerprint and those of the ids in it under one pointer: it is one value.
  const seen = new Set<number>();
  for (const { side, pointerId } of unpackValues(data)) {
    const key = pointerId * 2 + side;
    if (seen.has(key)) continue;
    seen.add(key);
    at(`${side === 1 ? 'response' : 'request'} ${toField(pointerId)}`).values += 1;
  }
}

function namesOf(query: string | null): readonly string[] {
  if (query === null || query === '') return [];
  return query.split('&').map((part) => {
    const equals = part.indexOf('=');
    return equals < 0 ? part : part.slice(0, equals);
  });
}
