import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runEngine } from '#electron/node/engine-host.ts';
import type { FromEngine, ToEngine } from '#electron/node/engine-protocol.ts';
import { openForReading } from '#electron/node/sqlite.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spoor-engine-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A work engine in this process, on a line that a test speaks on. */
function startEngine(heard: (message: FromEngine) => void): { tell(message: ToEngine): void; readonly exited: Promise<void> } {
  let tell: (message: ToEngine) => void = () => undefined;
  const exited = new Promise<void>((resolve) => {
    runEngine({
      onMessage: (listener) => {
        tell = listener;
      },
      send: heard,
      exit: resolve,
    });
  });
  return {
    tell: (message) => {
      tell(message);
    },
    exited,
  };
}

const casePath = (): string => join(folder, 'case.spoor');
const open = (role: 'work' | 'query' = 'work'): ToEngine => ({
  k: 'open',
  role,
  casePath: casePath(),
  create: role === 'work',
  title: 'T',
  version: 'test',
});

test('a case that closes during an import stops it, and its ledger says where', async () => {
  const line = (n: number): string => `192.0.2.7 - - [10/Oct/2026:13:55:00 +0000] "GET /item/${String(n)} HTTP/1.1" 200 5 "-" "curl/8"\n`;
  const log = join(folder, 'access.log');
  writeFileSync(log, Array.from({ length: 120_000 }, (_, index) => line(index)).join(''));
  let reading: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    reading = resolve;
  });
  const engine = startEngine((message) => {
    if (message.k === 'text' && message.text.includes('"t":"progress"')) reading();
  });
  engine.tell(open());
  engine.tell({ k: 'connect', connection: 1 });
  engine.tell({
    k: 'text',
    connection: 1,
    text: JSON.stringify({ t: 'call', id: 1, method: 'case.import', params: { paths: [{ path: log }] } }),
  });
  await begun;
  engine.tell({ k: 'end' });
  await engine.exited;
  const db = openForReading(casePath());
  expect(db.prepare("SELECT state FROM source WHERE state <> 'complete'").all()).toEqual([{ state: 'interrupted' }]);
  expect(db.prepare('SELECT accepted - (SELECT count(*) FROM call) AS difference FROM source').get()).toEqual({ difference: 0 });
  db.close();
});

/** What opening answers. */
function answerOf(message: ToEngine): { readonly answer: Promise<FromEngine>; readonly engine: ReturnType<typeof startEngine> } {
  let hear: (message: FromEngine) => void = () => undefined;
  const answer = new Promise<FromEngine>((resolve) => {
    hear = resolve;
  });
  const engine = startEngine((heard) => {
    hear(heard);
  });
  engine.tell(message);
  return { answer, engine };
}

test('a case that is open cannot be opened by a second writer, and can once the first has closed it', async () => {
  const first = answerOf(open());
  expect(await first.answer).toEqual({ k: 'opened' });
  expect(await answerOf(open()).answer).toMatchObject({ k: 'failed', error: { code: 'locked-case' } });
  const reader = answerOf(open('query'));
  expect(await reader.answer).toEqual({ k: 'opened' });
  reader.engine.tell({ k: 'end' });
  await reader.engine.exited;
  first.engine.tell({ k: 'end' });
  await first.engine.exited;
  const third = answerOf(open());
  expect(await third.answer).toEqual({ k: 'opened' });
  third.engine.tell({ k: 'end' });
  await third.engine.exited;
  expect(readdirSync(folder)).not.toContain('case.spoor-lock');
});

test('a database of another program is refused and left as it was', async () => {
  const db = new Database(casePath());
  db.exec('CREATE TABLE x (a)');
  db.close();
  const before = readFileSync(casePath());
  expect(await answerOf(open()).answer).toMatchObject({ k: 'failed', error: { code: 'damaged-case' } });
  expect(readFileSync(casePath()).equals(before)).toBe(true);
});
