import type { Cause, Exchange } from '../core/exchange.ts';
import { labelledFields } from '../core/fields.ts';
import { valueAt, type Taken } from '../core/given.ts';
import type { Session } from '../core/session.ts';
import type { Stage } from '../core/stage.ts';
import type { Json } from '../core/store.ts';

/** Shorter values say nothing about where they come from. Units: UTF-16 units. */
const LONG_ENOUGH = 6;

/** The texts in a row that are long enough, each by its last name. */
function leavesOf(session: Session, from: Exchange, value: Json, name: string, at: string): readonly (readonly [string, Taken])[] {
  if (typeof value === 'string') return value.length >= LONG_ENOUGH ? [[name, session.take(from, at)]] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => leavesOf(session, from, item, name, `${at}[${String(index)}]`));
  return Object.entries(value as Readonly<Record<string, Json>>).flatMap(([key, item]) =>
    leavesOf(session, from, item, key, at === '' ? key : `${at}.${key}`),
  );
}

/** Where personal data stands in an answer: `response $.items[*].email`. */
function worthOf({ world }: Stage, { operation }: Exchange): ReadonlySet<string> {
  if (operation === undefined) return new Set();
  const labelled = labelledFields(world.catalogue, operation).filter(({ type }) => type !== 'none');
  return new Set(labelled.map(({ where }) => where));
}

/** The rows of an answer as they are sent on, ids and personal data, the first `most` values of each: every value knows where it was read. */
export function lootOf(session: Session, from: Exchange, most = 5): readonly Readonly<Record<string, Taken>>[] {
  if (from.status >= 400) return [];
  const answer = from.operation?.answer;
  const at = answer !== undefined && 'list' in answer ? answer.at : undefined;
  const rows = at === undefined ? [from.responseBody ?? null] : valueAt(from.responseBody, at);
  if (!Array.isArray(rows)) return [];
  const worth = worthOf(session.stage, from);
  return rows.map((row: Json, index) => {
    const leaves = leavesOf(session, from, row, '', at === undefined ? '' : `${at}[${String(index)}]`);
    const chosen = leaves.filter(([name, taken]) => name === 'id' || worth.has(taken.at.replace(/\[\d+\]/g, '[*]')));
    return Object.fromEntries((chosen.length < 2 ? leaves : chosen).slice(0, most));
  });
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
