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

const operations = (name: string, count: number): string =>
  Array.from({ length: count }, (_, index) => `1+03:00:${String(10 + index)} human:mal POST s3.test/${name}/docs-${String(7 + index)} 200`).join('\n'); // prettier-ignore

test('an operation that is one word says what it ends, and to stop a log ends what watches though nothing is destroyed', async () => {
  const asDestroying = (made: Parameters<typeof flag>[0]): void => {
    made.db.exec(`UPDATE endpoint SET flags = '["destroys"]' WHERE template LIKE '/Delete%'`);
  };
  const of = (text: string): Promise<Detected> => detect(['destructive-burst'], text, {}, asDestroying);
  expect((await of(operations('DeleteObject', 12))).findings).toMatchObject([{ severity: 'high', observed: { objects: 12 } }]);
  expect((await of(operations('PutObject', 12))).findings).toEqual([]);
  const stop = '1+03:01:00 human:mal POST trail.test/StopLogging/org 200';
  expect((await of(stop)).findings).toMatchObject([
    { severity: 'critical', title: expect.stringContaining(' ended what watches') as string },
  ]);
  expect((await of(stop.replace('StopLogging', 'DescribeTrails'))).findings).toEqual([]);
});

test('an attempt on what watches that was refused is told as one, behind what was truly lost', async () => {
  const { findings } = await run('1+03:00:00 human:mal DELETE api.acme.test/audit-trail/7 403');
  expect(findings).toMatchObject([{ severity: 'medium', title: expect.stringContaining('tried to end what watches') as string }]);
  const both = await run(`${deletes(1, 12)}\n1+03:05:00 human:mal DELETE api.acme.test/audit-trail/7 403`);
  expect(both.findings).toMatchObject([
    { severity: 'high', summary: expect.stringMatching(/12 objects .*; it also tried to end/) as string },
  ]);
});

test('a night of refusals does not make a night of deletions usual, and neither do the alerts that somebody else ended', async () => {
  const tried = deletes(0, 12, 403);
  expect((await run(`${tried}\n${deletes(1, 12)}`)).findings).toMatchObject([
    { observed: { objects: 12, succeeded: 12 }, expected: { mostInTenMinutesOnOtherDays: 0 } },
  ]);
  const alerts = deletes(2, 12).replaceAll('human:mal', 'human:eve').replaceAll('/files/', '/alerts/');
  expect((await run(`${deletes(1, 12)}\n${alerts}`)).findings.map(({ principals }) => principals)).toContainEqual(['p-mal']);
  // Refused every night is a job without the right, and no burst.
  expect((await run([0, 1, 2].map((day) => deletes(day, 12, 403)).join('\n'))).findings).toEqual([]);
});
