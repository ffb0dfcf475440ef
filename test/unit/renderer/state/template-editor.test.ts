import { expect, test } from 'vitest';
import { findRenamed } from '#renderer/state/template-editor.ts';

const RENAMED = [
  ['GET a/x', 'GET a/{x}'],
  ['GET a/{x}', 'GET a/{y}'],
] as const;

test('an endpoint that is gone is found under the name that it has now, in both directions', () => {
  const has = (there: string) => (id: string) => id === there;
  expect(findRenamed(RENAMED, 'GET a/x', has('GET a/{y}'))).toBe('GET a/{y}');
  expect(findRenamed(RENAMED, 'GET a/{y}', has('GET a/x'))).toBe('GET a/x');
  expect(findRenamed(RENAMED, 'GET a/x', () => true)).toBe('GET a/x');
});

test('an endpoint that nothing renamed, or whose names are all gone, is not found', () => {
  expect(findRenamed(RENAMED, 'GET b', () => false)).toBeUndefined();
  expect(findRenamed(RENAMED, 'GET a/x', () => false)).toBeUndefined();
});
