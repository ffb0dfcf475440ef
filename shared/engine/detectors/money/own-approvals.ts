import { greatest, least } from '../../../lib/extremes.ts';
import type { CallRow } from '../rows/page-calls.ts';
import type { ApprovedPayment, MadePayment, PaymentSteps } from './payment-steps.ts';

/** Approvals by somebody else than the maker that show that two pairs of eyes are the rule. */
export const MIN_BY_OTHERS = 5;
/** Share of the payments of other makers that their makers may approve themselves, where two pairs of eyes are still the rule. */
export const MOST_OWN = 0.1;
/** Own approvals of one maker; one alone may be a slip. */
export const MIN_OWN = 2;
/** Payments without any approval; two may wait in somebody's tray. */
export const MIN_WITHOUT = 3;
/** A maker that approves its own on so many days, and never was approved by others before, does so by its own right. */
const HABIT_DAYS = 3;
/** Chance that a maker who always approved a part of its payments itself begins with so many that it did not. */
const MOST_CHANCE = 0.02;
/** An approval of the same maker that follows within this belongs to what it made last. Units: µs. */
const AT_ONCE = 24 * 3_600_000_000;
/** So many earlier payments must name receivers before one of them is new. */
const MIN_RECEIVERS = 10;
const DAY = 86_400_000_000;

/** A payment with its approval, where there is one. */
export interface Settled {
  readonly made: MadePayment;
  readonly approved: ApprovedPayment | undefined;
  /** Nobody was paid so before it; undefined where too few receivers are known. */
  readonly isNewPayee: boolean | undefined;
}

/** A maker whose payments nobody else looked at, where somebody else always does. */
export interface OwnApproval {
  readonly kind: 'own' | 'none';
  readonly principal: number;
  readonly place: string;
  readonly payments: readonly Settled[];
  /** Approvals by others than the maker, and of other makers' payments by themselves. */
  readonly byOthers: number;
  readonly ownOfOthers: number;
  /** Who approves otherwise, those who do so most often first. */
  readonly approvers: readonly number[];
  /** What the maker made before that it did not approve itself, or that was approved. */
  readonly before: number;
  /** Chance of that beginning, had it always been so; undefined where nothing was before. */
  readonly chance: number | undefined;
  /** Payment and approval hold the same id; else they are bound by time. */
  readonly isById: boolean;
  /** It left its payments to others until then. */
  readonly isChange: boolean;
  /** All sums are smaller than any of the maker's that somebody else approved. */
  readonly isBelowOthers: boolean;
  /** What was done with payments that nobody approved, such as their release. */
  readonly later: readonly CallRow[];
}

/**
 * What each payment is called by those who approve it. One place names its payments in one way: by their `id` where any approval does, else by
 * values that no other payment has. A payment without such a name cannot be looked up.
 */
function nameAll({ made, approved }: PaymentSteps): ReadonlyMap<string, MadePayment> {
  const byId = new Map<string, MadePayment>();
  // The same id again is the same request again.
  for (const payment of made) for (const id of payment.ids.own) if (!byId.has(id)) byId.set(id, payment);
  if (approved.some(({ call, object }) => (byId.get(object ?? '')?.call.time ?? Infinity) <= call.time)) return byId;
  const byValue = new Map<string, MadePayment | undefined>();
  for (const payment of made)
    for (const value of new Set([...payment.ids.own, ...payment.ids.other])) byValue.set(value, byValue.has(value) ? undefined : payment);
  return new Map([...byValue].flatMap(([value, payment]) => (payment === undefined ? [] : [[value, payment] as const])));
} // prettier-ignore

interface Bound {
  readonly pairs: ReadonlyMap<MadePayment, ApprovedPayment>;
  readonly byId: ReadonlySet<MadePayment>;
  /** Approvals of payments that are not in the evidence. */
  readonly foreign: readonly ApprovedPayment[];
  /** What a payment is called; none where it cannot be looked up. */
  readonly names: ReadonlyMap<MadePayment, readonly string[]>;
}

