import { expect, test } from 'vitest';
import { baselinePass } from '#shared/engine/passes/baseline.ts';
import { getMeta } from '#shared/engine/store/meta.ts';
import { caseFromText, TEXT_START, type TextCase } from '#test/support/calls-from-text.ts';

const hourly = (from: number, to: number): string =>
  Array.from(
    { length: to - from },
    (_, index) =>
      `${String(from + index)}:10:00 service:sync GET api.acme.test/orders 200\n${String(from + index)}:20:00 service:sync GET api.acme.test/orders 200`,
  ).join('\n');
const learn = async (text: string): Promise<TextCase & { readonly detail: string }> => {
  const made = caseFromText(text);
  return { ...made, detail: await baselinePass.run(made.context) };
};

test('rates are the median of active hours, and one wild hour does not move them', async () => {
  const burst = Array.from(
    { length: 200 },
    (_, index) => `5:30:${String(index % 60).padStart(2, '0')} service:sync GET api.acme.test/orders 200`,
  ).join('\n');
  const { db } = await learn(`${hourly(0, 20)}\n${burst}`);
  expect(
    db.prepare('SELECT rate_median, rate_mad, rate_max FROM baseline WHERE principal_id IS NOT NULL AND endpoint_id IS NOT NULL').get(),
  ).toEqual({ rate_median: 2, rate_mad: 0, rate_max: 202 });
});

test('a pair first seen after the window is new, and the sentence says which window', async () => {
  const { db, detail } = await learn(`${hourly(0, 20)}\n19:30:00 service:sync GET api.acme.test/cards 200 s=3`);
  expect(
    db
      .prepare(
        'SELECT e.template, b.is_new FROM baseline b JOIN endpoint e ON e.id = b.endpoint_id WHERE b.principal_id IS NOT NULL ORDER BY 1',
      )
      .all(),
  ).toEqual([
    { template: '/cards', is_new: 1 },
    { template: '/orders', is_new: 0 },
  ]);
  expect(getMeta(db, 'baseline_from')).toBe(String(TEXT_START + 600 * 1e6));
  expect(detail).toContain('Usual is what was seen from 2026-10-01 00:10 to ');
  expect(detail).toContain('of which 1 were first seen later');
});

test('short evidence has no baseline and nothing is new', async () => {
  const { db, detail } = await learn(hourly(0, 3));
  expect(getMeta(db, 'baseline_to')).toBeUndefined();
  expect(db.prepare('SELECT sum(is_new) AS fresh FROM baseline').get()).toEqual({ fresh: 0 });
  expect(detail).toContain('less than six hours');
});

test('a stranger whose every call is new does not end what is usual; a named program that does something new does', async () => {
  const strangers = Array.from(
    { length: 8 },
    (_, path) => `12:30:0${String(path)} service:crawler GET api.acme.test/s${'abcdefgh'.charAt(path)} 200 s=3`,
  );
  const made = caseFromText(`${hourly(0, 20)}\n${strangers.join('\n')}\n16:30:00 service:sync GET api.acme.test/cards 200 s=3\n16:31:00 service:sync GET api.acme.test/keys 200 s=3`);
  made.db.exec("UPDATE principal SET weak = 1 WHERE label = 'crawler'");
  await baselinePass.run(made.context);
  expect(getMeta(made.db, 'baseline_to')).toBe(String(TEXT_START + (600 + 16 * 3_600) * 1e6 - 1));
}); // prettier-ignore
