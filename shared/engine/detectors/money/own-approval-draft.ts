import { durationText } from '../../../lib/duration.ts';
import { listOf, countOf, plural } from '../spoken.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { FindingDraft } from '../detector.ts';
import { fewOf, LEDGER_ROWS } from '../exhibits/few.ts';
import type { ExhibitDraft } from '../exhibits/name-calls.ts';
import { callerOf, type Caller } from '../rows/callers.ts';
import { inTimeOrder } from '../rows/in-time-order.ts';
import { rareness, whatOf } from '../signals/read-signals.ts';
import type { OwnApproval, Settled } from './own-approvals.ts';

const secondsOf = ({ made, approved }: Settled): number => Math.max(1, Math.round(((approved?.call.time ?? 0) - made.call.time) / 1e6));
const sumOf = (payments: readonly Settled[]): number => payments.reduce((sum, { made }) => sum + (made.amount ?? 0), 0);
const sumsKnown = (payments: readonly Settled[]): boolean => payments.every(({ made }) => made.amount !== undefined);
const newOnes = (payments: readonly Settled[]): number => payments.filter(({ isNewPayee }) => isNewPayee === true).length;

function ledgerOf({ payments }: OwnApproval, caller: Caller): ExhibitDraft {
  let total = 0;
  const rows = payments.map((payment, index) => {
    const { made, approved, isNewPayee } = payment;
    total += made.amount ?? 0;
    const sum = made.amount === undefined ? 'not in the evidence' : `${countOf(made.amount)} ${made.currency ?? ''}`.trim();
    return {
      at: made.call.id,
      tone: isNewPayee === true ? ('grave' as const) : ('seen' as const),
      cells: [
        `${made.call.method} ${made.call.path}`,
        made.payee ?? 'not in the evidence',
        isNewPayee === undefined ? 'not known' : isNewPayee ? 'with this maker’s payments' : 'before',
        sum,
        made.amount === undefined ? `payment ${String(index + 1)}` : countOf(total),
        approved === undefined ? 'none' : `${approved.call.method} ${approved.call.path}, by ${caller.label} itself, ${durationText(secondsOf(payment))} later`,
      ],
    };
  });
  return {
    kind: 'ledger',
    title: 'Payments and who approved them',
    head: ['Payment', 'Receiver', 'Receiver first paid', 'Sum', 'Running total', 'Approving step'],
    rows: fewOf(rows, LEDGER_ROWS),
    omitted: Math.max(0, rows.length - LEDGER_ROWS),
  };
} // prettier-ignore

function severityOf({ payments, chance, isChange, before, isBelowOthers, later }: OwnApproval): FindingDraft['severity'] {
  const fresh = newOnes(payments);
  return {
    base: 'medium',
    steps: [
      ...(isChange ? [{ by: 1, why: `${plural(before, 'earlier payment')} of the same maker ${before === 1 ? 'was' : 'were'} left to others${chance === undefined ? '' : ` (chance of such a beginning ${rareness(chance)})`}` }] : []),
      ...(fresh * 2 >= payments.length ? [{ by: 1, why: `${countOf(fresh)} of ${plural(payments.length, 'payment')} went to receivers whom nobody had paid before` }] : []),
      ...(later.length > 0 ? [{ by: 1, why: 'the payments went on without their approval' }] : []),
      ...(isBelowOthers ? [{ by: -1, why: 'all sums are smaller than those that others approve' }] : []),
    ],
  };
} // prettier-ignore

