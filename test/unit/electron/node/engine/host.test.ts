import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runEngine } from '#electron/node/engine/host.ts';
import type { FromEngine, ToEngine } from '#electron/node/engine/protocol.ts';
import { openForReading } from '#electron/node/sqlite.ts';
import { first, firstIndices } from '#shared/engine/store/migrations/0001-first.ts';

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

/** Asks an engine that a test holds one question; gives its answer and the events that were pushed until then. */
async function ask(role: 'work' | 'query', method: string, params: unknown): Promise<readonly unknown[]> {
  const heard: unknown[] = [];
  let done: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    done = resolve;
  });
  const engine = startEngine((message) => {
    if (message.k !== 'text') return;
    const down = JSON.parse(message.text) as { readonly t: string };
    if (down.t !== 'hello') heard.push(down);
    if (down.t === 'ok' || down.t === 'fail') done();
  });
  engine.tell({ ...open(role), create: false } as ToEngine);
  engine.tell({ k: 'connect', connection: 1 });
  engine.tell({ k: 'text', connection: 1, text: JSON.stringify({ t: 'call', id: 1, method, params }) });
  await answered;
  engine.tell({ k: 'end' });
  await engine.exited;
  return heard;
}

test('a change of the analyst is pushed as an event of its own, and the query process sees it', async () => {
  const made = answerOf(open());
  await made.answer;
  made.engine.tell({ k: 'end' });
  await made.engine.exited;
  const change = { kind: 'tag-define', tag: 'exfil', slot: 3 };
  expect(await ask('work', 'review.change', { change })).toEqual([
    { t: 'event', event: { event: 'review', revision: 1 } },
    { t: 'ok', id: 1, result: { entry: 1, changed: 1 } },
  ]);
  expect(await ask('query', 'review.tags', {})).toEqual([{ t: 'ok', id: 1, result: [{ tag: 'exfil', slot: 3, calls: 0 }] }]);
});

test('a case of the first schema that nobody may write answers queries for tags, and not a byte of it changes', async () => {
  const old = new Database(casePath());
  old.exec(`${first} ${firstIndices} PRAGMA user_version = 1; PRAGMA application_id = ${String(0x53504f52)};`);
  old.close();
  const before = readFileSync(casePath());
  const page = { from: 0, count: 10, query: 'tag:x or note:y or is:starred' };
  expect(await ask('query', 'calls.page', page)).toEqual([{ t: 'ok', id: 1, result: { rows: [], from: 0, total: 0 } }]);
  expect(await ask('query', 'review.log', { from: 0, count: 10 })).toMatchObject([{ t: 'ok', result: { total: 0 } }]);
  expect(readFileSync(casePath()).equals(before)).toBe(true);
});

test('a file that the making of a case left blank becomes one after all; a blank database of another program does not', async () => {
  const make = (pragma: string): void => {
    rmSync(casePath(), { force: true });
    const db = new Database(casePath());
    db.pragma('journal_mode = WAL');
    db.pragma(pragma);
    db.close();
  };
  make('application_id = 7');
  expect(await answerOf(open()).answer).toMatchObject({ k: 'failed', error: { code: 'damaged-case' } });
  make('application_id = 0');
  const made = answerOf(open());
  expect(await made.answer).toEqual({ k: 'opened' });
  made.engine.tell({ k: 'end' });
  await made.engine.exited;
  expect(await ask('query', 'review.tags', {})).toMatchObject([{ t: 'ok' }]);
});
