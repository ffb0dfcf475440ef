import { expect, test } from 'vitest';

import { chainsPass } from '#shared/engine/passes/chains.ts';
import { caseFromText, edgeTexts } from '#test/support/calls-from-text.ts';

const initiated = async (text: string): Promise<readonly string[]> => {
  const made = caseFromText(text);
  await chainsPass.run(made.context);
  return edgeTexts(made.db).filter((edge) => edge.includes(' initiator '));
};

const RELAY = 'ip=10.0.0.7 ua=relay';
const minute = (index: number): string => String(index).padStart(2, '0');

/** A relay that asks for events each minute and then calls two hooks of others, `late` seconds later. */
const relay = (minutes: number, late = '00.1', between: (index: number) => string = () => ''): string =>
  Array.from(
    { length: minutes },
    (_, index) => `
      ${minute(index)}:00.0  service:relay  GET   api.acme.test/events  200  dur=50 ${RELAY}
      ${between(index)}
      ${minute(index)}:${late}  -              POST  hooks.one.test/in     200  in=envoy dur=200 ${RELAY}
      ${minute(index)}:${late}  -              POST  hooks.two.test/in     200  in=envoy dur=200 ${RELAY}`,
  ).join('\n');

test('what a program does elsewhere each time at once after the call that its work begins with follows from that call', async () => {
  const found = await initiated(relay(5));
  expect(found).toHaveLength(10);
  expect(found.slice(0, 3)).toEqual(['kong#1 initiator envoy#1', 'kong#1 initiator envoy#2', 'kong#2 initiator envoy#3']);
});

test('the sentence has the numbers that it rests on, and times alone are never sure', async () => {
  const made = caseFromText(relay(6));
  await chainsPass.run(made.context);
  expect(made.db.prepare('SELECT why, confidence FROM edge').get()).toEqual({
    why: '12 of the 12 calls that this client made there came at once after such a call, with which its work begins; it is at work 1 % of the time',
    confidence: 0.9,
  });
});

test('what comes half a minute later has another reason', async () => {
  expect(await initiated(relay(6, '30.0'))).toEqual([]);
});

test('four times may be chance', async () => {
  expect(await initiated(relay(4))).toEqual([]);
});

test('another program on the same address has reasons of its own', async () => {
  expect(await initiated(relay(6).replaceAll(/(POST.*)ua=relay/g, '$1ua=other'))).toEqual([]);
});

test('a loop between two sides, as an agent goes round, has no first reason', async () => {
  const loop = (index: number): string => `
      ${minute(index)}:00.1  -              POST  model.test/chat       200  in=envoy dur=100 ${RELAY}
      ${minute(index)}:00.3  service:relay  GET   api.acme.test/events  200  dur=50 ${RELAY}`;
  expect(await initiated(relay(6, '00.5', loop))).toEqual([]);
});

test('a program that is always at work does everything beside everything', async () => {
  const busy = Array.from(
    { length: 40 },
    (_, index) => `
      00:${minute(index)}.0  service:relay  GET   api.acme.test/events  200  dur=400 ${RELAY}
      00:${minute(index)}.5  -              POST  hooks.one.test/in     200  in=envoy dur=400 ${RELAY}`,
  ).join('\n');
  expect(await initiated(busy)).toEqual([]);
});
