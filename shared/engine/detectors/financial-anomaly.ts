import { append } from '../../lib/append.ts';
import { durationText } from '../../lib/duration.ts';
import type { SqlDriver } from '../store/driver.ts';
import { listValues } from '../store/read/calls/values.ts';
import type { Detector, FindingDraft, SeverityDraft } from './detector.ts';
import { fewOf, LEDGER_ROWS } from './exhibits/few.ts';
import type { ExhibitDraft } from './exhibits/name-calls.ts';
import { sightingsOf } from './flow/run-calls.ts';
import { approves, isOfMoney, moneyTool, namesPayee, paysOut } from './money/operations.ts';
import { oddSums, type OddSum } from './money/odd-sums.ts';
import { ownApprovalDraft } from './money/own-approval-draft.ts';
import { findOwnApprovals, type OwnApproval, MIN_BY_OTHERS, MIN_OWN, MIN_WITHOUT, MOST_OWN } from './money/own-approvals.ts';
import { readPaymentSteps } from './money/payment-steps.ts';
import { readMoneyCalls, type MoneyCalls, type Payment } from './money/payments.ts';
import { callerOf, readCallers, type Caller } from './rows/callers.ts';
import { byTime, type CallRow } from './rows/page-calls.ts';
import { missingCallers, missingTimes, whatOf } from './signals/read-signals.ts';
import { countOf, listOf, plural } from './spoken.ts';

/** A receiver that was named within this before the payment is a new one. Units: µs. */
const NEW_PAYEE = 24 * 3_600 * 1_000_000;
/** Within this, nobody had time to look. Units: µs. */
const AT_ONCE = 15 * 60 * 1_000_000;
/** Payments of others that show whose work paying is. */
const ESTABLISHED = 2;
/** Bits of a value that cannot be the same by chance. */
const PROVING_BITS = 20;

/** A receiver named by somebody whose work that is not, and what was paid then. */
interface NewPayee {
  readonly named: CallRow;
  readonly paid: readonly Payment[];
  /** The payment holds a value of the answer that named the receiver. */
  readonly isProven: boolean;
}

interface Suspect {
  readonly caller: Caller;
  readonly own: readonly Payment[];
  readonly news: readonly NewPayee[];
  readonly odd: readonly OddSum[];
  readonly byOthers: number;
  /** Other people who name receivers and pay. */
  readonly alike: number;
}

/** True when the request of `to` holds a value of the answer of `from`. */
function handsOn(db: SqlDriver, from: CallRow, to: CallRow): boolean {
  const valuesOf = (call: CallRow, side: 0 | 1): readonly number[] =>
    sightingsOf(db, call.id).flatMap((id) => listValues(db, id, side).filter(({ bits }) => bits >= PROVING_BITS).map(({ fingerprint }) => fingerprint)); // prettier-ignore
  const given = new Set(valuesOf(from, 1));
  return given.size > 0 && valuesOf(to, 0).some((value) => given.has(value));
}

/** Receivers that a caller named and paid within a day, though it had never paid before and others do. */
function newPayees(db: SqlDriver, own: readonly Payment[], named: readonly CallRow[], byOthers: number, start: number): readonly NewPayee[] {
  const [first] = own;
  return named.flatMap((call): NewPayee[] => {
    // Who paid before it named anybody does so as its work; who begins with the evidence may have before it.
    if (first === undefined || first.call.time < call.time - NEW_PAYEE || call.time < start + NEW_PAYEE / 2 || byOthers < ESTABLISHED) return [];
    const paid = own.filter((payment) => payment.call.time >= call.time && payment.call.time <= call.time + NEW_PAYEE);
    return paid.length === 0 ? [] : [{ named: call, paid, isProven: paid.some((payment) => handsOn(db, call, payment.call)) }];
  });
} // prettier-ignore

