import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import type { ReviewChange } from '#shared/contract/review.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import { getReview, getRevision } from '#shared/engine/store/meta.ts';
import { callReader, everyCall } from '#shared/engine/store/read/calls/calls.ts';
import { listNotes, listTags, listViews } from '#shared/engine/store/read/review/review.ts';
import { withReview } from '#shared/engine/store/read/review/review-marks.ts';
import { makeChange, pageLog, undoEntry } from '#shared/engine/store/review/log.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';
import { testCodec } from '#test/support/case.ts';

const refs = ['kong#1', 'kong#2', 'kong#3', 'har#1'] as const;

function newCase(): SqlDriver {
  const { db } = caseFromText(`
    00:01.0  agent:bot  GET  api.acme.test/a  200
    00:02.0  agent:bot  GET  api.acme.test/b  200
    00:03.0  agent:bot  GET  api.acme.test/c  404
    00:01.1  agent:bot  GET  api.acme.test/a  200  in=har`);
  defineQueryFunctions(db, testCodec);
  return db;
}

let minute = 0;
const now = (): string => `2026-10-01T00:${String(minute++ % 60).padStart(2, '0')}:00.000Z`;
const change = (db: SqlDriver, what: ReviewChange) => makeChange(db, what, now());
const undo = (db: SqlDriver, entry: number) => undoEntry(db, entry, now()).entry;
const tag = (on: boolean, ...named: string[]): ReviewChange => ({ kind: 'tag', refs: named, tag: 'exfil', on });

/** All that an analyst can see of the changes, apart from the log. */
const seen = (db: SqlDriver) => ({
  tags: listTags(db),
  notes: listNotes(db, undefined),
  views: listViews(db),
  calls: withReview(db, [...callReader(db).iterate(everyCall)]).map(({ ref, tags, starred, marked, notes }) => ({
    ref,
    tags,
    starred,
    marked,
    notes,
  })),
});

const anyChange: fc.Arbitrary<ReviewChange> = fc.oneof(
  fc.record({
    kind: fc.constant('tag' as const),
    refs: fc.subarray([...refs], { minLength: 1 }),
    tag: fc.constantFrom('exfil', 'Exfil', "'; DROP TABLE call; --"),
    on: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom('star' as const, 'mark' as const), refs: fc.subarray([...refs], { minLength: 1 }), on: fc.boolean() }),
  fc.record({ kind: fc.constant('note-add' as const), ref: fc.constantFrom(...refs), text: fc.constantFrom('one', 'two', '\u202eabc') }),
  fc.record({ kind: fc.constant('note-edit' as const), note: fc.integer({ min: 1, max: 6 }), text: fc.constantFrom('one', 'two') }),
  fc.record({ kind: fc.constant('note-remove' as const), note: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('tag-define' as const), tag: fc.constantFrom('exfil', 'other'), slot: fc.integer({ min: 1, max: 8 }) }),
  fc.record({
    kind: fc.constant('view-save' as const),
    name: fc.constantFrom('a', 'b'),
    view: fc.record({ query: fc.constantFrom('*', 'tag:x') }),
  }),
  fc.record({ kind: fc.constant('view-remove' as const), name: fc.constantFrom('a', 'b') }),
);

/** Makes the changes that can be made; one that names a note or view that is not there is refused and leaves nothing. */
function makeAll(db: SqlDriver, changes: readonly ReviewChange[]): readonly number[] {
  const entries: number[] = [];
  for (const each of changes) {
    try {
      const { entry } = change(db, each);
      if (entry !== 0) entries.push(entry);
    } catch (thrown) {
      expect(thrown).toMatchObject({ code: 'not-found' });
    }
  }
  return entries;
}

test('undoing any changes, latest first, leaves nothing; redoing them gives back what was there', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 12 }), (changes) => {
      const db = newCase();
      const empty = seen(db);
      const entries = makeAll(db, changes);
      const full = seen(db);
      const undone = [...entries].reverse().map((entry) => undo(db, entry));
      expect(seen(db)).toEqual(empty);
      const redone = [...undone].reverse().map((entry) => undo(db, entry));
      expect(seen(db)).toEqual(full);
      for (const entry of [...redone].reverse()) undo(db, entry);
      expect(seen(db)).toEqual(empty);
      db.close();
    }),
    { numRuns: 60 },
  );
});

test('a change is written down once with its time, and counts for screens without touching the revision', () => {
  const db = newCase();
  const before = getRevision(db);
  expect(makeChange(db, tag(true, 'kong#1', 'kong#2', 'kong#3'), '2026-10-01T10:00:00.000Z')).toEqual({ entry: 1, changed: 3 });
  expect(pageLog(db, 0, 10)).toEqual({
    rows: [{ entry: 1, at: '2026-10-01T10:00:00.000Z', kind: 'tag', text: 'tagged 3 calls "exfil"' }],
    from: 0,
    total: 1,
  });
  expect([getRevision(db), getReview(db)]).toEqual([before, 1]);
});

