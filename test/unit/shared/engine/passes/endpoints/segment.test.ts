import { expect, test } from 'vitest';
import { segmentType, splitPath } from '#shared/engine/passes/endpoints/segment.ts';

test.each([
  ['7', 'int'], ['10023', 'int'],
  ['3f2b8c1e-7a4d-4f0b-9c55-0d9d2f6b8a11', 'uuid'], ['507f1f77bcf86cd799439011', 'hex'], ['01ARZ3NDEKTSV4RRFFQ69G5FAV', 'ulid'],
  ['cus_9s6XKzkNRiz8i3', 'code'], ['ord-10023', 'code'], ['INV2024001', 'code'], ['T-1001', 'code'], ['dQw4w9WgXcQAb12xyz', 'code'],
  ['2026-10-01', 'date'], ['anna@acme.test', 'email'], ['10.0.0.7', 'address'], ['main.3f9a.js', 'file'], ['‹jwt fp:0123456789ab›', 'masked'],
  ['me', 'word'], ['users', 'word'], ['v2', 'word'], ['oauth2', 'word'], ['sha256', 'word'], ['payment-methods', 'word'], ['step-2', 'word'], ['en-US', 'word'], ['USD', 'word'], ['openid-configuration', 'word'],
])('%s is %s', (segment, type) => {
  expect(segmentType(segment)).toBe(type);
}); // prettier-ignore

test('a path is decoded and cleaned of empty segments and matrix parameters', () => {
  expect(splitPath('/v1//users/anna%40acme.test;v=1/')).toEqual(['v1', 'users', 'anna@acme.test']);
  expect(splitPath('/100%/x')).toEqual(['100%', 'x']);
});
