import type { Cause, Exchange } from '../core/exchange.ts';
import { valueAt, type Session, type Taken } from '../core/session.ts';
import type { Json } from '../core/store.ts';

/** Shorter values say nothing about where they come from. Units: UTF-16 units. */
const LONG_ENOUGH = 6;

/** The leaves of a row that are worth sending, by their last name. */
function leavesOf(session: Session, from: Exchange, row: Json, at: string): readonly [name: string, value: Taken][] {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return [];
  return Object.entries(row as Readonly<Record<string, Json>>).flatMap(([name, value]) => {
    const pointer = at === '' ? name : `${at}.${name}`;
    if (typeof value === 'object') return leavesOf(session, from, value, pointer);
    return typeof value === 'string' && value.length >= LONG_ENOUGH ? [[name, session.take(from, pointer)] as [string, Taken]] : [];
  });
}

/** The rows of an answer as they are sent on, the first `most` values of each: every value knows where it was read. */
export function lootOf(session: Session, from: Exchange, most = 5): readonly Readonly<Record<string, Taken>>[] {
  const answer = from.operation?.answer;
  const at = answer !== undefined && 'list' in answer ? answer.at : undefined;
  const rows = at === undefined ? [from.responseBody ?? null] : valueAt(from.responseBody, at);
  if (!Array.isArray(rows)) return [];
  return rows.map((row: Json, index) =>
    Object.fromEntries(leavesOf(session, from, row, at === undefined ? '' : `${at}[${String(index)}]`).slice(0, most)),
  );
}

/** One value of an answer under its own name. */
export function pieceOf(session: Session, from: Exchange, pointer: string): Readonly<Record<string, Taken>> {
  return { [pointer.split('.').at(-1) ?? pointer]: session.take(from, pointer) };
}

/** Rows as one text in base64 of the alphabet for addresses; `causes` are all its values but the first, which the text itself names. */
export function wrap(
  rows: readonly Readonly<Record<string, Taken>>[],
  toAt: string,
): { readonly text: Taken; readonly causes: readonly Cause[] } {
  const [first, ...others] = rows.flatMap((row) => Object.values(row));
  if (first === undefined) throw new RangeError('nothing to wrap');
  const plain = rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, { value }]) => [name, value])));
  return {
    text: { ...first, value: Buffer.from(JSON.stringify(plain)).toString('base64url') },
    causes: others.map(({ from, at }) => ({ from, kind: 'value', fromAt: at, toAt })),
  };
}
