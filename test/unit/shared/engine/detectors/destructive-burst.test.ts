import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const flag = (made: { readonly db: { readonly exec: (sql: string) => void } }): void => {
  made.db.exec(`UPDATE endpoint SET flags = '["destroys"]' WHERE method = 'DELETE' OR template LIKE '%disable%'`);
};
const run = (text: string): Promise<Detected> => detect(['destructive-burst'], text, {}, flag);
const deletes = (day: number, count: number, status = 204): string =>
  Array.from({ length: count }, (_, index) => `${String(day)}+03:0${String(Math.floor(index / 6))}:${String(10 + (index % 6) * 8)} human:mal DELETE api.acme.test/files/${String(7 + index)} ${String(status)}`).join('\n'); // prettier-ignore

test('twelve deletions in ten minutes are high, with what was lost', async () => {
  const { findings } = await run(deletes(1, 12));
  expect(findings).toMatchObject([
    { severity: 'high', observed: { objects: 12, succeeded: 12 }, exhibits: [{ kind: 'ledger', head: ['Call', 'Answer', 'What it is'] }] },
  ]);
  expect(findings[0]?.calls).toHaveLength(12);
});

test('all refused are less', async () => {
  expect((await run(deletes(1, 12, 403))).findings).toMatchObject([{ severity: 'medium' }]);
});

test('to end an audit trail is critical, once is enough', async () => {
  const { findings } = await run('1+03:00:00 human:mal DELETE api.acme.test/audit-trail/7 204');
  expect(findings).toMatchObject([{ severity: 'critical', observed: { againstWhatWatches: 1 } }]);
});

test.each([
  ['four deletions', deletes(1, 4)],
  ['a clean-up of every day', `${deletes(0, 12)}\n${deletes(1, 12)}\n${deletes(2, 12)}`],
])('%s are none', async (_, text) => {
  expect((await run(text)).findings).toEqual([]);
});

test('without times it cannot be answered', async () => {
  expect((await run('- human:mal DELETE api.acme.test/files/7 204')).notEvaluable).toEqual([
    { detector: 'destructive-burst', reason: 'no call has a time' },
  ]);
});

test('midnight cuts nothing in two: what is done every night is usual, what is done once is whole', async () => {
  const at = (seconds: number): string =>
    `${String(Math.floor(seconds / 86_400))}+${new Date((seconds % 86_400) * 1000).toISOString().slice(11, 19)}`;
  const clean = (start: number, count: number, step: number): string =>
    Array.from({ length: count }, (_, index) => `${at(start + index * step)} service:cleaner DELETE api.acme.test/files/${String(start + index)} 204`).join('\n'); // prettier-ignore
  const nights = [1, 2, 3, 4].map((night) => clean(night * 86_400 - 300, 20, 30)).join('\n');
  expect((await run(nights)).findings).toEqual([]);
  expect((await run(clean(3 * 86_400 - 100, 30, 10))).findings).toMatchObject([{ severity: 'high', observed: { objects: 30 } }]);
});
