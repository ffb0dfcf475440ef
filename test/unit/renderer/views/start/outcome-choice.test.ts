import { expect, test } from 'vitest';
import type { RecentCase } from '#shared/contract/table.ts';
import { casesOf } from '#renderer/views/start/outcome-choice.ts';

const named = (id: string, more: Partial<RecentCase> = {}): RecentCase => ({
  id,
  title: id,
  file: id,
  bytes: 1,
  modified: '2026-10-01T00:00:00.000Z',
  ...more,
});
const cases = [named('one', { outcome: 'fraud' }), named('two'), named('three', { outcome: 'none-found' })];
const ids = (chosen: Parameters<typeof casesOf>[1]) => casesOf(cases, chosen).map(({ id }) => id);

test('cases are listed by what they came to', () => {
  expect(ids(undefined)).toEqual(['one', 'two', 'three']);
  expect(ids('fraud')).toEqual(['one']);
});

test('none found is not the same as not said', () => {
  expect(ids('none-found')).toEqual(['three']);
  expect(ids('unsaid')).toEqual(['two']);
});