function findSuspects(db: SqlDriver, { payees, payments }: MoneyCalls, callers: ReadonlyMap<number, Caller>): readonly Suspect[] {
  const start = db.prepare('SELECT min(time) AS start FROM call').get<{ start: number | null }>()?.start ?? 0;
  const ids = [...new Set(payments.map(({ call }) => call.principal))];
  return ids.flatMap((id): Suspect[] => {
    const own = payments.filter(({ call }) => call.principal === id);
    const endpoints = new Set(own.map(({ call }) => call.endpoint));
    const byOthers = payments.filter(({ call }) => call.principal !== id && endpoints.has(call.endpoint)).length;
    // A batch names and pays by design.
    const named = callerOf(callers, id).kind === 'service' ? [] : payees.filter(({ principal }) => principal === id);
    const news = newPayees(db, own, named, byOthers, start);
    const alike = new Set(payees.flatMap(({ principal }) => (principal !== id && callerOf(callers, principal).kind !== 'service' && payments.some(({ call }) => call.principal === principal) ? [principal] : []))).size;
    const odd = oddSums(own, payments);
    return news.length === 0 && odd.length === 0 ? [] : [{ caller: callerOf(callers, id), own, news, odd, byOthers, alike }];
  });
} // prettier-ignore

/** The approval of a payment: by somebody else, for the same object or in the same chain, before it. */
function approvalOf(db: SqlDriver, payment: Payment, approvals: readonly CallRow[]): CallRow | undefined {
  const segments = new Set(payment.call.path.split('/').filter((segment) => /\d/.test(segment) && segment.length >= 4));
  const chain = db.prepare('SELECT chain_id AS chain FROM call_fact WHERE call_id = ?');
  const chainOf = (id: number): number | null | undefined => chain.get<{ chain: number | null }>(id)?.chain;
  const own = chainOf(payment.call.id);
  return approvals.find(
    (call) =>
      call.time <= payment.call.time &&
      call.principal !== payment.call.principal &&
      (call.path.split('/').some((segment) => segments.has(segment)) || (typeof own === 'number' && chainOf(call.id) === own)),
  );
}

function ledgerOf(db: SqlDriver, { own, news, odd }: Suspect, { approvals, payees }: MoneyCalls): ExhibitDraft {
  const reasons = new Map(odd.map(({ payment, why }) => [payment, why]));
  let total = 0;
  const rows = own.map((payment) => {
    total += payment.amount ?? 0;
    const fresh = news.filter(({ paid }) => paid.includes(payment)).at(-1);
    const approved = approvalOf(db, payment, approvals);
    const seen =
      fresh === undefined
        ? payees.length === 0
          ? 'no payee is named in the evidence'
          : 'before'
        : `${durationText(Math.round((payment.call.time - fresh.named.time) / 1e6))} before, by itself`;
    const sum = payment.amount === undefined ? 'not in the evidence' : `${countOf(payment.amount)} ${payment.currency ?? ''}`.trim();
    const approval = approved !== undefined ? `${approved.method} ${approved.path}` : approvals.length === 0 ? 'none in the evidence' : 'none seen for it';
    return {
      at: payment.call.id,
      tone: fresh !== undefined ? ('grave' as const) : reasons.has(payment) ? ('seen' as const) : ('plain' as const),
      cells: [`${payment.call.method} ${payment.call.path}`, payment.payee ?? 'not in the evidence', seen, sum, payment.amount === undefined ? `payment ${String(own.indexOf(payment) + 1)}` : countOf(total), approval, reasons.get(payment) ?? ''],
    };
  });
  const marked = rows.filter(({ tone }) => tone !== 'plain');
  return {
    kind: 'ledger',
    title: 'Payments of this principal',
    head: ['Payment', 'Receiver', 'Receiver first named', 'Sum', 'Running total', 'Approving step', 'What is odd'],
    rows: rows.length <= LEDGER_ROWS ? rows : fewOf(marked.length === 0 ? rows : marked, LEDGER_ROWS),
    omitted: Math.max(0, rows.length - Math.min(LEDGER_ROWS, rows.length <= LEDGER_ROWS ? rows.length : marked.length || rows.length)),
  };
} // prettier-ignore

