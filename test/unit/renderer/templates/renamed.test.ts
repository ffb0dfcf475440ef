import { expect, test } from 'vitest';
import { idAfter } from '#renderer/templates/renamed.ts';

const PLACE = { host: 'a.test', template: '/x' };
const row = (kind: 'merged' | 'split' | 'renamed' | 'moved', method = 'GET') => ({
  rows: [{ method, before: '/x', after: '/{name}', calls: 1, kind }],
});

test('an endpoint whose calls all go one way is called by where they go, its endpoint included', () => {
  expect(idAfter('GET a.test/x', PLACE, row('merged'))).toBe('GET a.test/{name}');
  expect(idAfter('POST a.test/x · query Me', PLACE, row('renamed', 'POST'))).toBe('POST a.test/{name} · query Me');
});

test('an endpoint whose calls stay or go several ways has no other name', () => {
  expect(idAfter('GET a.test/x', PLACE, row('split'))).toBeUndefined();
  expect(idAfter('GET a.test/x', PLACE, row('moved'))).toBeUndefined();
  expect(idAfter('PUT a.test/x', PLACE, row('merged'))).toBeUndefined();
  expect(idAfter('GET a.test/x', PLACE, { rows: [] })).toBeUndefined();
});
