import { fc } from '#test/support/property.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { printQuery } from '#shared/query/print.ts';
import { queryArbitrary } from './query-arbitrary.ts';

const typed = [
  'a',
  '-a',
  'not a',
  'NOT not a',
  '"b  c"',
  '(a or b)',
  '-(a or b)',
  '(not a)',
  '( a b )',
  'status != 200',
  '(status!=200)',
  'status >= 400',
  'status',
  '>=5',
  'status:(403 or 404)',
  'path:/users(1',
  'path:/a\\*b*',
  'path:a\\ b',
  'end\\',
  '*',
  'time:2026-03-02',
  'is:failed',
  'agent:(x or "y z")',
  'a or b',
  '-5m',
] as const;
const gaps = [' ', '  ', ' and ', ' AND\t', '\n'] as const;

/** Queries as people type them: odd blanks, quotes, escapes, parentheses; all of them can be understood. */
export const typedQuery: fc.Arbitrary<string> = fc
  .oneof(
    fc
      .tuple(
        fc.constantFrom('', ' '),
        fc.array(fc.tuple(fc.constantFrom(...typed), fc.constantFrom(...gaps)), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('', '  '),
      )
      .map(
        ([head, parts, tail]) =>
          head + parts.map(([clause, gap], index) => (index < parts.length - 1 ? clause + gap : clause)).join('') + tail,
      ),
    queryArbitrary.map(printQuery),
    fc
      .array(fc.constantFrom('(a)', 'b', '-c', '"d"', ' ', 'and', ' or ', '(x or y)', 'host:z', '\\'), { maxLength: 8 })
      .map((parts) => parts.join('')),
  )
  .filter((text) => parseQuery(text).ok);
