import { expect, test } from 'vitest';
import { between, matching } from '#renderer/query/queries.ts';
import { parseQuery } from '#shared/query/parse.ts';

test('a plain value stands bare, one that the language would misread is quoted', () => {
  expect(matching('host', 'api.acme.test')).toBe('host:api.acme.test');
  expect(parseQuery(matching('principal', 'support agent or "else"'))).toMatchObject({
    ok: true,
    ast: { kind: 'match', field: 'principal', values: [['support agent or "else"']] },
  });
});

test('a star in a value means the star, not any text', () => {
  expect(parseQuery(matching('path', '/v1/*'))).toMatchObject({ ok: true, ast: { values: [['/v1/*']] } });
});

test('a stretch of time is a query that the language reads', () => {
  expect(parseQuery(between('2026-10-01T00:00:00.000000Z', '2026-10-01T00:30:00.000Z'))).toMatchObject({ ok: true, ast: { kind: 'and' } });
});
