import { describe, expect, test } from 'vitest';
import { deedRounds } from '#test/support/kill/deeds.ts';
import { HARNESS_KEY } from '#test/support/kill/encrypted.ts';
import { rewriteRounds } from '#test/support/kill/rewriting.ts';
import { crashRounds, killRounds } from '#test/support/kill/rounds.ts';
import { seededRandom } from '#test/support/large/random.ts';

const SEED = 'kill';
/** Units: ms. */
const PATIENCE = 90_000;

/** A small share of what `npm run kill` does by the hundred. */
test('an import that dies at any statement leaves a sound case, and the same bundle then comes in whole and once', async () => {
  for await (const { at, damage, summary, wanted } of crashRounds(20, seededRandom(SEED)))
    expect({ damage, summary }, `deaths at ${at.join(', ')}`).toEqual({ damage: [], summary: wanted });
}, PATIENCE); // prettier-ignore

describe.each([
  { kind: 'a plain case', key: undefined, rounds: 2, killsInRound: 2 },
  { kind: 'an encrypted case, which holds nothing in clear', key: HARNESS_KEY, rounds: 1, killsInRound: 1 },
])('$kind, killed', { timeout: PATIENCE }, ({ key, rounds, killsInRound }) => {
  test('at any moment of an import, is sound, and the same bundle then comes in whole and once', async () => {
    let kills = 0;
    for await (const { at, damage, summary, wanted, killed } of killRounds(rounds, killsInRound, seededRandom(SEED), key)) {
      expect({ damage, summary }, `kills after ${at.join(', ')} ms`).toEqual({ damage: [], summary: wanted });
      kills += killed;
    }
    expect(kills).toBeGreaterThan(0);
  });

  test('in an analysis, notes and exports, is sound, and whatever was acknowledged is there', async () => {
    let acknowledged = 0;
    for await (const round of deedRounds(3, seededRandom(SEED), key)) {
      expect(round.damage, `${round.deed} killed after ${String(round.at)} ms`).toEqual([]);
      acknowledged += round.acknowledged;
    }
    expect(acknowledged).toBeGreaterThan(0);
  });
});

test('a case that is killed while it gets, changes or loses its passphrase has the one or the other, whole, and nothing beside it', async () => {
  for await (const { deed, at, damage } of rewriteRounds(3, seededRandom(SEED)))
    expect(damage, `${deed} killed after ${String(at)} ms`).toEqual([]);
}, PATIENCE); // prettier-ignore
