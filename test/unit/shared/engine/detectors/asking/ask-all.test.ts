import { expect, test, vi } from 'vitest';
import { askAll } from '#shared/engine/detectors/asking/ask-all.ts';
import type { SecondAsker } from '#shared/engine/detectors/asking/second-asker.ts';
import type { Detector, DetectorOutcome } from '#shared/engine/detectors/detector.ts';
import { detectors } from '#shared/engine/detectors/index.ts';
import { memoryCase } from '#test/support/case.ts';

const [pattern] = detectors;
const saying = (who: string): DetectorOutcome => ({ kind: 'not-evaluable', reason: who });
const named = (id: string): Detector => ({
  ...pattern,
  id,
  run: async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return saying('here');
  },
});
const FOUR = ['a', 'b', 'c', 'd'].map(named);
const whoAnswered = (outcomes: ReadonlyMap<string, DetectorOutcome>): readonly string[] =>
  FOUR.map(({ id }) => {
    const outcome = outcomes.get(id);
    return outcome?.kind === 'not-evaluable' ? outcome.reason : 'nobody';
  });
const options = { breathe: () => Promise.resolve(), codec: undefined, wait: undefined, answered: () => undefined };

test('a second asker takes a share, and is ended', async () => {
  const end = vi.fn(() => Promise.resolve());
  const second: SecondAsker = { ask: () => Promise.resolve(saying('beside')), end };
  const answers = whoAnswered(await askAll(memoryCase(), FOUR, { ...options, openSecond: () => second }));
  expect(answers).not.toContain('nobody');
  expect(new Set(answers)).toEqual(new Set(['here', 'beside']));
  expect(end).toHaveBeenCalledOnce();
});

test('what a second asker fails at is asked here, also when all else was answered by then', async () => {
  const second: SecondAsker = {
    ask: () => new Promise((_, reject) => setTimeout(reject, 20, new Error('out of memory'))),
    end: () => Promise.resolve(),
  };
  const counts: number[] = [];
  const asked = askAll(memoryCase(), FOUR, { ...options, openSecond: () => second, answered: (count) => counts.push(count) });
  expect(whoAnswered(await asked)).toEqual(['here', 'here', 'here', 'here']);
  expect(counts).toEqual([1, 2, 3, 4]);
});

test('a cancel while only the second one is at work ends it, and does not wait for its statement', async () => {
  const end = vi.fn(() => new Promise<void>(() => undefined));
  const second: SecondAsker = { ask: () => new Promise(() => undefined), end };
  const wait = (): Promise<void> => Promise.reject(new Error('cancelled'));
  await expect(askAll(memoryCase(), FOUR, { ...options, openSecond: () => second, wait })).rejects.toThrow('cancelled');
  expect(end).toHaveBeenCalledOnce();
});
