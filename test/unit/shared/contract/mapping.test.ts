import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mappingSchema, parseMapping } from '#shared/contract/mapping.ts';

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

test.each([
  [{ ...mapping, colour: 1 }, 'the keys are name, requires, time, duration, fields, timings, requestHeaders'],
  [{ ...mapping, fields: { colour: ['c'] } }, 'the keys are method, request, url, scheme, host'],
  [{ ...mapping, time: { ...mapping.time, colour: 1 } }, 'the keys are from, date, format, kind, utc'],
  [{ ...mapping, duration: { ...mapping.duration, colour: 1 } }, 'the keys are from, unit'],
  [{ ...mapping, timings: { dns: { ...mapping.duration, colour: 1 } } }, 'the keys are from, unit'],
  [{ ...mapping, responseHeaders: { colour: 1 } }, 'the keys are maps, prefix, named'],
  [{ ...mapping, requestBody: { from: ['b'], encoding: 'text', colour: 1 } }, 'the keys are from, encoding'],
])('a key that is not known is answered with those that are: %j', (value, sentence) => {
  const answer = parseMapping(JSON.stringify(value));
  expect(answer).toEqual(expect.stringContaining(sentence));
});

test('the example that the documentation names is a mapping with every part', () => {
  const example = parseMapping(readFileSync(new URL('../../../../resources/examples/mapping.json', import.meta.url), 'utf8'));
  expect(example).toBeTypeOf('object');
  expect(Object.keys(example)).toEqual(Object.keys(mappingSchema.shape));
});

test('a pattern is a time format', () => {
  expect(parseMapping(JSON.stringify({ ...mapping, time: { from: ['t'], format: '%Y/%m/%d - %H:%M:%S', kind: 'end' } }))).toBeTypeOf(
    'object',
  );
});
