import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { JsonCutter } from '#shared/lib/json-cutter.ts';
import type { CutEnd, PathStep, Piece, Treatment, ValueKind } from '#shared/lib/json-cutter.ts';

type Treat = (path: readonly PathStep[], kind: ValueKind) => Treatment;
const items: Treat = (path) => (path.length === 0 ? 'enter' : 'cut');
const entries: Treat = (path) =>
  path.length < 2 || (path.length === 2 && path[1] === 'entries') ? 'enter' : path[1] === 'entries' ? 'cut' : 'skip';

function cut(text: string, treat: Treat, chunkSize = 1024, maxPiece = 1024): { pieces: Piece[]; end: CutEnd } {
  const bytes = new TextEncoder().encode(text);
  const cutter = new JsonCutter(treat, maxPiece);
  const pieces: Piece[] = [];
  const keep = (piece: Piece): void => {
    pieces.push({ ...piece, bytes: piece.bytes.slice() });
  };
  for (let at = 0; at < bytes.length; at += chunkSize) cutter.push(bytes.slice(at, at + chunkSize)).forEach(keep);
  const last = cutter.end();
  last.pieces.forEach(keep);
  return { pieces, end: last.end };
}

const show = (pieces: readonly Piece[]): string[] =>
  pieces.map((piece) => `${piece.path.join('.')} @${String(piece.start)} ${new TextDecoder().decode(piece.bytes)}`);

test('values at the wanted place are cut out, whatever stands before, between and after them', () => {
  const text = '{"log": {"x": {"entries": [1]}, "entries": [ {"a": "]}"}, {"b":[]} ], "creator": {"name": "c"}}}';
  const { pieces, end } = cut(text, entries);
  expect(show(pieces)).toEqual(['log.entries.0 @45 {"a": "]}"}', 'log.entries.1 @58 {"b":[]}']);
  expect(end.kind).toBe('complete');
});

test('brackets and escaped quotes inside strings are text', () => {
  expect(show(cut('[{"a":"\\"}{\\\\"},"\\\\",3]', items).pieces)).toEqual(['0 @1 {"a":"\\"}{\\\\"}', '1 @16 "\\\\"', '2 @21 3']);
});

test('documents may follow each other, and a call may stand around them', () => {
  expect(show(cut('{"a":1}{"a":2}\n{"a":3}', (path) => (path.length === 0 ? 'cut' : 'skip')).pieces)).toHaveLength(3);
  expect(show(cut('callback({"log":{"entries":[{}]}});', entries).pieces)).toEqual(['log.entries.0 @28 {}']);
});

test('an escaped key is the key that it stands for', () => {
  expect(show(cut('{"l\\u006fg":{"entries":[1]}}', entries).pieces)).toEqual(['log.entries.0 @24 1']);
});

test('a stream that ends inside a value says where that value began', () => {
  expect(cut('[{"a":1},{"b":"x', items).end).toMatchObject({ kind: 'truncated', at: 9, path: [1] });
  expect(cut('[{"a":1}', items).end).toMatchObject({ kind: 'truncated', path: [0], start: undefined });
});

test('what cannot stand in an object ends the reading, with its place', () => {
  expect(cut('{"log":{"entries":[{}] oops}}', entries)).toMatchObject({
    pieces: [{ start: 19 }],
    end: { kind: 'broken', at: 23, found: '"o"' },
  });
});

test('a stray bracket in a list is a piece of its own, and the list goes on', () => {
  expect(show(cut('[{"a":}},{"b":1}]', items).pieces)).toEqual(['0 @1 {"a":}', '1 @7 }', '2 @9 {"b":1}']);
});

test('a value above the limit is marked, measured and kept only in its beginning', () => {
  for (const chunkSize of [1, 7, 4096]) {
    const { pieces } = cut(`["${'x'.repeat(2000)}",{"b":1}]`, items, chunkSize, 1000);
    expect(pieces.map((piece) => [piece.length, piece.tooLong, piece.bytes.length])).toEqual([
      [2002, true, 512],
      [7, false, 7],
    ]);
  }
});

