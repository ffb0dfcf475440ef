import { expect, test } from 'vitest';
import { lastSteps, readPaymentSteps } from '#shared/engine/detectors/money/payment-steps.ts';
import type { DetectorTools } from '#shared/engine/detectors/detector.ts';
import { detect } from '#test/support/detect.ts';

const steps = (from: number, to: number): readonly { readonly call: { readonly time: number } }[] =>
  Array.from({ length: to - from }, (_, at) => ({ call: { time: from + at } }));
const range = (list: readonly { readonly call: { readonly time: number } }[] | undefined): readonly (number | undefined)[] => [
  list?.at(0)?.call.time,
  list?.at(-1)?.call.time,
];

test('lists are cut at one time, so that no payment loses its approval', () => {
  expect(lastSteps([steps(0, 10), steps(0, 10)], 10).map((list) => list.length)).toEqual([10, 10]);
  expect(lastSteps([steps(0, 10), steps(0, 40), steps(0, 5)], 35).map(range)).toEqual([[5, 9], [5, 39], [undefined, undefined]]); // prettier-ignore
});

const clock = (at: number): string => new Date(at * 1_000).toISOString().slice(11, 19);
const seconds = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => `0+${clock(at)} ${line(at)}`).join('\n');

/** Reads the steps of a text; `most` bounds what is read, and the longest run of bodies read without a breath is counted. */
async function read(text: string, body: string, most?: number) {
  const { db } = await detect([], text);
  let [bodies, run, longest] = [0, 0, 0];
  const tools = {
    detail: () => {
      bodies += 1;
      run += 1;
      longest = Math.max(longest, run);
      return { requestBody: { text: body }, responseBody: { text: body } };
    },
  } as unknown as DetectorTools;
  const breathe = (): Promise<void> => Promise.resolve(void (run = 0));
  const [found] = await readPaymentSteps(db, tools, breathe, most);
  return { found, bodies, longest };
}

test('changes of one busy payment are read with room for other work, and all are kept', async () => {
  const text = `0+00:00:00 human:kim POST api.acme.test/refunds 201\n${seconds(2_500, () => 'human:lea PATCH api.acme.test/refunds/R11 200')}`;
  const { found, longest } = await read(text, '{"note":"x"}');
  expect(found?.later.get('R11')).toHaveLength(2_500);
  expect(longest).toBeLessThanOrEqual(1_000);
});

test('no more than the last changes, payments and approvals of a place are read', async () => {
  const text = seconds(60, (at) => at % 2 === 0 ? 'human:kim POST api.acme.test/refunds 201' : `human:lea PATCH api.acme.test/refunds/R${String(100 + at)} 200`); // prettier-ignore
  const { found, bodies } = await read(text, '{"status":"approved"}', 10);
  expect([found?.made.length, found?.approved.length]).toEqual([9, 10]);
  expect(bodies).toBeLessThanOrEqual(40);
});

test('no more than the last calls of tools are read', async () => {
  const text = seconds(60, (at) => `agent:till POST api.acme.test/execute_tool - in=otel.json tool=tool:${at % 2 === 0 ? 'issue' : 'approve'}_refund tpl=/execute_tool/refund`); // prettier-ignore
  const { found } = await read(text, '{"approver_id":"u12","refund_id":"R91"}', 10);
  expect([found?.made.length, found?.approved.length]).toEqual([9, 10]);
  expect(found?.approved[0]?.object).toBe('R91');
});
