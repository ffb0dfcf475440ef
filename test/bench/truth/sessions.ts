import { groupBy } from '#shared/lib/group-by.ts';
import type { CallTruth } from '#test/support/scenarios/core/truth.ts';

import type { Truth } from './load.ts';
import { bCubed, prefixed, type Scores } from './score.ts';
import type { View } from './view.ts';

interface Session {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/** What tells the calls of a session from those of another one of the same caller; undefined where a trace id does. */
function callerOf({ recordsOf }: Truth, calls: readonly CallTruth[]): string | undefined {
  const isTraced = calls.some(({ id }) => recordsOf.get(id)?.some(({ ids }) => ids.includes('trace')));
  const callers = new Set(
    calls.filter(({ hop }) => hop === 'client').map(({ principal, credential }) => `${principal}\n${credential ?? ''}`),
  );
  return isTraced || callers.size !== 1 ? undefined : [...callers][0];
}

/**
 * Names of sessions as evidence can tell them apart: sessions of one caller with one credential that go on at the same time, without a
 * trace id in any record, are one (the parallel workers of a program: same key, same address, same paths).
 */
function sessionsAsSeen(truth: Truth, seen: readonly CallTruth[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const byCaller = new Map<string, Session[]>();
  for (const [name, calls] of groupBy(seen, ({ session }) => session)) {
    names.set(name, name);
    const caller = callerOf(truth, calls);
    if (caller === undefined) continue;
    const times = calls.map(({ at }) => at).sort((a, b) => a - b);
    const session = { name, first: times[0] ?? 0, last: times.at(-1) ?? 0 };
    byCaller.set(caller, [...(byCaller.get(caller) ?? []), session]);
  }
  for (const sessions of byCaller.values()) {
    let open: Session | undefined;
    for (const next of sessions.sort((a, b) => a.first - b.first)) {
      if (open !== undefined && next.first < open.last) {
        names.set(next.name, open.name);
        open = { ...open, last: Math.max(open.last, next.last) };
      } else open = next;
    }
  }
  return names;
}

/**
 * Sessions as the product's chains: B-cubed over calls that are seen; a call in no chain is alone.
 * Sessions that no evidence tells apart may be said as one or as several: precision asks for the first, recall for the second.
 */
export function sessionScores({ truth, seen, saidOf }: View): Scores {
  const names = sessionsAsSeen(truth, seen);
  const scores = (nameOf: (call: CallTruth) => string): ReturnType<typeof bCubed> =>
    bCubed(
      seen.map((call) => {
        const said = saidOf(call);
        return [nameOf(call), said === undefined ? undefined : (said.chain ?? said.ref)] as const;
      }),
    );
  const { precision } = scores(({ session }) => names.get(session) ?? session);
  const { recall } = scores(({ session }) => session);
  return prefixed('sessions', { precision, recall });
}
