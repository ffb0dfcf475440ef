import { expect, test } from 'vitest';
import type { ReviewChange } from '#shared/contract/review.ts';
import { listInventory } from '#shared/engine/store/read/inventory/list-inventory.ts';
import { listLevelOverrides } from '#shared/engine/store/read/inventory/level-overrides.ts';
import { makeChange, pageLog, undoEntry } from '#shared/engine/store/review/log.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const ENDPOINT = 'GET api.acme.test/a';
const AT = '2026-10-01T10:00:00.000Z';
const set = (level: 'S2' | 'S3', reason: string): ReviewChange => ({ kind: 'classify', endpoint: ENDPOINT, level, reason });
const newCase = () => caseFromText('00:01.0  agent:bot  GET  api.acme.test/a  200').db;

test('the last level stands with its reason and its entry, and the list shows it', () => {
  const db = newCase();
  makeChange(db, set('S2', 'people'), AT);
  makeChange(db, set('S3', 'cards'), AT);
  expect([...listLevelOverrides(db)]).toEqual([[ENDPOINT, { level: 'S3', reason: 'cards', entry: 2, at: AT }]]);
  expect(listInventory(db, '').rows).toMatchObject([{ sensitivity: 'S3', override: { level: 'S3' } }]);
});

test('a level said again changes nothing; one of no endpoint is refused', () => {
  const db = newCase();
  makeChange(db, set('S2', 'people'), AT);
  expect(makeChange(db, set('S2', 'people'), AT)).toEqual({ entry: 0, changed: 0 });
  expect(() => makeChange(db, { kind: 'classify-remove', endpoint: 'GET nowhere/' }, AT)).toThrow(/no endpoint/);
});

test('undo brings the level before back, redo the one after; an entry that was overtaken is refused', () => {
  const db = newCase();
  makeChange(db, set('S2', 'people'), AT);
  makeChange(db, set('S3', 'cards'), AT);
  expect(() => undoEntry(db, 1, AT)).toThrow(/changed again since/);
  const undone = undoEntry(db, 2, AT).entry;
  expect(listLevelOverrides(db).get(ENDPOINT)).toMatchObject({ level: 'S2', reason: 'people', entry: 1 });
  undoEntry(db, undone, AT);
  expect(listLevelOverrides(db).get(ENDPOINT)).toMatchObject({ level: 'S3', entry: 2 });
  makeChange(db, { kind: 'classify-remove', endpoint: ENDPOINT }, AT);
  expect(listLevelOverrides(db).size).toBe(0);
  expect(
    pageLog(db, 0, 9)
      .rows.map(({ text }) => text)
      .at(-1),
  ).toBe(`set ${ENDPOINT} to S2: people`);
});
