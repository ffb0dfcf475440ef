import { fc } from '#test/support/property.ts';
import { expect, test } from 'vitest';
import { decodePunycode, encodePunycode } from '#shared/lib/punycode.ts';

// RFC 3492, section 7.1, B, D, L and S, and names in use.
test.each([
  ['他们为什么不说中文', 'ihqwcrb4cv8a8dqg056pqjye'],
  ['Pročprostěnemluvíčesky', 'Proprostnemluvesky-uyb24dma41a'],
  ['3年B組金八先生', '3B-ww4c5e180e575a65lsy2b'],
  ['münchen', 'mnchen-3ya'],
  ['аpple', 'pple-43d'],
  ['\u{1f600}', 'e28h'],
])('%s is %s', (letters, label) => {
  expect(encodePunycode(letters)).toBe(label);
  expect(decodePunycode(label)).toBe(letters);
});

test.each(['a-!', 'ü', '99999999999', 'zzzzzzzz', '-a-b\u0000'])('%j stands for nothing', (label) => {
  expect(decodePunycode(label)).toBeUndefined();
});

test('what is encoded is decoded to the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
      if (/^[\0-\x7F]*$/.test(text)) return;
      expect(decodePunycode(encodePunycode(text))).toBe(text);
    }),
  );
});

test('no label makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (label) => {
      expect(['string', 'undefined']).toContain(typeof decodePunycode(label));
    }),
  );
});
