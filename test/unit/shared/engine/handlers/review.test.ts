import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import type { CallRow } from '#shared/contract/rows.ts';
import type { EngineHandlers } from '#shared/contract/table.ts';
import { createEngine } from '#shared/engine/index.ts';
import { withdrawByName } from '#shared/engine/jobs/withdraw.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { firstIndices } from '#shared/engine/store/migrations/0001-first.ts';
import { derivedTables } from '#shared/engine/store/migrations/index.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';

const context = { signal: new AbortController().signal, progress: () => undefined };
const line = (path: string, status = 200): string =>
  `192.0.2.7 - - [10/Oct/2026:13:55:00 +0000] "GET ${path} HTTP/1.1" ${String(status)} 5 "-" "curl/8"\n`;
const LOG = line('/a') + line('/b', 404) + line('/c');

/** A case with three calls, and what its engine told of changes. */
async function openCase(): Promise<{ readonly engine: EngineHandlers; readonly db: SqlDriver; readonly heard: string[] }> {
  const db = memoryCase();
  await importText(db, 'a.log', LOG);
  db.exec(firstIndices);
  const heard: string[] = [];
  const ports = { ...nodePorts('test'), readers: undefined, now: () => '2026-10-01T10:00:00.000Z' };
  const engine = createEngine(
    db,
    ports,
    (revision) => heard.push(`revision ${String(revision)}`),
    (revision) => heard.push(`review ${String(revision)}`),
  );
  return { engine, db, heard };
}

const tag = (engine: EngineHandlers, name: string, refs: readonly string[], on = true) =>
  engine['review.change']({ change: { kind: 'tag', refs, tag: name, on } }, context);
const rowsOf = async (engine: EngineHandlers, query: string): Promise<readonly CallRow[]> =>
  (await engine['calls.page']({ from: 0, count: 100, query }, context)).rows;
const refsOf = async (engine: EngineHandlers, query: string): Promise<readonly string[]> =>
  (await rowsOf(engine, query)).map((row) => row.ref);

test('rows show tags by name, star, mark and how many notes; a row without has none of the keys', async () => {
  const { engine } = await openCase();
  await tag(engine, 'exfil', ['a.log#1']);
  await tag(engine, 'also', ['a.log#1']);
  await engine['review.change']({ change: { kind: 'star', refs: ['a.log#1'], on: true } }, context);
  await engine['review.change']({ change: { kind: 'mark', refs: ['a.log#1'], on: true } }, context);
  for (const text of ['one', 'two']) await engine['review.change']({ change: { kind: 'note-add', ref: 'a.log#1', text } }, context);
  const [first, second] = await rowsOf(engine, '');
  expect(first).toMatchObject({ tags: ['also', 'exfil'], starred: true, marked: true, notes: 2 });
  expect(Object.keys(second ?? {})).not.toEqual(expect.arrayContaining(['tags']));
  expect((await engine['calls.get']({ ref: 'a.log#1' }, context)).call).toEqual(first);
});

test('a change raises the review count and leaves the revision; one that changes nothing raises neither', async () => {
  const { engine, heard } = await openCase();
  const { revision } = await engine['case.info']({}, context);
  await tag(engine, 'exfil', ['a.log#1', 'a.log#2']);
  await tag(engine, 'exfil', ['a.log#1']);
  await engine['review.remember']({ query: 'host:a' }, context);
  await engine['review.undo']({ entry: 1 }, context);
  expect(heard).toEqual(['review 1', 'review 2']);
  expect((await engine['case.info']({}, context)).revision).toBe(revision);
});

test('a query for a tag sees each change at once, shallow and in a kept order', async () => {
  const { engine } = await openCase();
  expect(await refsOf(engine, 'tag:exfil')).toEqual([]);
  await tag(engine, 'exfil', ['a.log#2', 'a.log#3']);
  expect(await refsOf(engine, 'tag:EXFIL')).toEqual(['a.log#2', 'a.log#3']);
  expect(await engine['calls.position']({ ref: 'a.log#3', query: 'has:tag' }, context)).toEqual({ index: 1 });
  await tag(engine, 'exfil', ['a.log#2'], false);
  expect(await engine['calls.page']({ from: 0, count: 10, query: 'has:tag' }, context)).toMatchObject({ total: 1 });
  expect(await engine['calls.position']({ ref: 'a.log#3', query: 'has:tag' }, context)).toEqual({ index: 0 });
  expect(await refsOf(engine, '-tag:exfil and status:200')).toEqual(['a.log#1']);
});

