import type { CallJson, CallRef } from '#shared/contract/report-json.ts';
import type { CallTruth } from '#test/support/scenarios/core/truth.ts';

import { EVIDENCE, type Export } from './export.ts';
import type { Truth } from './load.ts';

/** What is true and what is said, side by side. */
export interface View {
  readonly truth: Truth;
  readonly export: Export;
  /** Calls of the truth that a whole record shows, in the order of the truth. */
  readonly seen: readonly CallTruth[];
  /** The call behind a reference of the product; none for broken and doubled records, which are neutral. */
  readonly truthOf: (ref: CallRef) => CallTruth | undefined;
  /** What the product says of a call: of its first record that the product has. */
  readonly saidOf: (call: CallTruth | string) => CallJson | undefined;
}

/** Joins truth and export by the references of records. */
export function viewOf(truth: Truth, exported: Export): View {
  const said = new Map<string, CallJson>();
  for (const call of exported.calls)
    for (const ref of [call.ref, ...(call.alsoSeenAs ?? [])]) said.set(ref.startsWith(EVIDENCE) ? ref.slice(EVIDENCE.length) : ref, call);
  return {
    truth,
    export: exported,
    seen: [...truth.calls.values()].filter(({ id }) => truth.recordsOf.has(id)),
    truthOf: (ref) => {
      const record = truth.records.get(ref.startsWith(EVIDENCE) ? ref.slice(EVIDENCE.length) : ref);
      return record?.as === 'record' ? truth.calls.get(record.call) : undefined;
    },
    saidOf: (call) => {
      for (const { ref } of truth.recordsOf.get(typeof call === 'string' ? call : call.id) ?? []) {
        const found = said.get(ref);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** The place of an endpoint, without the operation inside its path: `POST api.test/graphql · query GetUser` is `POST api.test/graphql`. */
export const placeOf = (endpoint: string): string => endpoint.replace(/ · .*$/s, '');

/**
 * For each name of the truth, the name by which the product says most of the same calls.
 * Shape: `pairs` is one of truth and one of the product for each call; a call without one is no vote. Ties go to the first.
 */
export function majorityOf(pairs: Iterable<readonly [truth: string | undefined, said: string | undefined]>): ReadonlyMap<string, string> {
  const votes = new Map<string, Map<string, number>>();
  for (const [truth, said] of pairs) {
    if (truth === undefined || said === undefined) continue;
    let counts = votes.get(truth);
    if (counts === undefined) votes.set(truth, (counts = new Map<string, number>()));
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  return new Map(
    [...votes].map(([truth, counts]): [string, string] => {
      const [first] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best));
      return [truth, first];
    }),
  );
}
