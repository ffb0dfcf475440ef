import { expect, test } from 'vitest';
import { csvCell, csvLine } from '#shared/engine/report/csv.ts';

test('a line ends with CRLF and quotes what needs it', () => {
  expect(csvLine(['a', 'b,c', 'say "x"', 'two\nlines', ''])).toBe('a,"b,c","say ""x""","two\nlines",\r\n');
});

test.each(['-5.00', '+1', '3', '-.5', '+1e-3', '1.'])('the plain number %s stays a number', (number) => {
  expect(csvCell(number)).toBe(number);
});

test('a reference with a file name stays as it is', () => {
  expect(csvCell('logs/kong.jsonl#12')).toBe('logs/kong.jsonl#12');
});
