import { numberAt } from '../../../../lib/numbers.ts';
import type { Addresses } from '../addresses.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { SourceView } from './source-views.ts';

/** Evidence for or against one field is never worth more than this: a log may be wrong. Units: nats. */
const MAX_WEIGHT = 7;
/** Values counted for one field of one source, to learn how often two calls agree by chance. */
const MAX_COUNTED = 50_000;

/** A field that both records of a request may show, as a number, `NONE` or 0 where absent. */
type Field = (at: number) => number;

/** The fields that are set against each other. Method, path, status and query must agree anyway. */
export function fieldsOf(calls: CallColumns, addresses: Addresses): readonly Field[] {
  const known =
    (column: ArrayLike<number>, none: number): Field =>
    (at) =>
      numberAt(column, at) === none ? NONE : numberAt(column, at);
  return [
    known(calls.clientIp, NONE),
    known(calls.userAgent, NONE),
    known(calls.host, NONE),
    known(calls.requestId, 0),
    known(calls.trace, 0),
    (at) => addresses.of(numberAt(calls.upstream, at)),
  ];
}

/** How much each field says for or against two records being of one request. Units: nats. */
export interface Agreement {
  /** Sum over the fields that both records show. */
  weigh(a: number, b: number): number;
}

/** How often two calls of two sources agree on a field by chance. Source: sum over values of the product of their shares. */
function chanceOf(field: Field, a: SourceView, b: SourceView): number {
  const count = ({ timed }: SourceView): ReadonlyMap<number, number> => {
    const counts = new Map<number, number>();
    const step = Math.max(1, Math.ceil(timed.length / MAX_COUNTED));
    let total = 0;
    for (let place = 0; place < timed.length; place += step) {
      const value = field(numberAt(timed, place));
      if (value === NONE) continue;
      counts.set(value, (counts.get(value) ?? 0) + 1);
      total += 1;
    }
    for (const [value, times] of counts) counts.set(value, times / total);
    return counts;
  };
  const other = count(b);
  let sum = 0;
  for (const [value, share] of count(a)) sum += share * (other.get(value) ?? 0);
  return sum;
}

/**
 * Learns the weights of two sources from pairs of records that hardly can be anything else than one request: the logarithm of how much
 * oftener those agree (or differ) on a field than chance. A field on which such pairs agree no oftener than chance, such as ids that each
 * hop makes anew, so weighs nothing.
 * Source: Fellegi and Sunter 1969, "A Theory for Record Linkage".
 */
export function learnAgreement(
  fields: readonly Field[],
  a: SourceView,
  b: SourceView,
  sure: readonly { readonly a: number; readonly b: number }[],
): Agreement {
  const clip = (weight: number): number => Math.max(-MAX_WEIGHT, Math.min(MAX_WEIGHT, weight));
  const weights = fields.map((field) => {
    let [agreeing, shown] = [0, 0];
    for (const { a: first, b: second } of sure) {
      const [left, right] = [field(first), field(second)];
      if (left === NONE || right === NONE) continue;
      shown += 1;
      if (left === right) agreeing += 1;
    }
    if (shown === 0) return { agree: 0, differ: 0 };
    const share = (agreeing + 1) / (shown + 2);
    const chance = Math.min(0.999, Math.max(1e-6, chanceOf(field, a, b)));
    return { agree: clip(Math.log(share / chance)), differ: clip(Math.log((1 - share) / (1 - chance))) };
  });
  return {
    weigh(first, second) {
      let sum = 0;
      for (const [place, field] of fields.entries()) {
        const [left, right] = [field(first), field(second)];
        if (left === NONE || right === NONE) continue;
        const weight = weights[place];
        sum += left === right ? (weight?.agree ?? 0) : (weight?.differ ?? 0);
      }
      return sum;
    },
  };
}
