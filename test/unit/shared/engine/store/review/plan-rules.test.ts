import { expect, test } from 'vitest';
import { reviewChange, type ReviewChange } from '#shared/contract/review.ts';
import { getReview, getRevision } from '#shared/engine/store/meta.ts';
import { listTemplateRules, rulesInForce } from '#shared/engine/store/read/template-rules.ts';
import { makeChange, pageLog, undoEntry } from '#shared/engine/store/review/log.ts';
import { memoryCase } from '#test/support/case.ts';

const AT = '2026-10-01T10:00:00.000Z';
const LATER = '2026-10-01T11:00:00.000Z';
type Rules = Extract<ReviewChange, { kind: 'templates' }>;

/** `pin /a/{b} # why`. */
const drafts = (lines: readonly string[]): Rules['set'] =>
  lines.map((line) => {
    const [rule = '', note] = line.split(' # ');
    const [kind, pattern] = rule.split(' ');
    return { kind, pattern, ...(note === undefined ? {} : { note }) } as Rules['set'][number];
  });
const change = (set: readonly string[], remove: readonly string[] = [], host = 'api.test'): Rules =>
  reviewChange.parse({ kind: 'templates', host, set: drafts(set), remove: drafts(remove) }) as Rules;
const shown = (db: ReturnType<typeof memoryCase>): readonly string[] =>
  listTemplateRules(db).map(({ host, kind, pattern, note }) => `${host} ${kind} ${pattern}${note === undefined ? '' : ` # ${note}`}`);

test('rules are set in one step, undone in one, and redone', () => {
  const db = memoryCase();
  const { entry, changed } = makeChange(db, change(['pin /users/{name} # names, not ids', 'word /users/me']), AT);
  expect(changed).toBe(2);
  const set = ['api.test pin /users/{name} # names, not ids', 'api.test word /users/me'];
  expect(shown(db)).toEqual(set);
  expect(listTemplateRules(db)[0]?.at).toBe(AT);
  const undone = undoEntry(db, entry, LATER).entry;
  expect(shown(db)).toEqual([]);
  expect(rulesInForce(db)).toBe('');
  undoEntry(db, undone, LATER);
  expect(shown(db)).toEqual(set);
  expect(pageLog(db, 0, 9).rows.map(({ text }) => text)).toEqual([
    'redid: set 2 template rules on api.test',
    'undid: set 2 template rules on api.test',
    'set 2 template rules on api.test',
  ]);
});

test('of one kind a place has one rule: another name for it replaces the first, and undo brings that back', () => {
  const db = memoryCase();
  makeChange(db, change(['pin /users/{name}/posts']), AT);
  const { entry } = makeChange(db, change(['pin /users/{login}/posts']), AT);
  expect(shown(db)).toEqual(['api.test pin /users/{login}/posts']);
  undoEntry(db, entry, AT);
  expect(shown(db)).toEqual(['api.test pin /users/{name}/posts']);
});

test('what stands already is no change; what is not there cannot be removed', () => {
  const db = memoryCase();
  makeChange(db, change(['word /users/me']), AT);
  expect(makeChange(db, change(['word /users/me']), AT)).toEqual({ entry: 0, changed: 0 });
  expect(() => makeChange(db, change([], ['word /users/you']), AT)).toThrow('no template rule word /users/you in this case');
  expect(() => makeChange(db, change([], ['word /users/me'], 'other.test'), AT)).toThrow('no template rule');
  makeChange(db, change([], ['word /users/me']), AT);
  expect(shown(db)).toEqual([]);
});

test('a rule that was changed since cannot be taken back', () => {
  const db = memoryCase();
  const { entry } = makeChange(db, change(['value /files/{name}']), AT);
  makeChange(db, change(['value /files/{file}']), AT);
  expect(() => undoEntry(db, entry, AT)).toThrow('changed again since');
});

test('a change of rules raises the revision of the case, a tag does not', () => {
  const db = memoryCase();
  const before = [getReview(db), getRevision(db)];
  makeChange(db, change(['word /users/me']), AT);
  expect([getReview(db), getRevision(db)]).toEqual(before.map((count) => count + 1));
  makeChange(db, { kind: 'view-save', name: 'a', view: { query: '' } }, AT);
  expect(getRevision(db)).toBe((before[1] ?? 0) + 1);
});

test('a host counts in lower case; a pattern that is none is refused at the edge', () => {
  expect(change(['word /a'], [], 'API.test').host).toBe('api.test');
  expect(() => change(['word /a/{x}'])).toThrow('ends with that word');
  expect(() => change(['pin /a/\u0000b'])).toThrow('control characters');
});

test('hostile text stays text', () => {
  const db = memoryCase();
  const pattern = "/x'); DROP TABLE template_rule; --/<script>/\u202egpj";
  makeChange(db, { kind: 'templates', host: "a'b", set: [{ kind: 'word', pattern, note: '<b>' }], remove: [] }, AT);
  expect(shown(db)).toEqual([`a'b word ${pattern} # <b>`]);
});