test('words of notes are found anywhere in them, in any case; stars and marks by their flags', async () => {
  const { engine } = await openCase();
  await engine['review.change']({ change: { kind: 'note-add', ref: 'a.log#2', text: 'Owner: refund FAILED, 100 % theirs' } }, context);
  await engine['review.change']({ change: { kind: 'star', refs: ['a.log#3'], on: true } }, context);
  for (const query of ['note:failed', 'note:"100 % t"', 'note:own*fund', 'has:note'])
    expect(await refsOf(engine, query)).toEqual(['a.log#2']);
  expect(await refsOf(engine, 'note:"%%"')).toEqual([]);
  expect(await refsOf(engine, 'is:starred or is:marked')).toEqual(['a.log#3']);
});

test('values of tags are counted among the calls of a query', async () => {
  const { engine } = await openCase();
  await tag(engine, 'exfil', ['a.log#1', 'a.log#2']);
  await tag(engine, 'external', ['a.log#3']);
  await tag(engine, 'mine', ['a.log#1']);
  const values = (query: string, startsWith: string) => engine['calls.values']({ field: 'tag', query, startsWith, count: 10 }, context);
  expect(await values('', 'EX')).toEqual([
    { value: 'exfil', calls: 2 },
    { value: 'external', calls: 1 },
  ]);
  expect(await values('status:404', '')).toEqual([{ value: 'exfil', calls: 1 }]);
});

test('tags, notes and marks outlive an analysis and a source that is withdrawn and read anew', async () => {
  const { engine, db } = await openCase();
  await tag(engine, 'exfil', ['a.log#2']);
  await engine['review.change']({ change: { kind: 'note-add', ref: 'a.log#2', text: 'kept' } }, context);
  for (const table of derivedTables) db.exec(`DELETE FROM ${table}`);
  expect(await refsOf(engine, 'tag:exfil')).toEqual(['a.log#2']);
  await withdrawByName(db, ['a.log'], () => Promise.resolve());
  expect(await engine['review.tags']({}, context)).toEqual([{ tag: 'exfil', slot: 1, calls: 0 }]);
  expect(await refsOf(engine, 'tag:exfil')).toEqual([]);
  await importText(db, 'b.log', LOG);
  await importText(db, 'a.log', line('/other') + LOG);
  expect(await refsOf(engine, 'tag:exfil and note:kept')).toEqual(['a.log#2']);
  expect(await engine['review.undo']({ entry: 1 }, context)).toEqual({ entry: 3 });
});

test('notes carry when they were written and last edited; a removed one comes back as it was', async () => {
  const { engine } = await openCase();
  const { entry: note } = await engine['review.change']({ change: { kind: 'note-add', ref: 'a.log#1', text: 'first' } }, context);
  await engine['review.change']({ change: { kind: 'note-edit', note, text: 'second' } }, context);
  const notes = await engine['review.notes']({ ref: 'a.log#1' }, context);
  expect(notes).toEqual([{ id: note, ref: 'a.log#1', text: 'second', at: '2026-10-01T10:00:00.000Z', edited: '2026-10-01T10:00:00.000Z' }]);
  const { entry } = await engine['review.change']({ change: { kind: 'note-remove', note } }, context);
  expect(await engine['review.notes']({}, context)).toEqual([]);
  await engine['review.undo']({ entry }, context);
  expect(await engine['review.notes']({}, context)).toEqual(notes);
});

test('views are kept by name and replaced by it; undo gives the one before back', async () => {
  const { engine } = await openCase();
  const save = (query: string) =>
    engine['review.change']({ change: { kind: 'view-save', name: 'mine', view: { query, columns: ['time'] } } }, context);
  await save('host:a');
  const { entry } = await save('host:b');
  expect(await engine['review.views']({}, context)).toMatchObject([{ name: 'mine', view: { query: 'host:b', columns: ['time'] } }]);
  await engine['review.undo']({ entry }, context);
  expect(await engine['review.views']({}, context)).toMatchObject([{ name: 'mine', view: { query: 'host:a' } }]);
});

test('the history holds each query once, latest first, and no more than 200', async () => {
  const { engine } = await openCase();
  for (const query of ['a', 'b', ' a ', '  ']) await engine['review.remember']({ query }, context);
  expect(await engine['review.history']({}, context)).toEqual(['a', 'b']);
  for (let number = 0; number < 210; number += 1) await engine['review.remember']({ query: `q${String(number)}` }, context);
  const history = await engine['review.history']({}, context);
  expect([history.length, history[0], history.at(-1)]).toEqual([200, 'q209', 'q10']);
});

