import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openKept } from '../../../../scripts/scorecard/kept.mjs';
import { runTurns, single } from '../../../../scripts/scorecard/turns.mjs';

let folder = '';
const file = (): string => join(folder, 'turns.jsonl');
beforeEach(() => {
  vi.spyOn(console, 'log').mockReturnValue(); // says which turn it is at
  folder = mkdtempSync(join(tmpdir(), 'spoor-turns-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

type Runs = Parameters<typeof runTurns>[0];
/** A part of three turns of ten; the turns in `bad` go wrong. */
const tens = (bad: ReadonlySet<string> = new Set()): Runs => ({
  next(done, _, tried) {
    const name = ['a', 'b', 'c'].find((each) => !tried.has(each) && done.findLast(({ turn }) => turn === each)?.result.wrong !== 0);
    return name === undefined ? undefined : { name, run: async () => Promise.resolve({ wrong: bad.has(name) ? 1 : 0, count: 10 }) };
  },
  rows: () => undefined,
});
const sit = (part: Runs, of: string, turns: number): Promise<boolean> => {
  let begun = 0;
  return runTurns(part, { kept: openKept(file()), of, name: 'tens', size: 'whole', env: {}, isOver: () => ++begun > turns });
};
const turnsOf = (of: string): readonly string[] =>
  openKept(file())
    .list(of, 'tens')
    .map(({ turn }) => turn);

test('sittings add up until nothing is wanting, and then nothing is run', async () => {
  expect(await sit(tens(), 'build', 2)).toBe(false);
  expect(turnsOf('build')).toEqual(['a', 'b']);
  expect(await sit(tens(), 'build', 9)).toBe(true);
  expect(await sit(tens(), 'build', 9)).toBe(true);
  expect(turnsOf('build')).toEqual(['a', 'b', 'c']);
});

test('what another build did counts for nothing, and is not forgotten', async () => {
  await sit(tens(), 'before', 9);
  expect(turnsOf('after')).toEqual([]);
  expect(openKept(file()).listOthers(['after'])).toHaveLength(3);
});

test('a turn that went wrong does not stop the others, is made again by the next sitting, and stays on record', async () => {
  expect(await sit(tens(new Set(['b'])), 'build', 9)).toBe(false);
  expect(turnsOf('build')).toEqual(['a', 'b', 'c']);
  expect(await sit(tens(), 'build', 9)).toBe(true);
  expect(turnsOf('build')).toEqual(['a', 'b', 'c', 'b']);
});

test('a line that was cut short is passed over', async () => {
  await sit(tens(), 'build', 1);
  appendFileSync(file(), '{"of":"build","part":"tens","turn":"b","res');
  expect(turnsOf('build')).toEqual(['a']);
  await sit(tens(), 'build', 1);
  expect(turnsOf('build')).toEqual(['a', 'b']);
});

test('rows of a single run are printed as they were, also those that could not run', async () => {
  const part = single((card) => {
    card.add('power', '300', '300', true);
    card.add('macOS', 'this is linux', '200');
    return Promise.resolve(0);
  });
  await runTurns(part, { kept: openKept(file()), of: 'build', name: 'one', size: 'short', env: {}, isOver: () => false });
  const rows: unknown[] = [];
  part.rows({ add: (...row) => void rows.push(row) }, openKept(file()).list('build', 'one'), 'short');
  expect(rows).toEqual([
    ['power', '300', '300', true],
    ['macOS', 'this is linux', '200', undefined],
  ]);
});