/** What a maker without a second pair of eyes comes to as a finding. */
export function ownApprovalDraft(db: SqlDriver, callers: ReadonlyMap<number, Caller>, found: OwnApproval): FindingDraft {
  const { kind, principal, place, payments, byOthers, ownOfOthers, approvers, before, chance, isChange, isById, isBelowOthers, later } = found;
  const caller = callerOf(callers, principal);
  const names = listOf(approvers.map((id) => callerOf(callers, id).label), 3);
  const calls = inTimeOrder(db, [...payments.flatMap(({ made, approved }) => [made.call.id, ...made.told, ...(approved === undefined ? [] : [approved.call.id, ...approved.told])]), ...later.map(({ id }) => id)]);
  const fresh = newOnes(payments);
  const total = sumsKnown(payments) ? `, ${countOf(sumOf(payments))} ${payments[0]?.made.currency ?? ''}`.trimEnd() : '';
  const first = payments[0];
  const slowest = durationText(payments.reduce((most, payment) => Math.max(most, payment.approved === undefined ? 0 : secondsOf(payment)), 0));
  const many = plural(payments.length, 'payment');
  return {
    subject: `${caller.key} ${kind === 'own' ? 'approves its own' : 'without approval'} ${place}`,
    title: kind === 'own'
      ? `${caller.label} made ${many} at ${place}${total} and approved ${payments.length === 1 ? 'it' : 'each'} itself within ${slowest}; ${plural(byOthers, 'other was', 'others were')} approved by ${names}`
      : `${caller.label} made ${many} at ${place}${total} that nobody approved; ${plural(byOthers, 'other was', 'others were')} approved by ${names}`,
    severity: severityOf(found),
    confidence: isById ? 'observed' : 'inferred',
    score: Math.min(1, 0.6 + payments.length / 100 + (fresh > 0 ? 0.1 : 0)),
    principals: [principal],
    ...whatOf(db, calls),
    crossedAt: (kind === 'own' ? first?.approved?.call.id : undefined) ?? first?.made.call.id,
    observed: {
      payments: payments.length, ...(kind === 'own' ? { approvedByTheirMaker: payments.length, slowestApproval: slowest } : { approved: 0, laterSteps: later.length }),
      ...(sumsKnown(payments) ? { total: Math.round(sumOf(payments) * 100) / 100 } : { sums: 'not in the evidence' }),
      ...(payments.some(({ isNewPayee }) => isNewPayee !== undefined) ? { receiversFirstPaid: fresh } : { receivers: 'not in the evidence' }),
      boundBy: isById ? 'the payment’s id' : 'time: the approval follows the same maker’s payment',
    },
    expected: { approvedByOthers: byOthers, approvedByTheirMakerElsewhere: ownOfOthers, approvers: approvers.slice(0, 5).map((id) => callerOf(callers, id).label), paymentsOfCallerBefore: before },
    benignTested: [
      { explanation: 'a maker that always approves its own', result: isChange ? `not supported: ${plural(before, 'payment')} before ${before === 1 ? 'was' : 'were'} left to others${chance === undefined ? '' : `; the chance of that by lot is ${rareness(chance)}`}` : before > 0 ? `possible: it left ${plural(before, 'earlier payment')} to others, which may be chance` : 'possible: nothing of it was made before' },
      { explanation: 'small sums need no second person', result: sumsKnown(payments) ? (isBelowOthers ? 'possible: all of these sums are smaller than those that others approve' : 'not supported: others approve sums as small as these') : 'not testable: sums are not in the evidence' },
      { explanation: 'the place has one pair of eyes by design', result: `not supported: ${plural(byOthers, 'payment')} ${byOthers === 1 ? 'was' : 'were'} approved by somebody else than the maker, ${countOf(ownOfOthers)} of other makers by themselves` },
      ...(kind === 'none' ? [{ explanation: 'they still wait for their approval', result: 'not supported: nineteen of twenty are approved in less time than was left' }] : []),
    ],
    remediation: ['Ask the bank to hold or call back these payments.', `Refuse an approval by whoever made the payment, and take the right to approve from ${caller.label}.`, 'Look up in its traces or with its owner who asked for these payments.'],
    exhibits: [ledgerOf(found, caller)],
    story: first === undefined ? [] : [
      { call: first.made.call.id, role: 'payment', text: `made the first of ${many}${fresh > 0 ? `, ${countOf(fresh)} to receivers whom nobody had paid before` : ''}` },
      ...(first.approved === undefined ? [] : [{ call: first.approved.call.id, role: 'own approval', text: `approved it itself ${durationText(secondsOf(first))} later, in place of ${names}` }]),
    ],
  };
} // prettier-ignore
