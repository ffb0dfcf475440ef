import { expect, test } from 'vitest';
import { withOtherSightings } from '#shared/query/other-sightings.ts';

test('a file that is asked for as the first evidence is asked for as any', () => {
  expect(withOtherSightings('source:a.har and status:200')).toBe('seenIn:a.har and status:200');
  expect(withOtherSightings('not source:*.har or host:source')).toBe('-seenIn:*.har or host:source');
});

test('a query without a file, and one that cannot be read, have no other', () => {
  expect(withOtherSightings('host:a')).toBeUndefined();
  expect(withOtherSightings('source:(')).toBeUndefined();
});
