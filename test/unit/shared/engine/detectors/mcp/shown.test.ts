import { expect, test } from 'vitest';
import type { Told, Version } from '#shared/engine/detectors/mcp/definitions.ts';
import { comparedWith, wordingReader } from '#shared/engine/detectors/mcp/shown.ts';

const version = (first: number): Version => ({
  definition: { kind: 'tool', name: 'search', leaves: [] },
  release: undefined,
  first,
  last: first,
  calls: [],
  lists: 1,
  callers: new Set(),
});
const [older, newer] = [version(10), version(20)];
/** Caller 1 is shown the new wording in between, caller 2 the old one all the time. */
const told: Told = {
  server: 'tools.test',
  teller: undefined,
  kind: 'tool',
  name: 'search',
  versions: [older, newer],
  shows: [
    { time: 10, call: 1, principal: 1, version: older, release: undefined },
    { time: 15, call: 2, principal: 2, version: older, release: undefined },
    { time: 20, call: 3, principal: 1, version: newer, release: undefined },
    { time: 30, call: 4, principal: 1, version: older, release: undefined },
  ],
};
const wordingAt = (time: number, principal: number): Version | undefined => wordingReader(told)({ id: 0, time, principal, bytes: null });

test('a use of a tool is under the wording that its caller was shown last', () => {
  expect(wordingAt(5, 1)).toBeUndefined();
  expect(wordingAt(25, 1)).toBe(newer);
  expect(wordingAt(25, 2)).toBe(older);
  expect(wordingAt(35, 1)).toBe(older);
});

test('who asked for no list is taken to know what anybody was shown last', () => {
  expect(wordingAt(25, 3)).toBe(newer);
});

test('a change is compared with the last list before it, not with one that came after', () => {
  expect(comparedWith({ told, older, newer, parts: [], gains: [] })).toEqual([2]);
});
