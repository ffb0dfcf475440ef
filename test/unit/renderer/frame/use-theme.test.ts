import { expect, test } from 'vitest';
import { lookOf } from '#renderer/frame/use-theme.ts';

test('a chosen look stands, whatever the system asks for', () => {
  expect(lookOf('light', { dark: true, contrast: true })).toBe('light');
  expect(lookOf('dark-contrast', { dark: false, contrast: false })).toBe('dark-contrast');
});

test('without a choice the system decides on light or dark and on more contrast', () => {
  expect(lookOf('system', { dark: false, contrast: false })).toBe('light');
  expect(lookOf('system', { dark: true, contrast: false })).toBe('dark');
  expect(lookOf('system', { dark: false, contrast: true })).toBe('light-contrast');
  expect(lookOf('system', { dark: true, contrast: true })).toBe('dark-contrast');
});
