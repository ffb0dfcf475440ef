import { expect, test } from 'vitest';
import { pngScale } from '#renderer/host/save-picture.ts';

test('a picture is drawn twice as large, a huge one as large as a canvas can be', () => {
  expect(pngScale({ width: 800, height: 600 })).toBe(2);
  expect(pngScale({ width: 40_000, height: 500 })).toBe(0.4);
  expect(pngScale({ width: 16_000, height: 16_000 })).toBeCloseTo(0.5);
});
