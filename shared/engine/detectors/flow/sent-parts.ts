import type { FlowCall } from './run-calls.ts';
import { worstFirst } from './data-words.ts';

/** Sends one after the other that carried the same kinds of data. */
export interface SentPart {
  readonly sends: readonly FlowCall[];
  /** Pieces of data by kind. */
  readonly sent: ReadonlyMap<string, number>;
  /** Distinct values in them that stand in answers read before. */
  readonly values: number;
}

/** Steps of a story that tell of sends; who reads more has forgotten the first. */
const MAX_PARTS = 4;

/**
 * Cuts sends where the kinds of data in them change, so that a story says of each moment what left in it; the last part takes the rest.
 * Shape: `sends` in time order, and the parts with them. Example: people, cards, cards gives two parts.
 */
export function partsOf(
  sends: readonly FlowCall[],
  dataOf: (send: FlowCall) => ReadonlyMap<string, number>,
  provenIn: (send: FlowCall) => ReadonlySet<number>,
): readonly SentPart[] {
  const parts: { key: string; sends: FlowCall[]; sent: Map<string, number>; proven: Set<number> }[] = [];
  for (const send of sends) {
    const data = dataOf(send);
    const key = worstFirst(data.keys()).join();
    let part = parts.at(-1);
    if (part === undefined || (part.key !== key && parts.length < MAX_PARTS))
      parts.push((part = { key, sends: [], sent: new Map(), proven: new Set() }));
    part.sends.push(send);
    for (const [type, count] of data) part.sent.set(type, (part.sent.get(type) ?? 0) + count);
    for (const value of provenIn(send)) part.proven.add(value);
  }
  return parts.map(({ sends: own, sent, proven }) => ({ sends: own, sent, values: proven.size }));
}
