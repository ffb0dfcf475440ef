import type { ChainSizes, SessionKeyUse, SessionPreview } from '../../contract/chains.ts';
import { SIZE_CLASSES } from '../../model/chain-sizes.ts';
import { numberAt } from '../../lib/numbers.ts';
import { median } from '../../lib/stats.ts';
import type { SessionKey } from '../../model/session-key.ts';
import { NONE } from '../passes/chains/call-columns.ts';
import { groupCalls, listGroups, type Groups } from '../passes/chains/group.ts';
import { visitKeyValues } from '../passes/chains/values/key-values.ts';
import { keyedHash, NO_KEY, spreadKeys } from '../passes/chains/sessions/keys.ts';
import { createParties } from '../passes/chains/sessions/parties.ts';
import { findSessions } from '../passes/chains/sessions/sessions.ts';
import type { CodecPort } from '../ports.ts';
import type { SqlDriver } from '../store/driver.ts';
import { readLinkedCalls, type LinkedCalls } from './linked-calls.ts';

/** What each key of the list finds, and the key that decides each call. */
async function countKeys(
  db: SqlDriver,
  codec: CodecPort,
  keys: readonly SessionKey[],
  { count, indexOf, standing }: LinkedCalls,
  breathe: () => Promise<void>,
): Promise<{ readonly uses: readonly SessionKeyUse[]; readonly keyOf: Float64Array; readonly carried: number }> {
  const keyOf = new Float64Array(count);
  const placeOf = new Uint8Array(count).fill(keys.length);
  // One bit a key: a body may show a pointer more than once.
  const carries = new Uint8Array(count);
  await visitKeyValues(
    db,
    codec,
    keys,
    (callId, place, hash) => {
      const record = indexOf(callId);
      if (record === NONE) return;
      const at = standing[record] === NONE ? record : numberAt(standing, record);
      carries[at] = numberAt(carries, at) | (1 << place);
      if (numberAt(placeOf, at) <= place) return;
      placeOf[at] = place;
      keyOf[at] = keyedHash(place, hash);
    },
    breathe,
  );
  const values = keys.map(() => new Map<number, number>());
  const carriedBy = keys.map(() => 0);
  let carried = 0;
  for (let at = 0; at < count; at += 1) {
    for (const place of keys.keys()) if ((numberAt(carries, at) & (1 << place)) !== 0) carriedBy[place] = (carriedBy[place] ?? 0) + 1;
    const own = values[numberAt(placeOf, at)];
    if (own === undefined) continue;
    carried += 1;
    own.set(numberAt(keyOf, at), (own.get(numberAt(keyOf, at)) ?? 0) + 1);
  }
  const uses = values.map((own, place) => {
    const calls = [...own.values()];
    return {
      carried: carriedBy[place] ?? 0,
      decides: calls.reduce((sum, each) => sum + each, 0),
      values: own.size,
      largest: calls.reduce((most, each) => Math.max(most, each), 0),
    };
  });
  return { uses, keyOf, carried };
}

function toSizes(sizes: readonly number[]): ChainSizes {
  const classes = SIZE_CLASSES.map(() => 0);
  for (const size of sizes) {
    const place = SIZE_CLASSES.findLastIndex((least) => size >= least);
    if (place >= 0) classes[place] = (classes[place] ?? 0) + 1;
  }
  return {
    chains: sizes.length,
    calls: sizes.reduce((sum, size) => sum + size, 0),
    medianCalls: sizes.length === 0 ? 0 : median(sizes),
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
    sizes: classes,
  };
}

/** Chains of now that would come apart, and chains to come that several of now go into. */
function countChanges(
  chainOf: Int32Array,
  rootOf: (at: number) => number,
  after: Groups,
): { readonly split: number; readonly joined: number } {
  const groups = new Map<number, number>();
  const split = new Set<number>();
  for (let at = 0; at < chainOf.length; at += 1) {
    const chain = numberAt(chainOf, at);
    if (chain === 0) continue;
    const group = rootOf(at);
    const known = groups.get(chain);
    if (known === undefined) groups.set(chain, group);
    else if (known !== group) split.add(chain);
  }
  let joined = 0;
  for (let group = 1; group <= after.count; group += 1) {
    const from = new Set(Array.from(after.membersOf(group), (at) => numberAt(chainOf, at)));
    from.delete(0);
    if (from.size > 1) joined += 1;
  }
  return { split: split.size, joined };
}

/**
 * What holds each root together while sessions are cut: its key, and in a case that an earlier version analyzed, which has no lanes, else the
 * chain that it stands in; without either, all its chains would seem to come apart.
 */
function heldBy({ lanes, chainOf }: LinkedCalls, keyOf: Float64Array): (at: number) => number {
  if (lanes.kinds.length > 0) return (at) => numberAt(keyOf, at);
  // Keys are above zero, so that chains are told from them below it.
  return (at) => (numberAt(keyOf, at) === NO_KEY ? -numberAt(chainOf, at) : numberAt(keyOf, at));
}

/**
 * Works out what chains other session keys would make of the links found so far, as the analysis does it; nothing is written, no value is kept.
 * Cost: reads all calls and edges once, and what the keys need (`visitKeyValues`).
 */
export async function previewSessionKeys(
  db: SqlDriver,
  codec: CodecPort,
  keys: readonly SessionKey[],
  breathe: () => Promise<void>,
): Promise<SessionPreview> {
  const linked = await readLinkedCalls(db, breathe);
  const { uses, keyOf, carried } = await countKeys(db, codec, keys, linked, breathe);
  spreadKeys(keyOf, linked.parentOf);
  const { sessionOf, partyOf } = await findSessions(
    { calls: linked, lanes: linked.lanes, keyOf: heldBy(linked, keyOf), parties: createParties(db, linked) },
    breathe,
  );
  const rootOf = await groupCalls(
    linked,
    linked.edges,
    sessionOf,
    (at) => numberAt(keyOf, at),
    (at) => partyOf.get(at)?.session,
    breathe,
  );
  const groups = listGroups(linked, linked.standing, rootOf);
  const before = db.prepare('SELECT calls FROM chain').all<{ calls: number }>();
  return {
    calls: linked.standing.reduce((sum, stands) => sum + (stands === NONE ? 1 : 0), 0),
    carried,
    keys: uses,
    before: toSizes(before.map(({ calls }) => calls)),
    after: toSizes(Array.from({ length: groups.count }, (_, place) => groups.membersOf(place + 1).length)),
    ...countChanges(linked.chainOf, rootOf, groups),
  };
}
