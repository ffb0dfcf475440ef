import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { LineCutter } from '#shared/lib/lines.ts';
import type { Line } from '#shared/lib/lines.ts';

function cut(bytes: Uint8Array, chunkSize: number, maxLine?: number): Line[] {
  const cutter = new LineCutter(maxLine);
  const lines: Line[] = [];
  for (let at = 0; at < bytes.length; at += chunkSize) lines.push(...cutter.push(bytes.slice(at, at + chunkSize)));
  const last = cutter.end();
  return last === undefined ? lines : [...lines, last];
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const show = (lines: readonly Line[]): string[] =>
  lines.map((line) => `${String(line.number)}@${String(line.start)}+${String(line.length)} ${line.text}`);

test('LF, CRLF and lone CR end lines, U+2028 does not, and blank lines count', () => {
  expect(show(cut(encode('a\nbc\r\n\r\nd\re\u2028f'), 64))).toEqual(['1@0+1 a', '2@2+2 bc', '3@6+0 ', '4@8+1 d', '5@10+5 e\u2028f']);
});

test('a CRLF that two chunks share is one line end', () => {
  expect(show(cut(encode('ab\r\ncd'), 3))).toEqual(['1@0+2 ab', '2@4+2 cd']);
});

test('a final line end opens no further line', () => {
  expect(cut(encode('a\n'), 8)).toHaveLength(1);
  expect(cut(encode('a\r'), 8)).toHaveLength(1);
  expect(cut(encode(''), 8)).toHaveLength(0);
});

test('bytes that are not UTF-8 are marked, and a real replacement character is not', () => {
  const [bad] = cut(Uint8Array.from([0x61, 0xff, 0x62]), 8);
  expect(bad).toMatchObject({ text: 'a\uFFFDb', problem: 'invalid-utf8' });
  expect(cut(encode('a\uFFFDb'), 8)[0]?.problem).toBeUndefined();
});

test('a line above the limit is marked and counted, and the next one is whole, for any chunk size', () => {
  const bytes = encode(`short\n${'x'.repeat(1000)}\nnext\n`);
  for (const chunkSize of [1, 10, 4096]) {
    const lines = cut(bytes, chunkSize, 600);
    expect(lines.map((line) => [line.start, line.length, line.problem])).toEqual([
      [0, 5, undefined],
      [6, 1000, 'too-long'],
      [1007, 4, undefined],
    ]);
    expect(lines[1]?.text).toHaveLength(512);
  }
});

test('every byte is in a line or in a line end, in any chunks', () => {
  const piece = fc.constantFrom('a', 'é', '😀', '\n', '\r', '\r\n', '\0', 'xyz', ' ');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (pieces, chunkSize) => {
      const bytes = encode(pieces.join(''));
      const whole = cut(bytes, 1024);
      expect(cut(bytes, chunkSize)).toEqual(whole);
      let end = 0;
      for (const line of whole) {
        expect(/^[\r\n]*$/.test(new TextDecoder().decode(bytes.subarray(end, line.start)))).toBe(true);
        expect(new TextDecoder().decode(bytes.subarray(line.start, line.start + line.length))).toBe(line.text);
        end = line.start + line.length;
      }
    }),
  );
});