/** Each payment with its approval. By id where answers were kept; what a maker approves itself without that, by time. */
function bind(steps: PaymentSteps): Bound {
  const { made, approved } = steps;
  const named = nameAll(steps);
  const names = new Map<MadePayment, string[]>();
  for (const [name, payment] of named) {
    const own = names.get(payment);
    if (own === undefined) names.set(payment, [name]);
    else own.push(name);
  }
  const pairs = new Map<MadePayment, ApprovedPayment>();
  const byId = new Set<MadePayment>();
  const loose: ApprovedPayment[] = [];
  for (const approval of approved) {
    const payment = approval.object === undefined ? undefined : named.get(approval.object);
    if (payment === undefined || payment.call.time > approval.call.time) loose.push(approval);
    else {
      if (!pairs.has(payment)) pairs.set(payment, approval);
      byId.add(payment);
    }
  }
  const seen = new Set<string>();
  const foreign: ApprovedPayment[] = [];
  /** What each maker has made so far that nobody approved. */
  const open = new Map<number, MadePayment[]>();
  let next = 0;
  for (const approval of loose) {
    // Approved twice is approved once.
    if (approval.object !== undefined && seen.has(approval.object)) continue;
    if (approval.object !== undefined) seen.add(approval.object);
    for (; (made[next]?.call.time ?? Infinity) <= approval.call.time; next += 1) {
      const payment = made[next];
      if (payment === undefined || names.has(payment) || pairs.has(payment)) continue;
      const own = open.get(payment.call.principal) ?? [];
      open.set(payment.call.principal, own);
      own.push(payment);
    }
    const last = open.get(approval.call.principal)?.pop();
    if (last !== undefined && approval.call.time - last.call.time <= AT_ONCE) pairs.set(last, approval);
    else foreign.push(approval);
  }
  return { pairs, byId, foreign, names };
} // prettier-ignore

/** Chance that the first `before` of `all` are none of the `own`, were those spread by lot. Example: 0 of 3 among 9 with 6 own is 1 in 84. */
function chanceOfBeginning(before: number, all: number, own: number): number {
  let chance = 1;
  for (let at = 0; at < before; at += 1) chance *= Math.max(0, all - own - at) / (all - at);
  return chance;
}

/** Whether receivers were paid before, by whomever, in time order. */
function newPayees(made: readonly MadePayment[]): ReadonlyMap<MadePayment, boolean> {
  const seen = new Set<string>();
  const fresh = new Map<MadePayment, boolean>();
  let known = 0;
  const first = new Map<string, number>();
  for (const payment of made) {
    if (payment.payee === undefined) continue;
    known += 1;
    // Several payments to one receiver who is new with its maker's first of them are all to a new one.
    const since = first.get(payment.payee) ?? known;
    first.set(payment.payee, since);
    if (known > MIN_RECEIVERS) fresh.set(payment, !seen.has(payment.payee) || since > MIN_RECEIVERS);
    seen.add(payment.payee);
  }
  return fresh;
}

const daysOf = (payments: readonly MadePayment[]): number => new Set(payments.map(({ call }) => Math.floor(call.time / DAY))).size;

const countOf = (counts: ReadonlyMap<number, number>, principal: number): number => counts.get(principal) ?? 0;

function countBy(calls: readonly { readonly call: CallRow }[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { call } of calls) counts.set(call.principal, countOf(counts, call.principal) + 1);
  return counts;
}

const sumsOf = (list: readonly MadePayment[]): readonly number[] => list.flatMap(({ amount }) => amount ?? []);

/** The smallest sum that others than one maker pay; undefined where none is known. One walk, then one look each. */
function leastByOthers(made: readonly MadePayment[]): (principal: number) => number | undefined {
  const leasts = new Map<number, number>();
  for (const { call, amount } of made) if (amount !== undefined) leasts.set(call.principal, Math.min(amount, leasts.get(call.principal) ?? Infinity));
  const [first, second] = [...leasts].sort((a, b) => a[1] - b[1]);
  return (principal) => (first?.[0] === principal ? second : first)?.[1];
} // prettier-ignore

/** True where every own sum lies below every other sum: a limit up to which nobody else has to look. */
function areSmall(own: readonly MadePayment[], leastOther: number | undefined): boolean {
  const mine = sumsOf(own);
  return mine.length === own.length && leastOther !== undefined && greatest(mine) < leastOther;
}

/** The time within which nineteen of twenty are approved; undefined where too few are known. Units: µs. */
function usualDelay({ pairs, byId }: Bound): number | undefined {
  const delays = [...byId].flatMap((payment) => { const at = pairs.get(payment)?.call.time; return at === undefined ? [] : [at - payment.call.time]; }).sort((a, b) => a - b);
  return delays.length < MIN_BY_OTHERS ? undefined : delays[Math.floor(delays.length * 0.95)];
} // prettier-ignore

/**
 * Makers who approve what they made, where two pairs of eyes are the rule. None of it is one who always did so, or did for sums below those that others
 * approve from the beginning. `end`: the last call of the evidence. Units: µs.
 * Cost:   what all makers share is summed once; then each maker's own payments.
 */
