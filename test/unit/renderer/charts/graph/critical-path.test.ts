import { expect, test } from 'vitest';
import { findCriticalPath, lengthOf } from '#renderer/charts/graph/critical-path.ts';
import { toForest } from '#renderer/charts/graph/chain-tree.ts';
import { timedChain } from '#test/support/timed-chain.ts';

/** The path as `a 0–10 70–100, c 10–70`: calls by name, stretches in ms from the start of the chain. */
function pathOf(text: string): string {
  const { calls, edges, start } = timedChain(text);
  const path = findCriticalPath(toForest(calls, edges));
  return [...path]
    .map(([ref, stretches]) => {
      const parts = stretches.toSorted((a, b) => a.from - b.from).map(({ from, to }) => `${String(from - start)}–${String(to - start)}`);
      return [ref, ...parts].join(' ');
    })
    .sort()
    .join(', ');
}

test.each([
  ['of calls side by side only the last one to end was waited for', 'a 0-100 > b 10-40, a > c 10-70', 'a 0–10 70–100, c 10–70'],
  ['calls one after the other were all waited for', 'a 0-100 > b 10-40, a > c 50-90', 'a 0–10 40–50 90–100, b 10–40, c 50–90'],
  ['what lies deeper stands for what waits for it', 'a 0-100 > b 10-90, b > c 20-80', 'a 0–10 90–100, b 10–20 80–90, c 20–80'],
  ['a cause that ended before its effect is on the path up to its end', 'a 0-20 > b 50-100', 'a 0–20, b 50–100'],
  ['an effect that outlives its cause is waited for, the cause only until it began', 'a 0-50 > b 30-100', 'a 0–30, b 30–100'],
  ['an effect that began before its cause by its clock is passed over', 'a 10-100 > b 5-60', 'a 10–100'],
  ['of several beginnings the one whose end is the last', 'a 0-30, b 40-90 > c 50-60', 'b 40–50 60–90, c 50–60'],
  ['calls without a length take no stretch', 'a 0-0 > b 40-40', 'a, b'],
])('%s', (_name, text, path) => {
  expect(pathOf(text)).toBe(path);
});

test('a chain without times has no path', () => {
  expect(pathOf('a ?, b ?')).toBe('');
});

test('its length leaves pauses out', () => {
  const { calls, edges } = timedChain('a 0-20 > b 50-100');
  expect(lengthOf(findCriticalPath(toForest(calls, edges)))).toBe(70);
});

test('a chain of thousands of calls, each in the one before it, is walked', () => {
  const names = Array.from({ length: 3000 }, (_, place) => `c${String(place)} ${String(place)}-${String(9000 - place)}`);
  const text = names.map((name, place) => (place === 0 ? name : `c${String(place - 1)} > ${name}`)).join(', ');
  const { calls, edges } = timedChain(text);
  expect(findCriticalPath(toForest(calls, edges)).size).toBe(3000);
});
