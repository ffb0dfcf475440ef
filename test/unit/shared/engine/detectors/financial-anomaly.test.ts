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
