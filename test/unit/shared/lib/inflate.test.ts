import { deflateRawSync, deflateSync, gzipSync, constants } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { inflateBody } from '#shared/lib/inflate.ts';

const MIB = 1024 * 1024;
const texts: Readonly<Record<string, Uint8Array>> = {
  'one byte': Uint8Array.from([65]),
  'a sentence': Buffer.from('the quick brown fox jumps over the lazy dog'),
  'a run of one letter': Buffer.alloc(100_000, 'a'),
  'bytes without a pattern': Uint8Array.from({ length: 70_000 }, (_, index) => (Math.imul(index + 1, 2654435761) >>> 13) & 0xff),
  'JSON with repeats': Buffer.from(
    JSON.stringify(Array.from({ length: 4000 }, (_, id) => ({ id, name: `user-${String(id % 97)}`, ok: id % 3 === 0 }))),
  ),
};

describe.each(Object.entries(texts))('%s', (_, bytes) => {
  test.each([0, 1, 6, 9])('packed at level %d comes out as it was', (level) => {
    const whole = { content: bytes, end: 'whole' };
    const plain = ({ content, end }: { content: Uint8Array; end: string }): unknown => ({ content: Buffer.from(content), end });
    const wanted = plain(whole);
    for (const [packed, encoding] of [
      [gzipSync(bytes, { level }), 'gzip'],
      [deflateSync(bytes, { level }), 'deflate'],
      [deflateRawSync(bytes, { level }), 'deflate'],
      [deflateRawSync(bytes, { level, strategy: constants.Z_FIXED }), 'deflate'],
    ] as const) {
      const found = inflateBody(packed, encoding, 8 * MIB);
      expect(found && plain(found)).toEqual(wanted);
    }
  });
});

test('a gzip header with a name, a comment and extra bytes is stepped over', () => {
  const packed = gzipSync('hello');
  const header = Uint8Array.from([0x1f, 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, ...Buffer.from('name\0comment\0'), 0, 0]);
  const found = inflateBody(Buffer.concat([header, packed.subarray(10)]), 'gzip', MIB);
  expect(Buffer.from(found?.content ?? []).toString()).toBe('hello');
});

test('data that is cut short gives what there is, and says so', () => {
  const bytes = texts['JSON with repeats'] ?? new Uint8Array();
  const packed = gzipSync(bytes);
  for (const share of [0.3, 0.6, 0.95]) {
    const found = inflateBody(packed.subarray(0, Math.floor(packed.length * share)), 'gzip', 8 * MIB);
    expect(found?.end).toBe('cut');
    const content = found?.content ?? new Uint8Array();
    expect(Buffer.from(content).equals(Buffer.from(bytes.subarray(0, content.length)))).toBe(true);
  }
});

test('a bomb stops at the limit', () => {
  const found = inflateBody(gzipSync(Buffer.alloc(64 * MIB)), 'gzip', MIB);
  expect([found?.end, found?.content.length]).toEqual(['limit', MIB]);
});

test('what is no DEFLATE is not unpacked, whatever the bytes are', () => {
  expect(inflateBody(Buffer.from('plain text'), 'gzip', MIB)).toBeUndefined();
  expect(inflateBody(Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff]), 'gzip', MIB)).toBeUndefined();
  expect(inflateBody(gzipSync('x'), 'br', MIB)).toBeUndefined();
  for (let seed = 1; seed < 400; seed += 1) {
    const noise = Uint8Array.from({ length: 200 }, (_, index) => (Math.imul(index + seed, 2246822519) >>> 11) & 0xff);
    const found = inflateBody(noise, 'deflate', MIB);
    expect(found === undefined || found.content.length <= MIB).toBe(true);
  }
});
