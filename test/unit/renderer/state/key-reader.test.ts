import { expect, test } from 'vitest';
import type { Command } from '#renderer/state/commands.ts';
import { keysOf, mayAct, readKey, toBindings, type KeyPlace } from '#renderer/state/key-reader.ts';
import { parseKeys, type KeyStep } from '#renderer/widgets/key-steps.ts';

const command = (id: string, keys: readonly string[], more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'Test',
  keys,
  run: () => undefined,
  ...more,
});
const step = (keys: string): KeyStep => {
  const [first] = parseKeys(keys) ?? [];
  if (first === undefined) throw new Error(`${keys} is no key`);
  return first;
};
const IN_LIST: KeyPlace = { typing: false, list: true, pressable: false };
const ON_PAGE: KeyPlace = { typing: false, list: false, pressable: false };
const IN_TEXT: KeyPlace = { typing: true, list: false, pressable: false };
const acts = (keys: string, place: KeyPlace, { letters = true, mac = false } = {}): boolean => mayAct(step(keys), place, letters, mac);
const idOf = (reading: ReturnType<typeof readKey>): string => (reading.kind === 'run' ? reading.command.id : reading.kind);

test('keys with a modifier act everywhere, in text only where text has no use for them', () => {
  expect([ON_PAGE, IN_LIST, IN_TEXT].map((place) => acts('mod+k', place))).toEqual([true, true, true]);
  expect(['mod+z', 'mod+shift+z', 'mod+left', 'mod+backspace'].map((keys) => acts(keys, IN_TEXT))).toEqual([false, false, false, false]);
  expect(acts('mod+z', IN_LIST)).toBe(true);
});

test('Alt and an arrow go back even from a text field, except on a Mac, where they move by words', () => {
  expect(acts('alt+left', IN_TEXT)).toBe(true);
  expect(acts('alt+left', IN_TEXT, { mac: true })).toBe(false);
});

test('a single character acts in lists only, and never while typing', () => {
  expect([IN_LIST, ON_PAGE, IN_TEXT].map((place) => acts('x', place))).toEqual([true, false, false]);
});

test('the query and the key map are one character away from anywhere but text', () => {
  expect(['/', '?'].map((keys) => acts(keys, ON_PAGE))).toEqual([true, true]);
  expect(['/', '?'].map((keys) => acts(keys, IN_TEXT))).toEqual([false, false]);
});

test('with letter keys off no character acts, not even those two; what holds a modifier does', () => {
  const off = { letters: false };
  expect(['x', '/', '?', 'space'].map((keys) => acts(keys, IN_LIST, off))).toEqual([false, false, false, false]);
  expect(['mod+k', 'alt+left', 'enter'].map((keys) => acts(keys, IN_LIST, off))).toEqual([true, true, true]);
});

test('Enter and Space on a button press it', () => {
  const onButton = { ...IN_LIST, pressable: true };
  expect(['enter', 'space', 'x'].map((keys) => acts(keys, onButton))).toEqual([false, false, true]);
});

test('on the same key the command that was mounted last wins, and a disabled one does not count', () => {
  const first = command('first', ['x']);
  expect(idOf(readKey(toBindings([first, command('later', ['x'])], {}), step('x'), undefined))).toBe('later');
  expect(idOf(readKey(toBindings([first, command('later', ['x'], { enabled: false })], {}), step('x'), undefined))).toBe('first');
});

test('a sequence waits for its second key and runs then', () => {
  const bindings = toBindings([command('copy-curl', ['y c']), command('copy-json', ['y j'])], {});
  const waiting = readKey(bindings, step('y'), undefined);
  expect(waiting.kind).toBe('wait');
  expect(idOf(readKey(bindings, step('j'), step('y')))).toBe('copy-json');
});

test('another key after the first of a sequence is read by itself', () => {
  const bindings = toBindings([command('copy-curl', ['y c']), command('mark', ['m'])], {});
  expect(idOf(readKey(bindings, step('m'), step('y')))).toBe('mark');
  expect(idOf(readKey(bindings, step('q'), step('y')))).toBe('none');
  expect(idOf(readKey(bindings, step('c'), undefined))).toBe('none');
});

test('a key that is a command and starts a sequence waits, and is itself when nothing follows', () => {
  const bindings = toBindings([command('copy-menu', ['y']), command('copy-curl', ['y c'])], {});
  const waiting = readKey(bindings, step('y'), undefined);
  expect(waiting.kind === 'wait' ? waiting.otherwise?.id : undefined).toBe('copy-menu');
});

test('own keys stand in place of the built-in ones, and an empty text takes a key away', () => {
  const mark = command('mark', ['m', 'shift+m']);
  expect(keysOf(mark, {})).toEqual(['m', 'shift+m']);
  expect(keysOf(mark, { mark: 'f2' })).toEqual(['f2']);
  expect(keysOf(mark, { mark: '' })).toEqual([]);
  expect(idOf(readKey(toBindings([mark], { mark: 'f2' }), step('m'), undefined))).toBe('none');
  expect(idOf(readKey(toBindings([mark], { mark: 'f2' }), step('f2'), undefined))).toBe('mark');
});

test('own keys that no version of ours reads leave the command without a key, not the window without keys', () => {
  expect(toBindings([command('mark', ['m'])], { mark: 'hyper+m' })).toEqual([]);
});
