import { expect, test } from 'vitest';

import { toSpec } from '#test/bench/truth-openapi/specs.ts';

const get = { get: {} };

test('templates have the base path of the first server, and no query, fragment or last slash', () => {
  const spec = toSpec('acme.test/shop', {
    servers: [{ url: 'https://{region}.acme.test/v1/', variables: { region: { default: 'eu' } } }],
    paths: { '/users/{id}/': get, '/users?active=1': get, '/#X-Target=Things': get },
  });
  expect(spec?.host).toBe('acme-test-shop.example');
  expect(spec?.templates.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/users/{id}', 'GET /v1/users', 'GET /v1']);
});

test('templates that differ by parameter names alone are one', () => {
  const spec = toSpec('a', { paths: { '/a/{x}': get, '/a/{y}': get, '/b': get } });
  expect(spec?.templates).toHaveLength(2);
});

test('parameters are followed through references and read from Swagger 2 as well', () => {
  const spec = toSpec('a', {
    basePath: '/v2',
    paths: { '/a/{x}': { get: { parameters: [{ $ref: '#/parameters/X' }] } }, '/b': get },
    parameters: { X: { name: 'x', in: 'path', type: 'string', enum: ['on', 'off'] } },
  });
  expect(spec?.templates[0]?.parameters.get('x')).toEqual({ type: 'string', enum: ['on', 'off'] });
});

test('a description without two paths is none', () => {
  expect(toSpec('a', { paths: { '/a': get } })).toBeUndefined();
});
