import { expect, test } from 'vitest';
import {
  isCharacterStep,
  isSameStep,
  keyCaps,
  parseKeys,
  printKeys,
  toKeyStep,
  type KeyInput,
  type KeyStep,
} from '#renderer/widgets/key-steps.ts';

const NOTHING_HELD = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, altGraph: false };
const press = (input: Partial<KeyInput> & { readonly key: string }, isMac = false): KeyStep | undefined =>
  toKeyStep({ ...NOTHING_HELD, ...input }, isMac);
const only = (keys: string): KeyStep => {
  const [step] = parseKeys(keys) ?? [];
  if (step === undefined) throw new Error(`${keys} is no key`);
  return step;
};
const isPressOf = (keys: string, input: Partial<KeyInput> & { readonly key: string }, isMac = false): boolean => {
  const step = press(input, isMac);
  return step !== undefined && isSameStep(only(keys), step);
};

test.each(['mod+k', 'alt+left', 'mod+shift+z', '/', '?', 'x', 'y c', '+', 'mod++', 'f2', 'pageup', 'space', ','])(
  '%s reads and prints as itself',
  (keys) => {
    expect(printKeys(parseKeys(keys) ?? [])).toBe(keys);
  },
);

test.each(['', 'ctrl+k', 'mod+', 'xy', 'mod+hyper+k', 'y c d', 'mod'])('%j is no key', (keys) => {
  expect(parseKeys(keys)).toBeUndefined();
});

test('Ctrl is the modifier, on a Mac it is the command key, and the other of the two is none of ours', () => {
  expect(isPressOf('mod+k', { key: 'k', ctrlKey: true })).toBe(true);
  expect(isPressOf('mod+k', { key: 'k', metaKey: true })).toBe(false);
  expect(isPressOf('mod+k', { key: 'k', metaKey: true }, true)).toBe(true);
  expect(isPressOf('mod+k', { key: 'k', ctrlKey: true }, true)).toBe(false);
});

test('shift counts for letters and arrows, not for characters that need it on some keyboards', () => {
  expect(isPressOf('mod+z', { key: 'Z', ctrlKey: true, shiftKey: true })).toBe(false);
  expect(isPressOf('mod+shift+z', { key: 'Z', ctrlKey: true, shiftKey: true })).toBe(true);
  expect(isPressOf('alt+left', { key: 'ArrowLeft', altKey: true, shiftKey: true })).toBe(false);
  expect(isPressOf('?', { key: '?', shiftKey: true })).toBe(true);
  expect(isPressOf('?', { key: '?' })).toBe(true);
});

test('caps lock is not shift', () => {
  expect(isPressOf('x', { key: 'X' })).toBe(true);
});

test('AltGr types a character and holds no modifier', () => {
  expect(isPressOf('{', { key: '{', ctrlKey: true, altKey: true, altGraph: true })).toBe(true);
});

test('with Ctrl, digits of a French and letters of a Russian keyboard are found by their place', () => {
  expect(isPressOf('mod+1', { key: '&', code: 'Digit1', ctrlKey: true })).toBe(true);
  expect(isPressOf('mod+k', { key: 'л', code: 'KeyK', ctrlKey: true })).toBe(true);
});

test('a modifier alone is no press', () => {
  expect(press({ key: 'Shift', shiftKey: true })).toBeUndefined();
});

test('characters and space can be switched off; arrows and keys with Ctrl cannot', () => {
  expect(['x', '?', 'space', 'shift+x'].map((keys) => isCharacterStep(only(keys)))).toEqual([true, true, true, true]);
  expect(['left', 'mod+k', 'alt+x', 'f2', 'enter'].map((keys) => isCharacterStep(only(keys)))).toEqual([false, false, false, false, false]);
});

test('caps are printed as the keyboard of the system has them', () => {
  expect(keyCaps(only('mod+shift+z'), false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keyCaps(only('mod+shift+z'), true)).toEqual(['⇧', '⌘', 'Z']);
  expect(keyCaps(only('alt+left'), false)).toEqual(['Alt', '←']);
});
