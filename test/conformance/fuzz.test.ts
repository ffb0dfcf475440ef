import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES } from '#test/support/fuzz/files.ts';
import { mutate } from '#test/support/fuzz/mutate.ts';
import { fuzz, type Crash } from '#test/support/fuzz/session.ts';
import type { FuzzTarget } from '#test/support/fuzz/target.ts';
import { fuzzTargets } from '#test/support/fuzz/targets/index.ts';
import { tryInput } from '#test/support/fuzz/try-input.ts';
import { seededRandom } from '#test/support/large/random.ts';
import { toBytes } from '#test/support/read-evidence.ts';

const SEED = 'fuzz';
/** All targets together; `npm run fuzz` takes as long as it is told. Units: ms. */
const SLICE = 20_000;
const PATIENCE = 120_000;

async function crashesOf(target: FuzzTarget, durationMs: number, most?: number): Promise<readonly Crash[]> {
  const crashes: Crash[] = [];
  const options = { random: seededRandom(`${SEED}/${target.id}`), durationMs, corpus: [], ...(most !== undefined && { most }) };
  await fuzz(target, options, { onTry: () => undefined, onNew: () => undefined, onCrash: (crash) => crashes.push(crash) });
  return crashes;
}

describe('changed inputs', () => {
  test.each(fuzzTargets.map((target) => [target.id, target] as const))(
    '%s: nothing crashes, hangs or changes what it should not',
    async (_, target) => {
      expect((await crashesOf(target, SLICE / fuzzTargets.length)).map(({ why }) => why)).toEqual([]);
    },
    PATIENCE,
  );

  test('inputs of any size are changed', () => {
    const large = new Uint8Array(600_000);
    const random = seededRandom(SEED);
    const changed = Array.from({ length: 40 }, () => mutate(large, random, large)).filter((input) => !Buffer.from(input).equals(large));
    expect(changed.length).toBeGreaterThan(20);
  });

  test('a target that fails on one word is found out', async () => {
    const planted: FuzzTarget = {
      id: 'planted',
      seeds: () => [toBytes('{"a":1}')],
      run: (input) => {
        if (new TextDecoder().decode(input).includes('__proto__')) throw new TypeError('planted');
        return String(input.length);
      },
    };
    expect(await crashesOf(planted, PATIENCE, 20_000)).toHaveLength(1);
  });
});

/** Everything that was once a crash, by target and name. */
const kept = fuzzTargets.flatMap((target) => {
  const folder = join(FIXTURES, target.id);
  return existsSync(folder) ? readdirSync(folder).map((name) => [target.id, name, target] as const) : [];
});

test('every kept crash belongs to a target', () => {
  const folders = readdirSync(FIXTURES).filter((name) => name !== 'SOURCE.md');
  expect(folders.filter((name) => !fuzzTargets.some(({ id }) => id === name))).toEqual([]);
});

test.each(kept)('%s: %s is no crash any more', async (id, name, target) => {
  expect(await tryInput(target, new Uint8Array(readFileSync(join(FIXTURES, id, name))))).toMatchObject({ ok: true });
});
