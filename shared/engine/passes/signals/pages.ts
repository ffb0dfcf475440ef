import { append } from '../../../lib/append.ts';
import { numberAt } from '../../../lib/numbers.ts';
import { falseDiscoveryRates, rarityOf } from '../../../lib/rarity.ts';
import { principalRanges } from './columns.ts';
import { BY_CURSOR } from './page-of.ts';
import { usualReference } from './peers.ts';
import type { Signal, SignalInput, SignalKind } from './signal.ts';

/** Pages in a row that are looked at. Source: detection 33. */
const MIN_PAGES = 20;
/** Longest pause between two pages of one walk. Units: µs. */
const PAUSE = 10 * 60 * 1_000_000;

interface Walk {
  readonly principal: number;
  readonly endpoint: number;
  readonly at: readonly number[];
}

/** Runs of pages that never go back, of one endpoint each; the same page again is a retry, and a mark of the page before always goes on. */
function walksOf({ columns }: Pick<SignalInput, 'columns'>, principal: number, from: number, to: number): readonly Walk[] {
  const open = new Map<number, number[]>();
  const walks: Walk[] = [];
  const close = (endpoint: number, at: readonly number[]): void => {
    if (at.length > 1) walks.push({ principal, endpoint, at });
  };
  for (let at = from; at < to; at += 1) {
    const page = numberAt(columns.page, at);
    if (Number.isNaN(page)) continue;
    const endpoint = numberAt(columns.endpoint, at);
    const own = open.get(endpoint);
    const before = own?.at(-1);
    const goesOn =
      before !== undefined &&
      numberAt(columns.time, at) - numberAt(columns.time, before) <= PAUSE &&
      (page === BY_CURSOR ? numberAt(columns.request, at) !== numberAt(columns.request, before) : page >= numberAt(columns.page, before));
    if (own !== undefined && goesOn) own.push(at);
    else {
      if (own !== undefined) close(endpoint, own);
      open.set(endpoint, [at]);
    }
  }
  for (const [endpoint, at] of open) close(endpoint, at);
  return walks;
}

/** Callers that walk through the pages of a list much further than callers of their kind do. */
export const pages: SignalKind = {
  id: 'pages',
  async find(input) {
    const { columns, kinds, context } = input;
    const walks: Walk[] = [];
    for (const { principal, from, to } of principalRanges(columns)) append(walks, walksOf(input, principal, from, to));
    await context.breathe();
    const reference = usualReference(walks.map(({ at }) => Math.log1p(at.length)));
    const p = walks.map(({ at }) => rarityOf(Math.log1p(at.length), reference));
    const q = falseDiscoveryRates(p);
    return walks.flatMap(({ principal, endpoint, at }, index): readonly Signal[] => {
      if (at.length < MIN_PAGES) return [];
      const [first, last] = [at[0] ?? -1, at.at(-1) ?? -1];
      const same = walks.filter((walk) => walk.endpoint === endpoint);
      const elsewhere = same.filter((walk) => walk.principal !== principal).map((walk) => walk.at.length);
      const before = same.filter(
        (walk) => walk.principal === principal && (walk.at.at(-1) ?? 0) < first && walk.at.length >= at.length / 2,
      ).length;
      const bytes = at.reduce((sum, place) => sum + (Number.isNaN(numberAt(columns.bytes, place)) ? 0 : numberAt(columns.bytes, place)), 0);
      const seconds = (numberAt(columns.time, last) - numberAt(columns.time, first)) / 1e6;
      return [
        {
          principal,
          endpoint,
          p: p[index] ?? 1,
          q: numberAt(q, index),
          at,
          facts: {
            pages: at.length,
            byCursor: numberAt(columns.page, last) === BY_CURSOR,
            ...(numberAt(columns.page, last) === BY_CURSOR
              ? {}
              : { firstPage: numberAt(columns.page, first), lastPage: numberAt(columns.page, last) }),
            seconds: Math.round(seconds),
            bytes,
            earlierWalksOfCaller: before,
            othersMostPages: elsewhere.reduce((most, length) => Math.max(most, length), 0),
            otherWalks: elsewhere.length,
            kind: kinds.get(principal) ?? 'unknown',
            byNetwork: input.weak.has(principal),
            onsetShare: Math.round(((numberAt(columns.time, first) - input.start) / Math.max(1, input.end - input.start)) * 1000) / 1000,
          },
        },
      ];
    });
  },
};
