import { expect, test } from 'vitest';

import { makeRequests } from '#test/bench/truth-openapi/requests.ts';
import type { TruthSpec } from '#test/bench/truth-openapi/specs.ts';
import { seededRandom } from '#test/support/large/random.ts';

const template = (path: string, method = 'GET') => ({ method, path, parameters: new Map([['user_id', { type: 'integer' }]]) });
const spec: TruthSpec = {
  name: 'acme',
  host: 'acme.example',
  templates: [template('/users/{user_id}'), template('/users/{user_id}/orders/{order}.json'), template('/users', 'POST')],
};
const requests = makeRequests(spec, seededRandom('requests'));

test('every template has 5 to 60 requests that fit it, and some requests fit none', () => {
  for (const each of ['GET /users/{}', 'GET /users/{}/orders/{}.json', 'POST /users']) {
    const own = requests.filter((request) => request.template === each);
    expect(own.length).toBeGreaterThanOrEqual(5);
    expect(own.length).toBeLessThanOrEqual(60);
    const pattern = new RegExp(`^${each.split(' ')[1]?.replaceAll('{}', '[^/]+') ?? ''}$`);
    for (const { path } of own) expect(path).toMatch(pattern);
  }
  expect(requests.filter(({ template: of }) => of === undefined).every(({ status }) => status === 404)).toBe(true);
});

test('the same seed makes the same requests', () => {
  expect(makeRequests(spec, seededRandom('requests'))).toEqual(requests);
});
