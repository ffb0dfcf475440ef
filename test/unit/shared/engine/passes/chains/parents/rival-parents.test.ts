import { expect, test } from 'vitest';

import { chainsPass } from '#shared/engine/passes/chains.ts';
import { caseFromText, edgeTexts } from '#test/support/calls-from-text.ts';

/** One request a minute through two services, alone: what the delays are learned from. The first takes 400 ms and asks the other after 100 ms. */
const quiet = (minutes: number): string =>
  Array.from({ length: minutes }, (_, index) => {
    const minute = String(index).padStart(2, '0');
    return `
      ${minute}:00.0  human:ann  GET  api.acme.test/orders   200  dur=400 up=10.0.3.4:80
      ${minute}:00.1  -          GET  stock.svc.local/items  200  in=envoy dur=100 ip=10.0.3.4`;
  }).join('\n');

const busy = async (text: string): Promise<readonly { from: string; to: string; confidence: number }[]> => {
  const made = caseFromText(`${quiet(20)}\n${text}`);
  await chainsPass.run(made.context);
  const last = edgeTexts(made.db).slice(20);
  const sure = made.db.prepare('SELECT confidence FROM edge ORDER BY id').all<{ confidence: number }>().slice(20);
  return last.map((line, index) => {
    const [from = '', , to = ''] = line.split(' ');
    return { from, to, confidence: sure[index]?.confidence ?? 0 };
  });
};

test('of two open calls that fit, the one is the cause that the usual delay speaks for, not the latest', async () => {
  const found = await busy(`
    30:00.0  human:ann  GET  api.acme.test/orders   200  dur=400 up=10.0.3.4:80
    30:00.1  human:bob  GET  api.acme.test/orders   200  dur=400 up=10.0.3.4:80
    30:00.1  -          GET  stock.svc.local/items  200  in=envoy dur=100 ip=10.0.3.4`);
  expect(found).toMatchObject([{ from: 'kong#21', to: 'envoy#21' }]);
  expect(found[0]?.confidence).toBeGreaterThan(0.9);
});

test('calls of a busy moment are given out together, each parent getting no more than usual', async () => {
  const found = await busy(`
    30:00.0  human:ann  GET  api.acme.test/orders   200  dur=400 up=10.0.3.4:80
    30:00.1  human:bob  GET  api.acme.test/orders   200  dur=400 up=10.0.3.4:80
    30:00.1  -          GET  stock.svc.local/items  200  in=envoy dur=100 ip=10.0.3.4
    30:00.2  -          GET  stock.svc.local/items  200  in=envoy dur=100 ip=10.0.3.4`);
  expect(found.map(({ from, to }) => `${from} ${to}`)).toEqual(['kong#21 envoy#21', 'kong#22 envoy#22']);
});

test('what nothing tells apart stays half as sure', async () => {
  const found = await busy(`
    30:00.0  human:ann  GET  api.acme.test/orders   200  dur=400 up=10.0.3.4:80
    30:00.0  human:bob  GET  api.acme.test/orders   200  dur=400 up=10.0.3.4:80
    30:00.1  -          GET  stock.svc.local/items  200  in=envoy dur=100 ip=10.0.3.4`);
  expect(found).toHaveLength(1);
  expect(found[0]?.confidence).toBeCloseTo(0.485, 2);
});
