import { expect, test } from 'vitest';
import { dependsOnReview } from '#renderer/query/review-methods.ts';

test('lists of calls and everything of the analyst depend on the changes', () => {
  for (const method of ['calls.page', 'calls.get', 'review.tags', 'review.log'])
    expect(dependsOnReview(method, { query: 'host:a' }), method).toBe(true);
});

test('what counts calls depends on them only when it asks for them', () => {
  for (const method of [
    'calls.position',
    'calls.step',
    'calls.count',
    'calls.facets',
    'calls.activity',
    'calls.values',
    'calls.messages',
    'chains.page',
    'graph.map',
  ]) {
    expect(dependsOnReview(method, { query: 'host:a', field: 'host' }), method).toBe(false);
    expect(dependsOnReview(method, { query: 'host:a -is:starred' }), method).toBe(true);
  }
  expect(dependsOnReview('calls.step', { query: 'host:a', clause: 'is:marked' })).toBe(true);
  expect(dependsOnReview('calls.values', { query: '', field: 'tag' })).toBe(true);
  expect(dependsOnReview('calls.facets', { query: '', fields: ['host', 'tag'] })).toBe(true);
});

test('nothing else does, whatever it is asked; nor does a query that cannot be understood', () => {
  expect(dependsOnReview('case.info', {})).toBe(false);
  expect(dependsOnReview('chains.get', { id: 'tag:x' })).toBe(false);
  expect(dependsOnReview('calls.activity', { query: 'tag:x and (' })).toBe(false);
});