test('hostile text is kept letter by letter and runs nowhere', async () => {
  const { engine, db } = await openCase();
  const hostile = `'); DROP TABLE call; -- <img src=x onerror=alert(1)> \u202e\u0007 "%_*`;
  await engine['review.change']({ change: { kind: 'note-add', ref: 'a.log#1', text: hostile } }, context);
  await tag(engine, `x'); DELETE FROM call; --`, ['a.log#1']);
  expect(await engine['review.notes']({}, context)).toMatchObject([{ text: hostile }]);
  expect(await refsOf(engine, `tag:"x'); DELETE FROM call; --"`)).toEqual(['a.log#1']);
  expect(db.prepare('SELECT count(*) AS n FROM call').get()).toEqual({ n: 3 });
});

test('a change waits while a job has a transaction open, so that its rollback takes nothing of the analyst', async () => {
  const { engine, db } = await openCase();
  db.exec('BEGIN');
  const made = tag(engine, 'exfil', ['a.log#1']);
  await new Promise((resolve) => setImmediate(resolve));
  db.exec('ROLLBACK');
  expect(await made).toEqual({ entry: 1, changed: 1 });
  expect(await refsOf(engine, 'tag:exfil')).toEqual(['a.log#1']);
});

test('report.json and a list of calls that leave the case are the same, byte for byte, whatever the analyst said; the printed report says it', async () => {
  const { db } = await openCase();
  const texts: string[] = [];
  const openOutput = () => {
    let text = '';
    return {
      write: (part: string) => void (text += part),
      writeBytes: () => undefined,
      commit: () => Promise.resolve({ bytes: texts.push(text), sha256: '' }),
      abandon: () => undefined,
    };
  };
  const engine = createEngine(db, { ...nodePorts('test'), readers: undefined, openOutput }, () => undefined);
  const writeAll = async (): Promise<string> => {
    await engine['report.write']({ format: 'json', path: 'r.json' }, context);
    for (const format of ['ndjson', 'csv'] as const) await engine['query.write']({ query: 'status:200', format, path: 'q' }, context);
    return texts.splice(0).join('\n');
  };
  const print = async (): Promise<string> => {
    await engine['report.write']({ format: 'html', path: 'r.html' }, context);
    return texts.splice(0).join('\n');
  };
  const before = await writeAll();
  expect(await print()).not.toContain('tag exfil');
  await tag(engine, 'exfil', ['a.log#1']);
  await engine['review.change']({ change: { kind: 'star', refs: ['a.log#3'], on: true } }, context);
  await engine['review.change']({ change: { kind: 'note-add', ref: 'a.log#1', text: 'ours' } }, context);
  expect(before).toContain('a.log#1');
  expect(await writeAll()).toBe(before);
  const printed = await print();
  for (const text of ['tag exfil', 'starred', 'ours']) expect(printed).toContain(text);
});

test('a merge puts the analysis out of date, and undo and redo know it; a named owner does not', async () => {
  const { engine, db, heard } = await openCase();
  await importText(db, 'b.log', LOG.replaceAll('192.0.2.7', '198.51.100.9'));
  await engine['case.analyze']({}, context);
  const analyzed = async (): Promise<boolean> => (await engine['case.info']({}, context)).analyzed;
  const keys = (await engine['principals.list']({}, context)).map(({ id }) => id);
  expect(keys).toHaveLength(2);
  await engine['review.change']({ change: { kind: 'principal-owner', principal: keys[0] ?? '', owner: 'Ann' } }, context);
  expect(await analyzed()).toBe(true);
  heard.length = 0;
  const { entry } = await engine['review.change'](
    { change: { kind: 'principals-merge', principals: keys, reason: 'one office' } },
    context,
  );
  expect(heard).toEqual(['review 2', expect.stringMatching(/^revision /)]);
  expect(await analyzed()).toBe(false);
  const undone = await engine['review.undo']({ entry }, context);
  expect(await analyzed()).toBe(true);
  await engine['review.undo']({ entry: undone.entry }, context);
  expect(await analyzed()).toBe(false);
  expect((await engine['case.analyze']({}, context)).ran).toContain('principals');
  expect([await analyzed(), (await engine['principals.list']({}, context)).length]).toEqual([true, 1]);
});
