import { expect, test } from 'vitest';
import { compareLines } from '#renderer/widgets/call/diff-lines.ts';

const draw = (left: string, right: string): string | undefined =>
  compareLines(left, right)
    ?.map((line) => (line.kind === 'fold' ? `~${String(line.lines)}` : `${{ same: ' ', left: '-', right: '+' }[line.kind]}${line.text}`))
    .join('\n');

test('lines of one side alone are told from those of both', () => {
  expect(draw('a\nb\nc', 'a\nB\nc')).toBe(' a\n-b\n+B\n c');
});

test('a last line feed makes no difference', () => {
  expect(draw('a\nb', 'a\nb\n')).toBe('~2');
});

test('long equal runs are folded, three lines stay on each side of a difference', () => {
  const same = Array.from({ length: 20 }, (_, index) => `line ${String(index)}`).join('\n');
  expect(draw(`x\n${same}`, `y\n${same}`)).toBe('-x\n+y\n line 0\n line 1\n line 2\n~17');
});

test('what is too long or too different is not compared', () => {
  expect(compareLines('x'.repeat(300_000), 'y')).toBeUndefined();
  const lines = (word: string): string => Array.from({ length: 6000 }, (_, index) => `${word}${String(index)}`).join('\n');
  expect(compareLines(lines('a'), lines('b'))).toBeUndefined();
});
