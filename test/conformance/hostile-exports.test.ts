/** A case with an attack in every field, exported: what people open with a double click (HTML on paper, tables in a spreadsheet) holds it as text alone. */
import { csvParseRows } from 'd3';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printPdf } from '#electron/node/pdf/pdf.ts';
import { makeHostileCase } from '#test/support/trust/hostile-case.ts';
import { PLANTED } from '#test/support/trust/hostile-bundle.ts';
import { fieldsIn } from '#test/support/trust/vectors.ts';

const PATIENCE = 120_000;
let made: Awaited<ReturnType<typeof makeHostileCase>>;

beforeAll(async () => {
  made = await makeHostileCase();
}, PATIENCE);
afterAll(() => {
  rmSync(made.folder, { recursive: true });
});

/** Columns in which evidence stands as text, by table; each must have been attacked, else it proved nothing. */
const ATTACKED_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  csv: ['calls', 'endpoints', 'principals', 'title'],
  kpis: ['value'],
  inventory: ['drift', 'operation', 'template'],
  calls: ['chain', 'clientIp', 'contentType', 'endpoint', 'method', 'path', 'principal', 'query', 'ref', 'referer', 'requestId', 'route', 'service', 'tool', 'upstream', 'userAgent'],
}; // prettier-ignore

/** What begins a formula somewhere: at the start of a cell, in any width of its sign, after white space too. Source: OWASP, "CSV Injection". */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r]/u;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

test.each(['csv', 'kpis', 'inventory', 'calls'])('in %s every cell of every column is text or a number, none a formula', (id) => {
  const path = id === 'calls' ? join(made.folder, 'calls.csv') : (made.exports.get(id) ?? '');
  const [head = [], ...rows] = csvParseRows(readFileSync(path, 'utf8'));
  expect(rows.length).toBeGreaterThan(0);
  const attacked = new Set<string>();
  for (const row of rows) {
    expect(row).toHaveLength(head.length);
    for (const [index, cell] of row.entries()) {
      const column = head[index] ?? '';
      if (!NUMBER.test(cell)) expect(cell, `${column} of ${id}`).not.toMatch(FORMULA);
      if (fieldsIn(cell).size > 0) attacked.add(column);
      for (const secret of PLANTED) expect(cell.includes(secret), `a secret in ${column} of ${id}`).toBe(false);
    }
  }
  expect([...attacked].sort()).toEqual(ATTACKED_COLUMNS[id]);
});

test(
  'the printed page holds as text what the page holds, opens nothing, runs nothing',
  async () => {
    const html = made.exports.get('html') ?? '';
    const pdf = join(made.folder, 'report.pdf');
    await printPdf(html, pdf);
    const bytes = readFileSync(pdf);
    // Actions of a PDF that leave the document or run, outside of its packed streams, whose bytes may spell anything. Source: ISO 32000-1, 12.6.4.
    expect(bytes.toString('latin1').replaceAll(/\bstream\r?\n[^]*?endstream/g, '')).not.toMatch(
      /\/(?:URI|JavaScript|JS|Launch|GoToR|SubmitForm|ImportData|EmbeddedFile|RichMedia|AA|OpenAction)\b/,
    );
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    // Lines break inside of a mark.
    const shown = fieldsIn(text.replaceAll(/\s+/g, ''));
    const source = fieldsIn(readFileSync(html, 'utf8').replaceAll(/<wbr>/g, ''));
    expect([...source].filter((field) => !shown.has(field))).toEqual([]);
    expect(shown.size).toBeGreaterThan(20);
    for (const secret of PLANTED) expect(text.includes(secret)).toBe(false);
  },
  PATIENCE,
);
