import { expect, test } from 'vitest';
import { parseMapping } from '#shared/contract/mapping.ts';

const mapping = {
  name: 'shop',
  requires: ['t', 'm'],
  time: { from: ['t'], format: 'clf', kind: 'end' },
  duration: { from: ['took'], unit: 'ms' },
  fields: { method: ['m'], url: ['request.url', 'u'] },
  requestHeaders: { maps: ['h'], prefix: 'in_', named: { 'x-api-key': ['key'] } },
};

test('a mapping file is read as it stands', () => {
  expect(parseMapping(JSON.stringify(mapping))).toEqual(mapping);
  expect(parseMapping(`\uFEFF${JSON.stringify({ name: 'x', requires: [], fields: { url: ['u'] } })}`)).toEqual({
    name: 'x',
    requires: [],
    fields: { url: ['u'] },
  });
});

test.each([
  ['not JSON', '{', /^the mapping is not valid JSON: /],
  ['a field that no call has', JSON.stringify({ ...mapping, fields: { colour: ['c'] } }), /^fields: /],
  ['a unit that is not known', JSON.stringify({ ...mapping, duration: { from: ['took'], unit: 'hours' } }), /^duration\.unit: /],
  [
    'a time format that is none',
    JSON.stringify({ ...mapping, time: { from: ['t'], format: 'yesterday', kind: 'end' } }),
    /^time\.format: not one of auto, iso/,
  ],
  ['a path that is no text', JSON.stringify({ ...mapping, fields: { url: [7] } }), /^fields\.url\.0: /],
  ['a key that a mapping does not have', JSON.stringify({ ...mapping, colour: 1 }), /^the mapping: /],
])('%s is refused in one sentence that says where', (_, text, sentence) => {
  const answer = parseMapping(text);
  expect(answer).toEqual(expect.stringMatching(sentence));
});

test('a pattern is a time format', () => {
  expect(parseMapping(JSON.stringify({ ...mapping, time: { from: ['t'], format: '%Y/%m/%d - %H:%M:%S', kind: 'end' } }))).toBeTypeOf(
    'object',
  );
});
