/** A real disk of a few megabytes that fills up: what `disk-full.test.ts` says to SQLite, the operating system says here, to all of Spoor. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runOnSmallDisk, whyNoSmallDisk } from '#test/support/full-disk/small-disk.ts';

/** Enough for the case, its log and a copy of it. Units: bytes. */
const DISK = 48 * 2 ** 20;
/** A point costs two deeds, and their processes: one import in the suite, all that writes in `npm run scorecard`. */
const [POINTS, DEEDS, KINDS] =
  process.env['SPOOR_EVERY_POINT'] === '1' ? [4, 'import,analysis,export', ['plain', 'encrypted']] : [1, 'import', ['plain']];
/** Units: ms. */
const PATIENCE = 60_000 * POINTS;

const why = whyNoSmallDisk();
if (why !== undefined) console.warn(`small-disk: not run, ${why}`);

interface Round {
  readonly deed: string;
  readonly room: number;
  readonly said: string | undefined;
  readonly problems: readonly string[];
}

describe.skipIf(why !== undefined)('on a disk that fills up', () => {
  test.each(KINDS)(
    `row 82: %s: ${DEEDS} at ${String(POINTS * DEEDS.split(',').length)} points: it says so, the case stays sound, and it goes on with room again`,
    { timeout: PATIENCE },
    async (kind) => {
      const inside = join(import.meta.dirname, '../support/full-disk/inside.ts');
      const rounds = JSON.parse(await runOnSmallDisk(DISK, [process.execPath, inside, String(POINTS), DEEDS, kind])) as readonly Round[];
      expect(rounds.filter(({ problems }) => problems.length > 0)).toEqual([]);
      for (const deed of DEEDS.split(','))
        expect(
          rounds.filter((round) => round.deed === deed && round.said !== undefined),
          `${deed}: the disk was never full`,
        ).not.toEqual([]);
    },
  );
});
