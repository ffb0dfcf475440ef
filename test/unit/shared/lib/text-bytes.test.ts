import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { detectEncoding, headText, TextBytes } from '#shared/lib/text-bytes.ts';

function utf16(text: string, big: boolean, mark: boolean): Uint8Array {
  const units = [...(mark ? [0xfeff] : []), ...Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))];
  return Uint8Array.from(units.flatMap((unit) => (big ? [unit >> 8, unit & 0xff] : [unit & 0xff, unit >> 8])));
}

async function read(bytes: Uint8Array, chunkSize: number): Promise<{ text: string; places: TextBytes }> {
  const places = new TextBytes();
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkSize) yield Promise.resolve(bytes.slice(at, at + chunkSize));
  }
  const parts: Uint8Array[] = [];
  for await (const part of places.read(chunks())) parts.push(part);
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(parts)), places };
}

test.each([
  ['UTF-8 without a mark', new TextEncoder().encode('{"a'), 'utf-8', 0],
  ['UTF-8 with a mark', Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b]), 'utf-8', 3],
  ['UTF-16 with a mark, low byte first', utf16('{"', false, true), 'utf-16le', 2],
  ['UTF-16 with a mark, high byte first', utf16('{"', true, true), 'utf-16be', 2],
  ['UTF-16 without a mark', utf16('{"a', false, false), 'utf-16le', 0],
  ['UTF-16 without a mark, high byte first', utf16('{"a', true, false), 'utf-16be', 0],
  ['UTF-32', Uint8Array.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), 'utf-32', 4],
  ['a lone byte', Uint8Array.from([0x7b]), 'utf-8', 0],
])('%s is told by its first bytes', (_name, bytes, encoding, markLength) => {
  expect(detectEncoding(bytes)).toEqual({ encoding, markLength });
});

test('the head of a UTF-16 file reads as text', () => {
  expect(headText(utf16('größe', false, true))).toBe('größe');
});

test('UTF-32 is refused by name', async () => {
  await expect(read(Uint8Array.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), 3)).rejects.toThrow('UTF-32');
});

test('a place in the text is found again in the file, in any encoding and chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'é', '€', '😀', '\n'), { minLength: 4, maxLength: 40 }),
      fc.constantFrom('utf8', 'le', 'be'),
      fc.integer({ min: 1, max: 9 }),
      async (characters, kind, chunkSize) => {
        const text = `{"x${characters.join('')}`;
        const encoded = (part: string, mark: boolean): Uint8Array =>
          kind === 'utf8' ? Buffer.concat([Buffer.from(mark ? '\uFEFF' : ''), Buffer.from(part)]) : utf16(part, kind === 'be', mark);
        const result = await read(encoded(text, true), chunkSize);
        expect(result.text).toBe(text);
        let before = '';
        for (const character of [...text, '']) {
          expect(result.places.toSource(Buffer.byteLength(before))).toBe(encoded(before, true).length);
          before += character;
        }
      },
    ),
  );
});

test('a file that ends within a UTF-16 unit ends where its bytes end', async () => {
  const cut = Uint8Array.from([0xfe, 0xff, 0, 0x7b, 0, 0x22, 0]);
  const { places } = await read(cut, 2);
  expect(places.toSource(Number.MAX_SAFE_INTEGER)).toBe(cut.length);
});
