import { expect, test } from 'vitest';
import { mentionsReview } from '#shared/query/mentions-review.ts';
import { parseQuery } from '#shared/query/parse.ts';

const mentions = (text: string): boolean => {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return mentionsReview(parsed.ast);
};

test.each([
  'tag:exfil',
  'tag:*',
  'note:"not theirs"',
  'is:starred',
  'host:a and (status:200 or -has:note)',
  'not (not is:marked)',
  '-has:tag',
])('%s asks for what the analyst said', (text) => {
  expect(mentions(text)).toBe(true);
});

test.each(['*', 'tag', '"tag:exfil"', 'host:tag', 'has:finding', 'status >= 400 and not note'])('%s does not', (text) => {
  expect(mentions(text)).toBe(false);
});
