/** The kind under which rare days of callers are kept among the signals; they have no endpoint and no calls of their own. */
export const CALLER_DAY = 'caller-day';

/** How rare the rarest day of a finding's callers is. It orders and informs; it alone neither raises nor drops a finding. */
export interface Chance {
  /** The chance of such a day, where nothing is wrong. */
  readonly p: number;
  /** Rate of false discoveries at which the day would be called one, among all callers of that day. */
  readonly q: number;
  /** Begin of the day, as reports print it. */
  readonly day: string;
  /** Days that it was measured against, of callers of its kind. */
  readonly peers: number;
  /** The rarest of what was counted, with its own chance. */
  readonly rarest: string;
  readonly rarestP: number;
}

/** `0.012`, `1.2e-7`: a probability as people compare it. */
const chance = (p: number): string => (p >= 0.001 ? String(Number(p.toPrecision(2))) : p.toExponential(1));

/** How rare the rarest day of a finding's callers is, in words, with what it was measured against. */
export const chanceText = ({ p, q, day, peers, rarest, rarestP }: Chance): string =>
  `The rarest day of its principals, ${day.slice(0, 10)}, has a chance of ${chance(p)} (p), against its own other days, ${peers.toLocaleString('en-US')} days of principals of its kind and the hour; rarest were ${rarest} (${chance(rarestP)}). Among all principals of that day it would be called odd at a rate of false discoveries of ${chance(q)} (q). This orders findings; it neither raises nor drops one.`;
