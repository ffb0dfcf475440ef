import { describe, expect, test } from 'vitest';
import { LineCutter } from '#shared/lib/lines.ts';
import { cutParts, type LinePart } from '#shared/engine/reading/read.ts';

const MIB = 1024 * 1024;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function partsOf(chunks: AsyncIterable<Uint8Array>, markLength = 0): Promise<LinePart[]> {
  const parts: LinePart[] = [];
  for await (const part of cutParts(chunks, markLength)) parts.push(part);
  return parts;
}

/** Start and length of every line, as the parts give them. */
function linesOf(parts: readonly LinePart[]): readonly (readonly [start: number, length: number])[] {
  return parts.flatMap((part) => {
    const cutter = new LineCutter();
    const cut = [...cutter.push(part.bytes)];
    const last = cutter.end();
    if (last !== undefined) cut.push(last);
    return cut.map((line, index) => [part.offset + line.start, line.length + (index === cut.length - 1 ? part.leftOut : 0)] as const);
  });
}

function linesAtOnce(bytes: Uint8Array): readonly (readonly [start: number, length: number])[] {
  const cutter = new LineCutter();
  const cut = [...cutter.push(bytes)];
  const last = cutter.end();
  if (last !== undefined) cut.push(last);
  return cut.map(({ start, length }) => [start, length] as const);
}

describe('parts hold the lines that the whole source holds, at their places', () => {
  const line = (index: number): string => `${String(index)} ${'x'.repeat(index % 3000)}`;
  const texts: readonly (readonly [string, string])[] = [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['a lone CR', '\r'],
  ];
  test.each(texts)('ended by %s', async (_, end) => {
    const bytes = encode(Array.from({ length: 3000 }, (_each, index) => line(index)).join(end));
    for (const size of [1000, 65_537, 700_001, 3 * MIB]) {
      const parts = await partsOf(inChunks(bytes, size));
      expect(parts.length).toBeGreaterThan(1);
      expect(linesOf(parts)).toEqual(linesAtOnce(bytes));
    }
  });
});

test('a line of 300 MB is one line of that length, and what is held stays small', async () => {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(encode('first\n'));
    const zeros = new Uint8Array(MIB);
    for (let count = 0; count < 300; count += 1) yield zeros;
    yield encode('\r\nlast\n');
  }
  const parts = await partsOf(chunks());
  expect(Math.max(...parts.map(({ bytes }) => bytes.length))).toBeLessThan(20 * MIB);
  expect(linesOf(parts)).toEqual([
    [0, 5],
    [6, 300 * MIB],
    [6 + 300 * MIB + 2, 4],
  ]);
});

test('a line that is too long and never ends is counted to the end of the source', async () => {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let count = 0; count < 30; count += 1) yield await Promise.resolve(new Uint8Array(MIB).fill(120));
  }
  expect(linesOf(await partsOf(chunks()))).toEqual([[0, 30 * MIB]]);
});

test('an empty source is one empty part, and a byte order mark belongs to none', async () => {
  expect(await partsOf(inChunks(new Uint8Array(0), 10))).toEqual([{ bytes: new Uint8Array(0), offset: 0, first: true, leftOut: 0 }]);
  expect(linesOf(await partsOf(inChunks(encode('\uFEFFa\nb'), 1), 3))).toEqual([
    [3, 1],
    [5, 1],
  ]);
});
