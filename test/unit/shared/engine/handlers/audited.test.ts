import { beforeAll, expect, test } from 'vitest';
import { engineMethods } from '#shared/contract/table.ts';
import { auditedMethods } from '#shared/engine/handlers/audited.ts';
import { engineOver, idleContext, type EngineOver } from '#test/support/fuzz/engine-over.ts';
import { toBytes } from '#test/support/read-evidence.ts';

const LOG = '192.0.2.1 - - [10/Oct/2026:13:55:36 +0000] "GET /a?token=tok_1234567890abcdef HTTP/1.1" 200 2 "-" "curl/8"\n';

/** Methods that run in the work process and neither change what a case says nor take anything out of it, each with the reason. */
const NOT_TOLD: Readonly<Record<string, string>> = {
  'case.pauseImport': 'holds a job',
  'evidence.inspect': 'looks at files that are not in the case',
  'evidence.review': 'looks at files that are not in the case',
  'report.check': 'reads a printed report before it is handed over, which report.write then tells',
  'review.remember': 'a convenience of the query bar',
};

let over: EngineOver;
beforeAll(async () => {
  over = await engineOver({ 'a.log': toBytes(LOG) });
});

const entries = (): readonly { action: string; payload: string }[] =>
  over.db.prepare('SELECT action, payload FROM audit ORDER BY seq').all<{ action: string; payload: string }>();

test('every method that changes a case or takes something out of it is told', () => {
  const writing = Object.entries(engineMethods).flatMap(([name, { kind }]) => (kind === 'read' ? [] : [name]));
  expect(writing.filter((name) => !(name in NOT_TOLD)).sort()).toEqual(Object.keys(auditedMethods).sort());
});

test('import and analysis are the first entries, with the hash of the source', () => {
  expect(entries().map(({ action }) => action)).toEqual(['case.import', 'case.analyze']);
  expect(entries()[0]?.payload).toMatch(/"name":"a\.log","sha256":"[0-9a-f]{64}"/);
});

test('a change that changes nothing, and one that is refused, are not told', async () => {
  const before = entries().length;
  await over.engine['review.change']({ change: { kind: 'star', refs: ['a.log#1'], on: false } }, idleContext);
  await expect(Promise.resolve().then(() => over.engine['review.undo']({ entry: 99 }, idleContext))).rejects.toThrow('no change 99');
  expect(entries()).toHaveLength(before);
});

test('what an analyst writes and asks for stands in the log as a hash, never as text', async () => {
  await over.engine['review.change']({ change: { kind: 'note-add', ref: 'a.log#1', text: 'the words of a note' } }, idleContext);
  await over.engine['query.write']({ query: 'secret-word', format: 'csv', path: '/home/someone/out.csv' }, idleContext);
  await over.engine['case.rename']({ title: 'Operation Bluebird' }, idleContext);
  const all = JSON.stringify(entries());
  for (const text of ['the words of a note', 'secret-word', '/home/someone', 'Bluebird', 'tok_1234567890abcdef'])
    expect(all).not.toContain(text);
  expect(entries().at(-1)?.action).toBe('case.rename');
});

test('a sound case is said to be sound, with its limits', async () => {
  const check = await over.engine['case.verify']({}, idleContext);
  expect(check).toMatchObject({ database: [], sound: true, chain: { entries: entries().length, problems: [], anchor: 'not given' } });
  expect(check.limits.join(' ')).toContain('cannot be excluded');
  expect(await over.engine['case.verify']({ anchor: 'f'.repeat(64) }, idleContext)).toMatchObject({
    sound: false,
    chain: { anchor: 'missing' },
  });
});
