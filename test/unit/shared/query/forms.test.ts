import { expect, test } from 'vitest';
import { queryForms } from '#shared/query/forms.ts';
import { parseQuery } from '#shared/query/parse.ts';

test.each(queryForms)('the help shows $form, which can be written as it stands', ({ form }) => {
  expect(parseQuery(form).ok).toBe(true);
});

test('a slower form says so', () => {
  const slow = queryForms.filter(({ form }) => /header|body|\/$/.test(form));
  expect(slow.length).toBeGreaterThan(4);
  for (const { meaning } of slow) expect(meaning).toContain('slower');
});
