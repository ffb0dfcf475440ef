import { expect, test } from 'vitest';
import { withFixedDates } from '#electron/node/pdf-dates.ts';

test('both dates become the fixed one in as many bytes, all other bytes stay', () => {
  const pdf = Buffer.from("%PDF-1.4\n\u00ff\u0080<</Creator (x)\n/CreationDate (D:20261121232500+00'00')\n/ModDate (D:20261121232501-05'30')>>", 'latin1');
  const fixed = withFixedDates(pdf);
  expect(fixed.length).toBe(pdf.length);
  expect(fixed.toString('latin1')).toBe("%PDF-1.4\n\u00ff\u0080<</Creator (x)\n/CreationDate (D:19700101000000+00'00')\n/ModDate (D:19700101000000+00'00')>>");
});

test('a date elsewhere, in a text of the evidence say, stays', () => {
  const pdf = Buffer.from('(D:20261121232500) Tj', 'latin1');
  expect(withFixedDates(pdf).equals(pdf)).toBe(true);
});
