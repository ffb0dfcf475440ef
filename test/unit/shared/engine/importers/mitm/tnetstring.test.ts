import { expect, test } from 'vitest';
import { parseTnet, TnetCutter } from '#shared/engine/importers/mitm/tnetstring.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ['3:abc;', 'abc'],
  ['2:-7#', -7],
  ['4:1.25^', 1.25],
  ['4:true!', true],
  ['5:false!', false],
  ['0:~', null],
  ['8:1:1#1:2#]', [1, 2]],
  ['0:]', []],
])('%s is %j', (text, value) => {
  expect(parseTnet(bytes(text))).toEqual(value);
});

test('a dictionary may have keys of bytes or of text', () => {
  expect(parseTnet(bytes('15:1:a,1:1#1:b;0:~}'))).toEqual(
    new Map<string, unknown>([
      ['a', 1],
      ['b', null],
    ]),
  );
});

test.each(['', '3:abc', '4:abc;', 'x:abc;', '3abc;', '3:abc?', '1:x#', '4:1:1#}', '0:;0:;', '1234567890123:x;'])('%j is none', (text) => {
  expect(parseTnet(bytes(text))).toBeUndefined();
});

test('frames are cut at any size of chunk; a long one is passed over by its length', () => {
  const stream = bytes(`3:abc;\n${String(2000)}:${'x'.repeat(2000)},0:~`);
  for (const size of [1, 3, 700, 5000]) {
    const cutter = new TnetCutter(1000);
    const frames = [];
    for (let at = 0; at < stream.length; at += size) frames.push(...cutter.push(stream.subarray(at, at + size)));
    expect(frames.map(({ start, length, tooLong }) => [start, length, tooLong])).toEqual([
      [0, 6, false],
      [7, 2006, true],
      [2013, 3, false],
    ]);
    expect(frames[1]?.bytes.length).toBe(512);
    expect(cutter.end()).toBeUndefined();
  }
});
