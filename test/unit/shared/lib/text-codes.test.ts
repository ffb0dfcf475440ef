import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { beyondUnits, TEXT_CODES_MARGIN, textCodes } from '#shared/lib/text-codes.ts';

/** The places in the text of its ASCII letters, read back from the bytes. */
function placesOfAscii(text: string): readonly (readonly [place: number, letter: string])[] {
  const { codes, length } = textCodes(text);
  const places: [number, string][] = [];
  let beyond = 0;
  for (let at = 0; at < length; at += 1) {
    const code = codes[at] ?? 0;
    if (code < 128) places.push([at - beyond, String.fromCharCode(code)]);
    else beyond += beyondUnits(code);
  }
  return places;
}

const expected = (text: string): readonly (readonly [number, string])[] =>
  [...Array(text.length).keys()].filter((at) => text.charCodeAt(at) < 128).map((at) => [at, text.charAt(at)]);

test('every ASCII letter is found at its own place, whatever stands between', () => {
  const letters = fc.constantFrom('a', '"', '\\', '0', 'é', 'ÿ', '‹', '日', '😀', '\ud83d', '\udc00', '\u0000', '\u0080');
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 120 }), (text) => {
      expect(placesOfAscii(text)).toEqual(expected(text));
    }),
  );
});

test('a text of a megabyte leaves the next one as it is', () => {
  const long = '‹x›'.repeat(200_000);
  expect(placesOfAscii(long)).toHaveLength(200_000);
  expect(placesOfAscii(long).at(-1)).toEqual([599_998, 'x']);
  expect(placesOfAscii('a‹b')).toEqual(expected('a‹b'));
});

test('zeros follow the last byte even where a longer text stood before', () => {
  textCodes('x'.repeat(500));
  for (const text of ['short', 'longer than what is copied letter by letter']) {
    const { codes, length } = textCodes(text);
    expect([...codes.subarray(length, length + TEXT_CODES_MARGIN)]).toEqual(Array<number>(TEXT_CODES_MARGIN).fill(0));
  }
});
