import { expect, test } from 'vitest';
import { readPictureKey } from '#renderer/state/use-picture-keys.ts';
import { parseKeys, type KeyStep } from '#renderer/widgets/key-steps.ts';

const press = (keys: string): KeyStep => {
  const [step] = parseKeys(keys) ?? [];
  if (step === undefined) throw new Error(`no key: ${keys}`);
  return step;
};

test('a picture does what the registry says of a key', () => {
  expect(readPictureKey(press('t'), {}, true)).toBe('as-table');
  expect(readPictureKey(press('='), {}, true)).toBe('larger');
  expect(readPictureKey(press('mod+t'), {}, true)).toBeUndefined();
});

test('the analyst’s own key takes the place of the built-in one, and an empty one takes it away', () => {
  expect(readPictureKey(press('b'), { 'as-table': 'b' }, true)).toBe('as-table');
  expect(readPictureKey(press('t'), { 'as-table': 'b' }, true)).toBeUndefined();
  expect(readPictureKey(press('h'), { 'hide-node': '' }, true)).toBeUndefined();
});

test('with letters switched off only keys with Ctrl or Alt act on a picture', () => {
  expect(readPictureKey(press('t'), {}, false)).toBeUndefined();
  expect(readPictureKey(press('alt+t'), { 'as-table': 'alt+t' }, false)).toBe('as-table');
});