export async function findOwnApprovals(steps: PaymentSteps, end: number, breathe: () => Promise<void>): Promise<readonly OwnApproval[]> {
  const bound = bind(steps);
  const { pairs, byId, foreign } = bound;
  await breathe();
  const fresh = newPayees(steps.made);
  const settle = (made: MadePayment): Settled => ({ made, approved: pairs.get(made), isNewPayee: fresh.get(made) });
  const isOwn = (made: MadePayment): boolean => pairs.get(made)?.call.principal === made.call.principal;
  const approvedByOthers = [...foreign, ...[...pairs].filter(([made]) => !isOwn(made)).map(([, approval]) => approval)];
  const approvalsBy = countBy(approvedByOthers);
  const approvers = [...approvalsBy].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([principal]) => principal);
  const allOwn = steps.made.filter(isOwn);
  const ownBy = countBy(allOwn);
  const leastOther = leastByOthers(steps.made);
  const usual = usualDelay(bound);
  const isDue = ({ call }: MadePayment): boolean => usual !== undefined && call.time + usual <= end;
  const due = steps.made.filter(isDue).length;
  const byMaker = new Map<number, MadePayment[]>();
  for (const made of steps.made) {
    const list = byMaker.get(made.call.principal);
    if (list === undefined) byMaker.set(made.call.principal, [made]);
    else list.push(made);
  }
  const found: OwnApproval[] = [];
  let done = 0;
  for (const [principal, all] of byMaker) {
    done += 1;
    if (done % 1_000 === 0) await breathe();
    const ownOfOthers = allOwn.length - countOf(ownBy, principal);
    const byOthers = approvedByOthers.length - countOf(approvalsBy, principal);
    if (byOthers < MIN_BY_OTHERS || ownOfOthers > MOST_OWN * (byOthers + ownOfOthers)) continue;
    const whole = () => ({ principal, place: steps.place, byOthers, ownOfOthers, approvers: approvers.filter((each) => each !== principal) });
    const own = all.filter(isOwn);
    const rest = all.filter((made) => !isOwn(made));
    const before = all.findIndex(isOwn);
    const chance = before < 1 ? undefined : chanceOfBeginning(before, all.length, own.length);
    const sums = sumsOf(rest);
    const isBelowOthers = areSmall(own, rest.length === 0 ? leastOther(principal) : sums.length === 0 ? undefined : least(sums));
    const isChange = chance !== undefined && chance <= MOST_CHANCE;
    if (own.length >= MIN_OWN && (isChange || (daysOf(own) < HABIT_DAYS && !isBelowOthers)))
      found.push({ ...whole(), kind: 'own', payments: own.map(settle), before: Math.max(0, before), chance, isChange, isById: own.every((made) => byId.has(made)), isBelowOthers, later: [] });
    const dueOfMaker = all.filter(isDue);
    const paired = all.filter((made) => pairs.has(made)).length;
    const without = unapproved(dueOfMaker, bound, { payments: steps.made.length - all.length, due: due - dueOfMaker.length, approved: steps.approved.length - paired });
    if (without !== undefined) found.push({ ...whole(), kind: 'none', payments: without.payments.map(settle), before: without.before, chance: undefined, isChange: without.before > 0, isById: true, isBelowOthers: false, later: without.payments.flatMap((made) => (bound.names.get(made) ?? []).flatMap((name) => steps.later.get(name) ?? [])) });
  }
  return found;
} // prettier-ignore

/** Payments of one maker that nobody approved though there was time; only by ids, and only where its earlier ones, or nearly all of others', were approved. `due`: those for which there was time. */
function unapproved(due: readonly MadePayment[], { pairs, names }: Bound, others: { readonly payments: number; readonly due: number; readonly approved: number }): { readonly payments: readonly MadePayment[]; readonly before: number } | undefined {
  const known = due.filter((payment) => names.has(payment));
  const without = known.filter((payment) => !pairs.has(payment));
  const before = known.filter((payment) => pairs.has(payment) && payment.call.time < (without[0]?.call.time ?? 0)).length;
  const isUsual = others.payments > 0 ? others.approved >= (1 - MOST_OWN) * others.due : before >= MIN_BY_OTHERS;
  if (without.length < MIN_WITHOUT || !isUsual) return undefined;
  // Some of each were never approved: those wait, or were refused.
  if (before > 0 && chanceOfBeginning(before, known.length, without.length) > MOST_CHANCE) return undefined;
  if (before === 0 && (known.length > without.length || daysOf(without) >= HABIT_DAYS)) return undefined;
  return { payments: without, before };
} // prettier-ignore
