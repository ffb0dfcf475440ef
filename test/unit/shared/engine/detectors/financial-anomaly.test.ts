import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['financial-anomaly'];
const usual = [0, 1].map((day) => `${String(day)}+09:00:00 service:batch POST api.acme.test/payouts 201`).join('\n');
const fraud = `
  1+12:00:00 human:mal POST api.acme.test/payees 201 in=har.har
  1+12:05:00 human:mal POST api.acme.test/payouts 201 in=har.har
  1+12:40:00 human:mal POST api.acme.test/payouts 201 in=har.har`;
const bodies = (sums: readonly number[]) => ({
  requests: Object.fromEntries(sums.map((amount, index) => [`har.har#${String(index + 2)}`, JSON.stringify({ amount, currency: 'EUR', payee_id: 'p-77' })])),
}); // prettier-ignore

test('a receiver named and paid at once by one who never paid is high, with a ledger', async () => {
  const { findings } = await detect(only, `${usual}\n${fraud}`, bodies([4900, 1200]));
  expect(findings).toMatchObject([
    {
      severity: 'high',
      principals: ['p-mal'],
      observed: { newReceivers: 1, payments: 2, total: 6100, approvedByAnother: 0 },
      calls: ['har.har#1', 'har.har#2', 'har.har#3'],
    },
  ]);
  expect(findings[0]?.exhibits).toMatchObject([
    {
      kind: 'ledger',
      rows: [
        {
          tone: 'grave',
          cells: ['POST /payouts', 'p-77', '5 minutes before, by itself', '4,900 EUR', '4,900', 'none in the evidence', ''],
        },
        { cells: [expect.any(String), 'p-77', expect.any(String), '1,200 EUR', '6,100', 'none in the evidence', ''] },
      ],
    },
  ]);
});

test('the same without bodies is told by time, and says what it does not know', async () => {
  const { findings } = await detect(only, `${usual}\n${fraud}`);
  expect(findings).toMatchObject([{ severity: 'high', confidence: 'inferred', observed: { sums: 'not in the evidence' } }]);
});

test.each([
  ['a batch that names and pays', `${usual}\n${fraud.replaceAll('human:mal', 'service:other')}`],
  ['a card of one’s own', `${usual}\n${fraud.replaceAll('payees', 'payment-methods')}`],
  ['one who has always paid', `${usual}\n0+08:00:00 human:mal POST api.acme.test/payouts 201\n${fraud}`],
  ['where nobody else pays', fraud],
])('%s is none', async (_, text) => {
  expect((await detect(only, text)).findings).toEqual([]);
});

test('without endpoints for money it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:mal POST api.acme.test/orders 201');
  expect(notEvaluable).toEqual([
    { detector: 'financial-anomaly', reason: 'no endpoint in the evidence pays money out or names who receives it' },
  ]);
});

/** Days of payments that a clerk makes and a lead approves; one of `agent` is among them each day. */
const twoPairsOfEyes = [0, 1, 2, 3].map((day) => `
  ${String(day)}+08:00:00 human:kim POST api.acme.test/refunds 201
  ${String(day)}+08:40:00 human:lea POST api.acme.test/refunds/R${String(day)}1/approve 200
  ${String(day)}+09:00:00 agent:till POST api.acme.test/refunds 201
  ${String(day)}+09:50:00 human:lea POST api.acme.test/refunds/R${String(day)}2/approve 200
  ${String(day)}+10:00:00 agent:till POST api.acme.test/refunds 201
  ${String(day)}+10:50:00 human:lea POST api.acme.test/refunds/R${String(day)}3/approve 200`).join('\n'); // prettier-ignore
const ownApprovals = [0, 1, 2].map((at) => `
  3+15:0${String(at)}:00 agent:till POST api.acme.test/refunds 201
  3+15:0${String(at)}:06 agent:till POST api.acme.test/refunds/R9${String(at)}/approve 200`).join('\n'); // prettier-ignore

