import type { Found } from '../../columns/call-search.ts';
import type { Counts } from '../../columns/count-values.ts';
import { ordinalOf } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import { CALLS_FROM, type CallFilter } from './calls.ts';

/** Calls by a text that another record of them has and their own has not; each call once a text. */
export type OtherTexts = ReadonlyMap<string, number>;

type CallsByText = Map<string, Set<number>>;

function note(calls: CallsByText, text: string, call: number): void {
  const seen = calls.get(text);
  if (seen === undefined) calls.set(text, new Set([call]));
  else seen.add(call);
}

const sizesOf = (calls: CallsByText): OtherTexts => new Map([...calls].map(([text, { size }]) => [text, size]));

/**
 * What the other records of the calls found say of their source, in columns that are in memory. `texts`: by the row id of a source.
 * Cost: some ms a million calls, and a look for each other record.
 */
export async function othersInMemory({ columns, mask }: Found, texts: ReadonlyMap<number, string>): Promise<OtherTexts> {
  const [sameAs, sources] = [await columns.idsOf('f.same_as'), await columns.idsOf('c.source_id')];
  const calls: CallsByText = new Map();
  for (let ordinal = 0; ordinal < sameAs.length; ordinal += 1) {
    const standing = sameAs[ordinal] ?? 0;
    const call = standing === 0 ? undefined : ordinalOf(columns.ids, standing);
    if (call === undefined || mask[call] !== 1) continue;
    const text = texts.get(sources[ordinal] ?? 0);
    if (text === undefined || text === texts.get(sources[call] ?? 0)) continue;
    note(calls, text, call);
  }
  return sizesOf(calls);
}

/** The same by SQL, for a case that is too large for memory. Cost: a look for each other record. */
export function othersBySql(db: SqlDriver, texts: ReadonlyMap<number, string>, filter: CallFilter): OtherTexts {
  const pairs = db
    .prepare(
      `SELECT c.id AS call, c.source_id AS own, oc.source_id AS other ${CALLS_FROM}
       CROSS JOIN call_fact o ON o.same_as = c.id CROSS JOIN call oc ON oc.id = o.call_id
       WHERE ${filter.where} GROUP BY 1, 2, 3`,
    )
    .iterate<{ call: number; own: number; other: number }>(...filter.params);
  const calls: CallsByText = new Map();
  for (const { call, own, other } of pairs) {
    const text = texts.get(other);
    if (text === undefined || text === texts.get(own)) continue;
    note(calls, text, call);
  }
  return sizesOf(calls);
}

/** Counts of the calls' own records with those of others added, so that a count is what the query for its value finds. */
export function withOthers({ byKey, without }: Counts, others: OtherTexts): Counts {
  const all = new Map(byKey);
  for (const [text, calls] of others) all.set(text, (all.get(text) ?? 0) + calls);
  return { byKey: all, without };
}