test('what is so already is no change and no entry', () => {
  const db = newCase();
  change(db, tag(true, 'kong#1'));
  expect(change(db, tag(true, 'kong#1'))).toEqual({ entry: 0, changed: 0 });
  expect(change(db, { kind: 'star', refs: ['kong#2'], on: false })).toEqual({ entry: 0, changed: 0 });
  expect(change(db, tag(true, 'kong#1', 'kong#2')).changed).toBe(1);
  expect(pageLog(db, 0, 10).total).toBe(2);
});

test('the log tells undo and redo, each pointing at what it takes back, latest first', () => {
  const db = newCase();
  const { entry } = change(db, { kind: 'star', refs: ['kong#1'], on: true });
  undo(db, undo(db, entry));
  expect(pageLog(db, 0, 10).rows.map(({ at: _at, ...row }) => row)).toEqual([
    { entry: 3, kind: 'redo', text: 'redid: starred kong#1', undoes: 2 },
    { entry: 2, kind: 'undo', text: 'undid: starred kong#1', undoes: 1, undone: 3 },
    { entry: 1, kind: 'star', text: 'starred kong#1', undone: 2 },
  ]);
  expect(pageLog(db, 1, 1).rows.map((row) => row.entry)).toEqual([2]);
});

test('an entry is taken back once', () => {
  const db = newCase();
  const { entry } = change(db, tag(true, 'kong#1'));
  undo(db, entry);
  expect(() => undo(db, entry)).toThrow('change 1 (tagged kong#1 "exfil") was taken back already, by change 2');
  expect(() => undo(db, 99)).toThrow('no change 99 in the log of this case');
});

test('an entry whose target has changed since is not taken back, and nothing of it is', () => {
  const db = newCase();
  const { entry } = change(db, tag(true, 'kong#1', 'kong#2'));
  change(db, tag(false, 'kong#2'));
  expect(() => undo(db, entry)).toThrow('change 1 (tagged 2 calls "exfil") cannot be taken back');
  expect(
    seen(db)
      .calls.filter((call) => call.tags !== undefined)
      .map((call) => call.ref),
  ).toEqual(['kong#1']);
  const note = change(db, { kind: 'note-add', ref: 'kong#3', text: 'first' }).entry;
  change(db, { kind: 'note-edit', note, text: 'second' });
  expect(() => undo(db, note)).toThrow('cannot be taken back');
  expect(listNotes(db, 'kong#3')).toMatchObject([{ id: note, text: 'second' }]);
});

test('a row of the log can be neither changed nor removed', () => {
  const db = newCase();
  change(db, tag(true, 'kong#1'));
  expect(() => db.prepare("UPDATE review_log SET text = 'nothing'").run()).toThrow('append-only');
  expect(() => db.prepare('DELETE FROM review_log').run()).toThrow('append-only');
});

test('a change that names a call that is not there changes none', () => {
  const db = newCase();
  expect(() => change(db, tag(true, 'kong#1', 'kong#77'))).toThrow('no call kong#77 in this case');
  expect([listTags(db), pageLog(db, 0, 1).total]).toEqual([[], 0]);
});

test('a tag keeps the slot of its first use, and the next tag gets another', () => {
  const db = newCase();
  for (const name of ['a', 'b', 'c']) change(db, { kind: 'tag', refs: ['kong#1'], tag: name, on: true });
  change(db, { kind: 'tag', refs: ['kong#1'], tag: 'a', on: false });
  change(db, { kind: 'tag', refs: ['kong#2', 'har#1'], tag: 'a', on: true });
  change(db, { kind: 'tag-define', tag: 'c', slot: 7 });
  expect(listTags(db)).toEqual([
    { tag: 'a', slot: 1, calls: 2 },
    { tag: 'b', slot: 2, calls: 1 },
    { tag: 'c', slot: 7, calls: 1 },
  ]);
});

test('a call that is seen twice is tagged and untagged under either reference', () => {
  const db = newCase();
  change(db, tag(true, 'har#1'));
  const ids = callReader(db);
  // The analysis finds later that the two are one.
  db.prepare('UPDATE call_fact SET same_as = ? WHERE call_id = ?').run(ids.idOf('kong#1') ?? -1, ids.idOf('har#1') ?? -1);
  expect(seen(db).calls.find((call) => call.ref === 'kong#1')?.tags).toEqual(['exfil']);
  expect(change(db, tag(true, 'kong#1'))).toEqual({ entry: 0, changed: 0 });
  change(db, { kind: 'note-add', ref: 'har#1', text: 'seen in the browser' });
  expect(listNotes(db, 'kong#1')).toMatchObject([{ ref: 'har#1', text: 'seen in the browser' }]);
  change(db, tag(false, 'kong#1'));
  expect(listTags(db)).toEqual([]);
});
