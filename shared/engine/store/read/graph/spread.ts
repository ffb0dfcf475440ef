import { FAILED_SQL } from '../../call-answer.ts';
import type { Spread } from '../../../../contract/graph.ts';
import type { Found } from '../../columns/call-search.ts';
import { ordinalOf, SLICE } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import { caseLinks, LINK_KINDS, type CaseLinks } from './case-links.ts';
import { earliest, reachTally, toSpread, type LinkInto } from './spread-steps.ts';

/** The calls of a query and what they led to. Shape: by ordinal 1 for a call that fits, 2 for one that such a call led to, else 0. */
function follow({ mask, columns }: Found, links: CaseLinks, standing: (ordinal: number) => boolean): Uint8Array {
  const reached = Uint8Array.from(mask);
  // Links by their cause, so that each is walked once.
  const starts = new Int32Array(columns.ids.length + 1);
  for (const from of links.from) starts[from + 1] = (starts[from + 1] ?? 0) + 1;
  for (let call = 0; call < columns.ids.length; call += 1) starts[call + 1] = (starts[call + 1] ?? 0) + (starts[call] ?? 0);
  const fill = Int32Array.from(starts);
  const effects = new Int32Array(links.to.length);
  for (let at = 0; at < links.to.length; at += 1) {
    const from = links.from[at] ?? 0;
    const place = fill[from] ?? 0;
    effects[place] = links.to[at] ?? 0;
    fill[from] = place + 1;
  }
  const waiting: number[] = [];
  for (let ordinal = 0; ordinal < mask.length; ordinal += 1) if (mask[ordinal] === 1) waiting.push(ordinal);
  for (let ordinal = waiting.pop(); ordinal !== undefined; ordinal = waiting.pop()) {
    for (let at = starts[ordinal] ?? 0; at < (starts[ordinal + 1] ?? 0); at += 1) {
      const effect = effects[at] ?? 0;
      if (reached[effect] !== 0 || !standing(effect)) continue;
      reached[effect] = 2;
      waiting.push(effect);
    }
  }
  return reached;
}

/**
 * How far the calls that fit reached, with what they led to by any proof but order: each host once, by its first call.
 * Shape: calls without a time come last, in the order of the evidence. At most `most` hosts.
 * Cost: some walks over columns in memory.
 */
export async function graphSpread(db: SqlDriver, found: Found, most: number, breathe: () => Promise<void>): Promise<Spread> {
  const { columns, mask } = found;
  await columns.need(['c.host_id', 'c.time', FAILED_SQL, 'c.credential_id', 'f.same_as']);
  const links = await caseLinks(db, columns);
  const [hosts, sameAs, credentials, times, failed] = await Promise.all([
    columns.idsOf('c.host_id'),
    columns.idsOf('f.same_as'),
    columns.idsOf('c.credential_id'),
    columns.numbersOf('c.time'),
    columns.numbersOf(FAILED_SQL),
  ]);
  const reached = follow(found, links, (ordinal) => sameAs[ordinal] === 0);
  const tally = reachTally();
  const firstCredential = earliest();
  let followed = 0;
  for (let ordinal = 0; ordinal < reached.length; ordinal += 1) {
    if (ordinal % SLICE === 0) await breathe();
    if (reached[ordinal] === 0) continue;
    if (reached[ordinal] === 2) followed += 1;
    const call = { id: columns.ids[ordinal] ?? 0, time: times[ordinal] ?? NaN };
    tally.add(call, hosts[ordinal] ?? 0, failed[ordinal] === 1);
    if (mask[ordinal] === 1 && credentials[ordinal] !== 0) firstCredential.look(call);
  }
  const linkInto = (id: number): LinkInto | undefined => strongestInto(links, ordinalOf(columns.ids, id) ?? -1, reached, columns.ids);
  return toSpread(db, { seeds: found.total, followed, reached: tally, firstCredential: firstCredential.found(), linkInto }, most);
}

/** The strongest link from a reached call into another. Links are ordered by their effect. */
function strongestInto(links: CaseLinks, to: number, reached: Uint8Array, ids: Found['columns']['ids']): LinkInto | undefined {
  let low = 0;
  let high = links.to.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((links.to[middle] ?? 0) < to) low = middle + 1;
    else high = middle;
  }
  let best = -1;
  for (let at = low; at < links.to.length && links.to[at] === to; at += 1) {
    if (reached[links.from[at] ?? 0] === 0) continue;
    if (best < 0 || (links.kind[at] ?? 0) < (links.kind[best] ?? 0)) best = at;
  }
  const kind = LINK_KINDS[links.kind[best] ?? -1];
  return kind === undefined ? undefined : { from: ids[links.from[best] ?? 0] ?? 0, kind, confidence: links.confidence[best] ?? 0 };
}
