import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reportStyle } from '#shared/engine/report/style.ts';
import { makeReportStyle, reportStyleGenerator } from '#test/support/generate/report-style.ts';

test('the style in the code is the generated one; npm run generate writes it', async () => {
  expect(readFileSync(reportStyleGenerator.file, 'utf8')).toBe(await reportStyleGenerator.make());
});

test('the style asks for nothing from outside and cannot end its element', () => {
  expect(reportStyle).not.toMatch(/url\(|@import|<|https?:/);
});

test('a token that does not exist stops the generator', () => {
  expect(() => makeReportStyle(':root {\n  --a: 1px;\n}', 'p { color: var(--b); }')).toThrow('tokens.css has no --b');
});
