import { expect, test } from 'vitest';
import { detect } from '#test/support/detect.ts';

const only = ['business-flow-skip'];
const at = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;
/** Claims that are approved by one and paid by another, ten minutes apart. */
const usual = (count: number, step = 'approve', from = 0): string =>
  Array.from({ length: count }, (_, index) => {
    const id = String(1000 + from + index);
    const start = 60 + (from + index) * 10;
    return `${at(start)} human:boss POST api.acme.test/claims/${id}/${step} 200\n${at(start + 5)} service:pay POST api.acme.test/claims/${id}/payments 200`;
  }).join('\n');

test('a payment without the approval that all others have is high, with the missing step', async () => {
  const { findings } = await detect(only, `${usual(110)}\n${at(1230)} human:mal POST api.acme.test/claims/9999/payments 200`);
  expect(findings).toMatchObject([{ severity: 'high', principals: ['p-mal'], calls: ['kong#221'], observed: { objects: 1 } }]);
  expect(findings[0]?.exhibits).toMatchObject([{ kind: 'steps', steps: [{ state: 'missing' }, { state: 'crossed' }] }]);
});

test.each([
  ['too few objects to know', `${usual(20)}\n${at(1230)} human:mal POST api.acme.test/claims/9999/payments 200`],
  ['a second rightful way', `${usual(60)}\n${usual(50, 'auto-accept', 60)}`],
  ['a refused payment', `${usual(110)}\n${at(1230)} human:mal POST api.acme.test/claims/9999/payments 409`],
  ['one whose approval may lie before the evidence', `${usual(110)}\n${at(0)} human:old POST api.acme.test/claims/9999/payments 200`],
])('%s is none', async (_, text) => {
  expect((await detect(only, text)).findings).toEqual([]);
});

test('without steps that name an object it cannot be answered', async () => {
  const { notEvaluable } = await detect(only, '00:01 human:mal POST api.acme.test/payments 200');
  expect(notEvaluable).toMatchObject([{ detector: 'business-flow-skip' }]);
});
