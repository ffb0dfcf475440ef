import { expect, test } from 'vitest';
import { toStablePdf } from '#electron/node/pdf/stable-pdf.ts';

const stable = (text: string): string => toStablePdf(Buffer.from(text, 'latin1')).toString('latin1');

test('both dates become the fixed one in as many bytes, all other bytes stay', () => {
  const pdf = "%PDF-1.4\n\u00ff\u0080<</Creator (x)\n/CreationDate (D:20261121232500+00'00')\n/ModDate (D:20261121232501-05'30')>>";
  expect(stable(pdf)).toBe(
    "%PDF-1.4\n\u00ff\u0080<</Creator (x)\n/CreationDate (D:19700101000000+00'00')\n/ModDate (D:19700101000000+00'00')>>",
  );
});

test('a date elsewhere, in a text of the evidence say, stays', () => {
  expect(stable('(D:20261121232500) Tj')).toBe('(D:20261121232500) Tj');
});

test('structure names are counted from one, in their order, wherever they stand', () => {
  const print = (first: number): string =>
    [first + 2, first, first + 7, first].map((number) => `/ID (node${String(number).padStart(8, '0')})`).join('\n');
  expect(stable(print(427))).toBe('/ID (node00000002)\n/ID (node00000001)\n/ID (node00000003)\n/ID (node00000001)');
  expect(stable(print(428))).toBe(stable(print(427)));
});

test('a text of the page that reads like a structure name stays', () => {
  expect(stable('/Alt (see \\(node00000428\\))')).toBe('/Alt (see \\(node00000428\\))');
});
