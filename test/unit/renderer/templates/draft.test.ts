import { expect, test } from 'vitest';
import type { TemplatePlace, TemplateRuleRow } from '#shared/contract/templates.ts';
import { editPlace, EMPTY_DRAFT, placeState, toChanges, type Draft, type PlaceEdit } from '#renderer/templates/draft.ts';

const rule = (text: string): TemplateRuleRow => {
  const [kind, pattern = ''] = text.split(' ');
  return { host: 'api.test', kind: kind as TemplateRuleRow['kind'], pattern, at: '2026-10-01T10:00:00.000Z' };
};
const place = (segment: string, ...rules: readonly string[]): TemplatePlace => ({
  segment,
  values: [],
  distinct: 0,
  isCut: false,
  rules: rules.map(rule),
});

/** `kind pattern` of what an edit of the last place sets, and with a minus of what it removes. */
function changes(places: readonly TemplatePlace[], edit: PlaceEdit, more: Partial<Draft> = {}, pin?: string): readonly string[] {
  const draft = editPlace({ ...EMPTY_DRAFT, ...more }, places.length - 1, edit);
  const { set, remove, problem } = toChanges({ places, ...(pin === undefined ? {} : { pin: rule(pin) }) }, draft);
  return [
    ...set.map(({ kind, pattern, note }) => `${kind} ${pattern}${note === undefined ? '' : ` # ${note}`}`),
    ...remove.map(({ kind, pattern }) => `-${kind} ${pattern}`),
    ...(problem === undefined ? [] : [`! ${problem}`]),
  ];
}

test('words made values, and values no longer', () => {
  expect(changes([place('files'), place('report')], { values: true })).toEqual(['value /files/{name}']);
  expect(changes([place('files'), place('report')], { values: true, name: 'file' }, { note: ' same shape ' })).toEqual([
    'value /files/{file} # same shape',
  ]);
  expect(changes([place('files'), place('{file}', 'value /files/{file}')], { values: false })).toEqual(['-value /files/{file}']);
  expect(changes([place('files'), place('{file}', 'value /files/{file}')], { values: true })).toEqual([]);
});

test('a new name goes to the rule that has the last word about it', () => {
  expect(changes([place('users'), place('{id}')], { name: 'login' })).toEqual(['name /users/{login}']);
  expect(changes([place('users'), place('{id}')], { name: 'id' })).toEqual([]);
  expect(changes([place('files'), place('{file}', 'value /files/{file}')], { name: 'doc' })).toEqual(['value /files/{doc}']);
  expect(changes([place('files'), place('{doc}', 'value /files/{file}', 'name /files/{doc}')], { name: 'x' })).toEqual(['name /files/{x}']);
});

test('values are kept as words and given back, braces and all', () => {
  expect(
    changes([place('users'), place('{id}', 'word /users/me')], {
      kept: new Map([
        ['{x}', true],
        ['me', false],
      ]),
    }),
  ).toEqual(['word /users/%7Bx%7D', '-word /users/me']);
  expect(placeState(place('{id}', 'word /users/me')).isKept('me')).toBe(true);
});

test('a pin is set, replaced and taken away', () => {
  const places = [place('users'), place('{id}')];
  expect(changes(places, {}, { pin: '/users/{login}' })).toEqual(['pin /users/{login}']);
  expect(changes(places, {}, { pin: '/users/{a}' }, 'pin /users/{b}')).toEqual(['pin /users/{a}', '-pin /users/{b}']);
  expect(changes(places, {}, { pin: '' }, 'pin /users/{b}')).toEqual(['-pin /users/{b}']);
  expect(changes(places, {}, { pin: 'users' })).toContain('! a pattern begins with a slash and has at least one segment');
});

test('a rule that is removed twice is removed once', () => {
  const removed = [{ kind: 'word' as const, pattern: '/users/me' }];
  expect(changes([place('users'), place('{id}', 'word /users/me')], { kept: new Map([['me', false]]) }, { removed })).toEqual([
    '-word /users/me',
  ]);
});