function severityOf({ news, odd, alike }: Suspect): SeverityDraft {
  const atOnce = news.some(({ named, paid }) => paid.some(({ call }) => call.time - named.time <= AT_ONCE));
  return {
    base: news.length > 0 ? 'medium' : 'low',
    steps: [
      ...(news.some(({ isProven }) => isProven) ? [{ by: 1, why: 'the payment holds what the naming of the receiver gave' }] : []),
      ...(atOnce ? [{ by: 1, why: 'paid within 15 minutes of the naming' }] : []),
      ...(news.length > 0 && alike >= ESTABLISHED
        ? [{ by: -1, why: `${plural(alike, 'other person', 'other people')} name receivers and pay` }]
        : []),
      ...(news.length > 0 && !atOnce && alike === 0 && !news.some(({ isProven }) => isProven)
        ? [{ by: 1, why: 'others pay, this principal never had' }]
        : []),
      ...(odd.length > 0 ? [{ by: 1, why: odd[0]?.why ?? '' }] : []),
    ],
  };
}

function titleOf({ caller, news, odd }: Suspect): string {
  const [first] = news;
  const [paid] = first?.paid ?? [];
  if (first !== undefined && paid !== undefined)
    return `${caller.label} named a new receiver of money and paid ${durationText(Math.max(1, Math.round((paid.call.time - first.named.time) / 1e6)))} later, ${plural(first.paid.length, 'payment')} in all, though it had never paid before`;
  return `${caller.label} made ${plural(new Set(odd.map(({ payment }) => payment)).size, 'odd payment')}: ${listOf([...new Set(odd.map(({ why }) => why))], 2)}`;
}

function toDraft(db: SqlDriver, suspect: Suspect, money: MoneyCalls): FindingDraft {
  const { caller, own, news, odd, byOthers } = suspect;
  const payments = [...new Set([...news.flatMap(({ paid }) => paid), ...odd.map(({ payment }) => payment)])];
  const calls = [...new Map([...news.map(({ named }) => named), ...payments.map(({ call }) => call)].map((call) => [call.id, call])).values()].sort(byTime); // prettier-ignore
  const sums = payments.flatMap(({ amount }) => (amount === undefined ? [] : [amount]));
  const approved = payments.filter((payment) => approvalOf(db, payment, money.approvals) !== undefined).length;
  return {
    subject: `${caller.key} money`,
    title: titleOf(suspect),
    severity: severityOf(suspect),
    confidence: news.some(({ isProven }) => isProven) || odd.length > 0 ? 'observed' : 'inferred',
    score: Math.min(1, 0.5 + news.length * 0.1 + odd.length * 0.05),
    principals: [caller.id],
    ...whatOf(
      db,
      calls.map(({ id }) => id),
    ),
    crossedAt: payments[0]?.call.id,
    observed: {
      newReceivers: news.length, payments: payments.length, ...(sums.length === 0 ? { sums: 'not in the evidence' } : { total: Math.round(sums.reduce((a, b) => a + b, 0) * 100) / 100 }),
      approvedByAnother: approved, oddSums: [...new Set(odd.map(({ why }) => why))],
    },
    expected: { earlierPaymentsOfCaller: own.filter(({ call }) => call.time < (calls[0]?.time ?? 0)).length, paymentsOfOthers: byOthers, approvingOperations: money.approvals.length === 0 ? 'none in the evidence' : countOf(money.approvals.length) },
    benignTested: [
      { explanation: 'paying is the work of this principal', result: news.length === 0 ? 'not tested: the sums are odd whoever pays' : `not supported: ${plural(byOthers, 'payment')} by others, none by this one before` },
      { explanation: 'a day of wages or a migration', result: payments.length >= 20 ? `possible: ${plural(payments.length, 'payment')} are many` : `not supported: ${plural(payments.length, 'payment')}` },
      { explanation: 'somebody approved it', result: approved > 0 ? `supported for ${countOf(approved)} of ${countOf(payments.length)}` : money.approvals.length === 0 ? 'not testable: the evidence shows no approving endpoint' : 'not supported: others were approved, these were not' },
    ],
    remediation: ['Ask the bank to hold or call back these payments.', 'Let a new receiver wait for a day and for a second person.', 'Talk to the person whose login it is, over another line.'],
    exhibits: [ledgerOf(db, suspect, money)],
    story: news.length === 0 ? [] : [
      { call: calls[0]?.id ?? 0, role: 'new receiver', text: `Named a receiver of money: ${calls[0]?.method ?? ''} ${calls[0]?.path ?? ''}` },
      { call: payments[0]?.call.id ?? 0, role: 'payment', text: `Paid it: ${plural(payments.length, 'payment')}${sums.length === 0 ? '' : `, ${countOf(sums.reduce((a, b) => a + b, 0))} in all`}` },
    ],
  };
} // prettier-ignore