test('a maker that begins to approve its own where others do is told, with who approves otherwise and every call', async () => {
  const { findings } = await detect(only, `${twoPairsOfEyes}\n${ownApprovals}`);
  expect(findings).toMatchObject([
    {
      title: 'till made 3 payments at /refunds and approved each itself within 6 seconds; 12 others were approved by lea',
      severity: 'high',
      confidence: 'inferred',
      principals: ['p-till'],
      observed: { payments: 3, approvedByTheirMaker: 3, sums: 'not in the evidence' },
      expected: { approvedByOthers: 12, approvedByTheirMakerElsewhere: 0, approvers: ['lea'], paymentsOfCallerBefore: 8 },
      calls: ['kong#25', 'kong#26', 'kong#27', 'kong#28', 'kong#29', 'kong#30'],
    },
  ]);
});

test('sums and receivers come from the tools of the agent’s trace, whose calls are evidence, too', async () => {
  const traced = [0, 1, 2].map((at) => `
    3+15:0${String(at)}:00 - POST /execute_tool - in=otel.json tool=tool:issue_refund tpl=/execute_tool/issue_refund <= $.amount=95${String(at)}
    3+15:0${String(at)}:06 - POST /execute_tool - in=otel.json tool=tool:approve_refund tpl=/execute_tool/approve_refund <= $.refund=R9${String(at)}`).join('\n'); // prettier-ignore
  const { findings } = await detect(only, `${twoPairsOfEyes}\n${ownApprovals}\n${traced}`.replaceAll(' - POST', ' agent:till POST'));
  expect(findings).toMatchObject([{ observed: { payments: 3, total: 2853 } }]);
  expect(findings[0]?.calls).toHaveLength(12);
});

test.each([
  ['a shop of one, whose maker always approves', [0, 1, 2, 3].map((day) => `${String(day)}+12:00:00 human:bo POST api.acme.test/refunds 201\n${String(day)}+12:00:20 human:bo POST api.acme.test/refunds/R8${String(day)}/approve 200`).join('\n')],
  ['one who approves a part of its own from the beginning', [0, 1, 2, 3].map((day) => `${String(day)}+08:59:00 agent:till POST api.acme.test/refunds 201\n${String(day)}+08:59:10 agent:till POST api.acme.test/refunds/R8${String(day)}/approve 200`).join('\n')],
  ['a single own approval', ownApprovals.trim().split('\n').slice(0, 2).join('\n')],
])('%s is none', async (_, text) => {
  expect((await detect(only, `${twoPairsOfEyes}\n${text}`)).findings).toEqual([]);
}); // prettier-ignore

test('where most makers approve their own, one more is none', async () => {
  const own = twoPairsOfEyes.replaceAll('human:lea', 'human:kim').replaceAll('agent:till', 'human:kim');
  expect((await detect(only, `${own}\n${ownApprovals}`)).findings).toEqual([]);
});

/** The same with the ids that answers gave. */
const withIds = (skip: readonly string[]): string =>
  [0, 1, 2, 3].flatMap((day) => ['1', '2', '3', '4'].map((part, at) => ({ id: `R${String(day)}${part}`, hour: 8 + at }))
    .flatMap(({ id, hour }) => [
      `${id[1] ?? ''}+${String(hour).padStart(2, '0')}:00:00 agent:till POST api.acme.test/refunds 201 => $.id=${id}`,
      ...(skip.includes(id) ? [] : [`${id[1] ?? ''}+${String(hour).padStart(2, '0')}:30:00 human:lea PATCH api.acme.test/refunds/${id} 200 <= $.status=approved`]),
    ])).concat('3+23:00:00 human:lea GET api.acme.test/refunds 200').join('\n'); // prettier-ignore

test('payments that nobody approved are told where all before were, by their ids', async () => {
  const { findings } = await detect(only, withIds(['R32', 'R33', 'R34']));
  expect(findings).toMatchObject([{ severity: 'high', confidence: 'observed', observed: { payments: 3, approved: 0 }, expected: { paymentsOfCallerBefore: 13 } }]); // prettier-ignore
});

test.each([['two that wait', ['R33', 'R34']], ['some of every day, which were refused', ['R04', 'R12', 'R23', 'R31']]])(
  '%s are none',
  async (_, skip) => {
    expect((await detect(only, withIds(skip))).findings).toEqual([]);
  },
); // prettier-ignore
