import { expect, test } from 'vitest';
import { findOwnApprovals, type OwnApproval } from '#shared/engine/detectors/money/own-approvals.ts';
import { idsOf } from '#shared/engine/detectors/money/payment-ids.ts';
import type { ApprovedPayment, MadePayment } from '#shared/engine/detectors/money/payment-steps.ts';
import type { CallRow } from '#shared/engine/detectors/rows/page-calls.ts';

const MINUTE = 60_000_000;
let last = 0;
const call = (principal: number, minute: number): CallRow => ({
  id: (last += 1),
  time: minute * MINUTE,
  principal,
  method: 'POST',
  host: 'api.acme.test',
  path: '/payouts',
  query: '',
  status: 201,
  bytes: NaN,
  duration: NaN,
  endpoint: 1,
  source: 1,
  flags: 0,
});
const made = (principal: number, minute: number, answer: object): MadePayment => ({
  call: call(principal, minute),
  told: [],
  ids: idsOf(JSON.stringify(answer), 'payout'),
  amount: undefined,
  currency: undefined,
  payee: undefined,
});
const approval = (principal: number, minute: number, object: number | string): ApprovedPayment => ({
  call: call(principal, minute),
  told: [],
  object: String(object),
});
const find = (
  payments: readonly MadePayment[],
  approved: readonly ApprovedPayment[],
  breathe = () => Promise.resolve(),
): Promise<readonly OwnApproval[]> =>
  findOwnApprovals({ place: '/payouts', made: payments, approved, later: new Map() }, 1_000_000 * MINUTE, breathe);
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

test.each([
  ['numbers', (at: number) => ({ id: 100 + at, customer_id: 120 + at })],
  ['numbers behind others', (at: number) => ({ customer: { id: 120 + at }, batch_no: 110 + at, payout_id: 100 + at })],
  ['numbers in a wrapper', (at: number) => ({ data: { customer_id: 120 + at, id: 100 + at } })],
])('payments that another approved are none, whatever else their %s name', async (_, answer) => {
  const payments = upTo(40).map((at) => made(1, at * 10, answer(at)));
  expect(await find(payments, upTo(40).map((at) => approval(2, at * 10 + 5, 100 + at)))).toEqual([]); // prettier-ignore
});

test('a customer’s number is no own approval of an older payment', async () => {
  const payments = upTo(40).map((at) => made(1, at * 10, { id: 100 + at, customer_id: 140 + at }));
  const others = upTo(36).map((at) => approval(2, at * 10 + 5, 100 + at));
  // What it approves itself later was made before the evidence begins.
  const own = upTo(4).map((at) => approval(1, 9_000 + at, 176 + at));
  expect((await find(payments, [...others, ...own])).filter(({ kind }) => kind === 'own')).toEqual([]);
});

test('where another field names payments, its values count that no other payment has', async () => {
  const payments = upTo(40).map((at) => made(1, at * 10, { id: `uuid-${String(at)}`, number: `P${String(100 + at)}`, batch_no: 'B1' }));
  const approved = upTo(36).map((at) => approval(2, at * 10 + 5, `P${String(100 + at)}`));
  expect(await find(payments, approved)).toMatchObject([{ kind: 'none', before: 36, payments: [{}, {}, {}, {}] }]);
  expect(await find(payments, upTo(40).map((at) => approval(1, at * 10 + 5, 'B1')))).toEqual([]); // prettier-ignore
});

test('the number of a JSON-RPC message is no id of a payment', () => {
  const { own } = idsOf('{"jsonrpc":"2.0","id":41,"result":{"id":"po-7","invoice_id":"i-3"}}', 'payout');
  expect([...own]).toEqual(['po-7']);
});

test('among twenty thousand makers there is room for other work', async () => {
  const payments = upTo(20_000).map((at) => made(at + 10, at, { id: 100_000 + at }));
  const approved = upTo(20_000).map((at) => approval(1 + (at % 5), at + 0.5, 100_000 + at));
  let breaths = 0;
  expect(await find(payments, approved, () => Promise.resolve(void (breaths += 1)))).toEqual([]);
  expect(breaths).toBeGreaterThanOrEqual(20);
});