test('a hundred thousand levels are counted without recursion', () => {
  const { pieces } = cut(`[${'['.repeat(100_000)}${']'.repeat(100_000)}]`, items);
  expect(pieces[0]?.depth).toBe(100_000);
});

test('it cuts what JSON.parse would give, in any chunks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 11 }),
      fc.constantFrom(undefined, 1, '\t'),
      (values, chunkSize, space) => {
        const text = JSON.stringify(values, undefined, space);
        const { pieces, end } = cut(text, items, chunkSize, 1_000_000);
        expect(end.kind).toBe('complete');
        expect(pieces.map((piece): unknown => JSON.parse(new TextDecoder().decode(piece.bytes)))).toEqual(JSON.parse(text));
        const bytes = new TextEncoder().encode(text);
        for (const piece of pieces) expect(bytes.subarray(piece.start, piece.start + piece.length)).toEqual(Uint8Array.from(piece.bytes));
      },
    ),
  );
});

test('no bytes whatever make it throw, and chunks never matter', () => {
  const noise = fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', ' ', '\n', 'a', '1', 'é'), maxLength: 40 });
  fc.assert(
    fc.property(noise, fc.integer({ min: 1, max: 5 }), (text, chunkSize) => {
      expect(cut(text, entries, chunkSize)).toEqual(cut(text, entries));
      expect(cut(text, items, chunkSize)).toEqual(cut(text, items));
    }),
  );
});

/** Cuts the one value of a text whose strings have a limit; what comes out must be JSON. */
function shorten(text: string, maxString: number, chunkSize: number, maxPiece = 10_000): { value: unknown; piece: Piece | undefined } {
  const bytes = new TextEncoder().encode(text);
  const cutter = new JsonCutter(() => 'cut', maxPiece, maxString);
  let piece: Piece | undefined;
  for (let at = 0; at < bytes.length; at += chunkSize) {
    for (const cut of cutter.push(bytes.slice(at, at + chunkSize))) piece = { ...cut, bytes: cut.bytes.slice() };
  }
  const value: unknown = piece === undefined || piece.tooLong ? undefined : JSON.parse(new TextDecoder().decode(piece.bytes));
  return { value, piece };
}

test.each([1, 3, 7, 1000])(
  'a string above its limit keeps its start, and the value goes on after it, in chunks of %d bytes',
  (chunkSize) => {
    const text = `{"a":"${'x'.repeat(50)}","b":"short","c":["${'y'.repeat(11)}"]}`;
    const { value, piece } = shorten(text, 10, chunkSize);
    expect(value).toEqual({ a: 'x'.repeat(10), b: 'short', c: ['y'.repeat(10)] });
    expect(piece).toMatchObject({ length: text.length, leftOut: 41, tooLong: false });
  },
);

test('a string is never shortened inside of an escape or a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.integer({ min: 12, max: 30 }),
      fc.integer({ min: 1, max: 50 }),
      (text, max, size) => {
        const { value, piece } = shorten(JSON.stringify({ before: text, after: [text] }), max, size);
        const { before } = value as { before: string };
        expect(text.startsWith(before) || text.startsWith(before.slice(0, -1))).toBe(true);
        if (piece?.leftOut === 0) expect(before).toBe(text);
      },
    ),
  );
  for (let max = 12; max < 40; max += 1) {
    const { value } = shorten(`["${'\\\\'.repeat(3)}\\u00e9\\"ü\\ud83d\\ude00${'\\\\'.repeat(5)}\\n€"]`, max, 5);
    expect('\\\\\\é"ü\ud83d\ude00\\\\\\\\\\\n€'.startsWith((value as string[])[0] ?? 'x')).toBe(true);
  }
});

test('a value with long strings is measured by what is kept of them', () => {
  expect(shorten(`["${'x'.repeat(5000)}",1]`, 10, 64, 100).piece).toMatchObject({ tooLong: false, leftOut: 4990 });
  expect(shorten(`[${'1,'.repeat(200)}"${'x'.repeat(5000)}"]`, 10, 64, 100).piece).toMatchObject({ tooLong: true });
});