/** True where a tool of an agent makes or approves payments. */
const hasMoneyTools = (db: SqlDriver): boolean =>
  db
    .prepare("SELECT value FROM term WHERE value >= 'tool:' AND value < 'tool;' OR value >= 'mcp:' AND value < 'mcp;'")
    .all<{ value: string }>()
    .some(({ value }) => moneyTool(value.slice(value.indexOf(':') + 1)) !== undefined);

/** Flags money that goes to a receiver named just before, in sums that are odd, or past the second pair of eyes. */
export const financialAnomaly: Detector = {
  id: 'financial-anomaly',
  version: 2,
  title: 'Money that moves oddly',
  question: 'Did money go to a receiver who was named just before, in sums that are odd, or without the second person who approves it?',
  about: {
    catches: 'Money that goes to a receiver named just before, in sums just below what others pay, twice, or without the approval that other payments have: by whoever made it, or by nobody.',
    inputs: ['endpoints that are known to move money', 'bodies of requests that hold sums and receivers, or an agent’s trace with the arguments of its tools'],
    falsePositives: ['a day of wages, or a migration of payments', 'a principal whose work it is to pay, new in the evidence'],
  },
  family: 'incident',
  needs: ['chains'],
  reads: ['caller', 'time', 'requestBody'],
  maps: {
    owaspApi: ['API6:2023'],
    owaspLlm: ['LLM06:2025'],
    owaspAgentic: ['ASI02', 'ASI09'],
    attack: ['T1657', 'T1565'],
    atlas: ['AML.T0048.000'],
    cwe: ['CWE-840', 'CWE-837'],
  },
  settings: [
    { name: 'newPayee', value: '24 h', why: 'a receiver named within a day before is new' },
    { name: 'atOnce', value: '15 min', why: 'within it nobody had time to look' },
    { name: 'established', value: ESTABLISHED, why: 'two payments of others show whose work paying is' },
    { name: 'minByOthers', value: MIN_BY_OTHERS, why: 'approvals by another than the maker that show that two pairs of eyes are the rule' },
    { name: 'mostOwn', value: MOST_OWN, why: 'share of other makers’ payments that they may approve themselves, where it is still the rule' },
    { name: 'minOwn', value: MIN_OWN, why: 'own approvals of one maker; one may be a slip' },
    { name: 'minWithout', value: MIN_WITHOUT, why: 'payments without an approval; fewer may have been forgotten' },
    { name: 'deviation', value: 5, why: 'robust deviations of the logarithm of a sum; wages and rent lie within' },
    { name: 'belowLimit', value: '5 %', why: 'three sums within a twentieth below one round number are meant to stay below it' },
  ],
  async run(db, breathe, tools) {
    const missing = missingCallers(db) ?? missingTimes(db);
    if (missing !== undefined) return { kind: 'not-evaluable', reason: missing };
    const templates = db.prepare("SELECT template FROM endpoint WHERE method IN ('POST', 'PUT', 'PATCH')").all<{ template: string }>();
    if (!templates.some(({ template }) => [paysOut, namesPayee, approves, isOfMoney].some((fits) => fits(template))) && !hasMoneyTools(db))
      return { kind: 'not-evaluable', reason: 'no endpoint in the evidence pays money out or names who receives it' };
    const money = await readMoneyCalls(db, tools, breathe);
    const callers = readCallers(db);
    const end = db.prepare('SELECT max(time) AS end FROM call').get<{ end: number | null }>()?.end ?? 0;
    const own: OwnApproval[] = [];
    for (const steps of await readPaymentSteps(db, tools, breathe)) append(own, await findOwnApprovals(steps, end, breathe));
    return {
      kind: 'evaluated',
      findings: [...findSuspects(db, money, callers).map((suspect) => toDraft(db, suspect, money)), ...own.map((each) => ownApprovalDraft(db, callers, each))],
    };
  },
}; // prettier-ignore
