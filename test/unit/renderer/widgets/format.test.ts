import { expect, test } from 'vitest';
import {
  formatAgo,
  formatBytes,
  formatCount,
  formatDuration,
  formatPlural,
  formatRemaining,
  formatShare,
  formatTime,
} from '#renderer/widgets/format.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1\u2009000'],
  [841_402, '841\u2009402'],
  [1_234_567_890, '1\u2009234\u2009567\u2009890'],
])('%i is written %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1_460_000_000, '1.46 GB'],
  [412_000_000, '412 MB'],
  [999_600, '1 MB'],
  [12_440_218, '12.4 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0.25, '0.25 ms'],
  [940, '940 ms'],
  [1200, '1.2 s'],
  [59_960, '1 m'],
  [252_000, '4 m 12 s'],
  [3_600_000, '1 h'],
  [100 * 3_600_000, '4 d 4 h'],
  [36 * 3_600_000, '1 d 12 h'],
  [400 * 86_400_000, '1 y 35 d'],
])('%d ms are %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('a share never rounds to none or to all of it', () => {
  expect(formatShare(1, 841_402)).toBe('< 0.1 %');
  expect(formatShare(841_401, 841_402)).toBe('> 99.9 %');
  expect(formatShare(0, 10)).toBe('0 %');
  expect(formatShare(10, 10)).toBe('100 %');
  expect(formatShare(0, 0)).toBe('0 %');
  expect(formatShare(12, 1000)).toBe('1.2 %');
});

test('times lose their letters and keep what was asked for', () => {
  expect(formatTime('2026-03-02T22:14:07.113456Z')).toBe('2026-03-02 22:14:07.113');
  expect(formatTime('2026-03-02T22:14:07.113456Z', 'min')).toBe('2026-03-02 22:14');
});

test('remaining time is rounded as people say it', () => {
  expect(formatRemaining(43_000)).toBe('about 40 s left');
  expect(formatRemaining(200)).toBe('about 1 s left');
  expect(formatRemaining(130_000)).toBe('about 2 m left');
});

test('past times are told in the largest unit that fits', () => {
  const now = Date.parse('2026-10-05T12:00:00Z');
  expect(formatAgo('2026-10-05T11:59:30Z', now)).toBe('just now');
  expect(formatAgo('2026-10-05T10:00:00Z', now)).toBe('2 h ago');
  expect(formatAgo('2026-10-01T10:00:00Z', now)).toBe('4 days ago');
});

test('one is singular, everything else is not', () => {
  expect(formatPlural(1, 'call')).toBe('1 call');
  expect(formatPlural(0, 'call')).toBe('0 calls');
  expect(formatPlural(2, 'person', 'people')).toBe('2 people');
});
