import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { readPdfText } from '#electron/node/pdf/text.ts';

/** A PDF of one page with a title and one piece of text, by hand: readers mend the missing table of offsets. */
function pdfSaying(text: string, title: string): Uint8Array {
  const stream = `BT /F1 12 Tf 20 100 Td (${text}) Tj ET`;
  return Buffer.from(
    [
      '%PDF-1.4',
      '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
      '2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj',
      '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >> endobj',
      `4 0 obj << /Length ${String(stream.length)} >> stream\n${stream}\nendstream endobj`,
      '5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj',
      `6 0 obj << /Title (${title}) >> endobj`,
      'trailer << /Root 1 0 R /Info 6 0 R /Size 7 >>',
      '%%EOF',
    ].join('\n'),
    'latin1',
  );
}

test('the words of a page and the title of the document are read', async () => {
  const { pages, around } = await readPdfText(pdfSaying('token of ann.lee', 'Report of acme'));
  expect(pages).toEqual(['token of ann.lee']);
  expect(around).toContain('Report of acme');
});

test('bytes that are no PDF are refused', async () => {
  await expect(readPdfText(Buffer.from('<html>'))).rejects.toThrow();
});
