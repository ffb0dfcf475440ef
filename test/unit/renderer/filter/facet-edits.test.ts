import { expect, test } from 'vitest';
import { facetEdits } from '#renderer/filter/facet-edits.ts';
import { facetFields, flagMeanings } from '#renderer/filter/facet-fields.ts';
import { parseQuery } from '#shared/query/parse.ts';

test('two values of a field widen a query, two flags narrow it', () => {
  const edits = facetEdits('status:403 is:agent');
  expect(edits.include('status', '404')).toBe('status:(403 or 404) is:agent');
  expect(edits.include('flag', 'is:write')).toBe('status:403 is:agent and is:write');
  expect(edits.exclude('flag', 'is:agent')).toBe('status:403 and -is:agent');
  expect(edits.forget('flag', 'is:agent')).toBe('status:403');
  expect([edits.stateOf('flag', 'is:agent'), edits.stateOf('status', '403'), edits.stateOf('flag', 'is:write')]).toEqual([
    'included',
    'included',
    'open',
  ]);
});

test('the calls without a value can be asked for, whatever the field', () => {
  for (const { field } of facetFields.filter(({ field }) => field !== 'flag'))
    expect(parseQuery(facetEdits('').without(field)).ok, field).toBe(true);
  expect(flagMeanings.get('is:agent')).toBe('made by an AI agent');
});
