import { expect, test } from 'vitest';
import type { ReviewChange } from '#shared/contract/review.ts';
import { makeChange, undoEntry } from '#shared/engine/store/review/log.ts';
import { readIdentityGroups, readNamedOwners } from '#shared/engine/store/read/principals/identity-edits.ts';
import { listPrincipals } from '#shared/engine/store/read/principals/principals.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { memoryCase } from '#test/support/case.ts';

const AT = '2026-11-22T00:00:00.000Z';

function caseOf(...names: readonly string[]): SqlDriver {
  const db = memoryCase();
  const insert = db.prepare(
    "INSERT INTO principal (key, label, kind, rung, why, weak, calls, identity) VALUES (?, ?, 'agent', 4, '', 0, 1, ?)",
  );
  for (const name of names) insert.run(`agent:${name}`, name, `consumer ${name}`);
  return db;
}
const change = (db: SqlDriver, given: ReviewChange): number => makeChange(db, given, AT).entry;

test('merged identities share the first, and undo takes that back', () => {
  const db = caseOf('a', 'b', 'c');
  const entry = change(db, { kind: 'principals-merge', principals: ['agent:a', 'agent:b'], reason: 'one deployment' });
  const groups = readIdentityGroups(db);
  expect(['consumer a', 'consumer b', 'consumer c'].map(groups.standsFor)).toEqual(['consumer a', 'consumer a', 'consumer c']);
  expect(groups.membersOf('consumer a')).toEqual([{ identity: 'consumer b', label: 'b', reason: 'one deployment' }]);
  undoEntry(db, entry, AT);
  expect(readIdentityGroups(db).standsFor('consumer b')).toBe('consumer b');
});

test('split parts never join by themselves, until they are merged again', () => {
  const db = caseOf('a', 'b');
  db.prepare('UPDATE principal SET traits = ? WHERE label = ?').run(
    JSON.stringify({ joined: [{ identity: 'consumer b', label: 'b', why: 'seen together', by: 'evidence' }] }),
    'a',
  );
  change(db, { kind: 'principal-split', principal: 'agent:a', reason: 'two teams' });
  expect(readIdentityGroups(db).isApart('consumer b', 'consumer a')).toBe(true);
  change(db, { kind: 'principals-merge', principals: ['agent:a', 'agent:b'], reason: 'one team after all' });
  expect(readIdentityGroups(db).isApart('consumer a', 'consumer b')).toBe(false);
});

test('what was never joined cannot be split, and what is not there cannot be merged', () => {
  const db = caseOf('a');
  expect(() => change(db, { kind: 'principal-split', principal: 'agent:a', reason: 'x' })).toThrow(/nothing to split/);
  expect(() => change(db, { kind: 'principals-merge', principals: ['agent:a', 'agent:z'], reason: 'x' })).toThrow(/no principal agent:z/);
});

test('an owner that the analyst names stands before that of a list; undo gives the list’s back', () => {
  const db = caseOf('a');
  db.exec(`UPDATE principal SET traits = '{"owner":"list team"}'`);
  expect(listPrincipals(db)).toMatchObject([{ owner: 'list team', ownerFrom: 'list' }]);
  const entry = change(db, { kind: 'principal-owner', principal: 'agent:a', owner: 'Ann' });
  expect(listPrincipals(db)).toMatchObject([{ owner: 'Ann', ownerFrom: 'analyst' }]);
  undoEntry(db, entry, AT);
  expect(readNamedOwners(db).size).toBe(0);
  expect(listPrincipals(db)).toMatchObject([{ owner: 'list team', ownerFrom: 'list' }]);
});
