import { describe, expect, test } from 'vitest';
import { deedRounds } from '#test/support/kill/deeds.ts';
import { crashRounds, killRounds } from '#test/support/kill/rounds.ts';
import { seededRandom } from '#test/support/large/random.ts';

const SEED = 'kill';

/** A small share of what `node test/support/kill/run.ts` does by the hundred. */
describe('an import whose process dies', { timeout: 90_000 }, () => {
  test('leaves a sound case at any statement, and the same bundle then comes in whole and once', async () => {
    for await (const { at, damage, summary, wanted } of crashRounds(20, seededRandom(SEED)))
      expect({ damage, summary }, `deaths at ${at.join(', ')}`).toEqual({ damage: [], summary: wanted });
  });

  test('leaves a sound case at any moment of a kill, and the same bundle then comes in whole and once', async () => {
    let kills = 0;
    for await (const { at, damage, summary, wanted, killed } of killRounds(2, 2, seededRandom(SEED))) {
      expect({ damage, summary }, `kills after ${at.join(', ')} ms`).toEqual({ damage: [], summary: wanted });
      kills += killed;
    }
    expect(kills).toBeGreaterThan(0);
  });
});

test('an analysis, notes and exports whose process is killed leave a sound case, and whatever was acknowledged is there', async () => {
  let acknowledged = 0;
  for await (const round of deedRounds(3, seededRandom(SEED))) {
    expect(round.damage, `${round.deed} killed after ${String(round.at)} ms`).toEqual([]);
    acknowledged += round.acknowledged;
  }
  expect(acknowledged).toBeGreaterThan(0);
}, 90_000);
