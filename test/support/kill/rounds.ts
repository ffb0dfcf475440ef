import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseKey } from '#electron/node/encryption/case-key.ts';
import type { Random } from '../large/random.ts';
import { killBundle, writeBundle } from './bundle.ts';
import { crashAndImport, undisturbed } from './in-process.ts';
import { importAndKill, importWhole, inspectKilled } from './process.ts';

/** One or two deaths and the import after them. */
interface Round {
  readonly at: readonly number[];
  readonly damage: readonly string[];
  readonly summary: object;
  /** What the case must hold. */
  readonly wanted: object;
}

/** Deaths at statements, within this process: quick, and at every point between two statements. */
export async function* crashRounds(rounds: number, random: Random): AsyncGenerator<Round> {
  const bundle = killBundle(1);
  const { summary: wanted, statements } = await undisturbed(bundle);
  for (let round = 0; round < rounds; round += 1) {
    // Every third time the import after it dies, too, maybe while it withdraws what the first left.
    const at = Array.from({ length: round % 3 === 0 ? 2 : 1 }, () => random.int(1, statements));
    yield { at, wanted, ...(await crashAndImport(bundle, at)) };
  }
}

/** Large enough for threads to read the first log. */
const SCALE = 10;

/** Real kills of a work process, several in a row on one case, which is encrypted with a key. Units: `at` in ms after the order to import. */
export async function* killRounds(
  rounds: number,
  killsInRound: number,
  random: Random,
  key?: CaseKey,
): AsyncGenerator<Round & { readonly killed: number }> {
  const bundle = killBundle(SCALE);
  const folder = mkdtempSync(join(tmpdir(), 'spoor-kill-'));
  try {
    const evidence = join(folder, 'bundle');
    writeBundle(evidence, bundle);
    const sizes = Object.fromEntries(Object.entries(bundle).map(([name, text]) => [`bundle/${name}`, Buffer.byteLength(text)]));
    const { summary: wanted, durationMs } = await importWhole(join(folder, 'whole.spoor'), evidence, sizes, key);
    for (let round = 0; round < rounds; round += 1) {
      const casePath = join(folder, `${String(round)}.spoor`);
      const at = Array.from({ length: killsInRound }, () => random.int(0, Math.ceil(durationMs)));
      const damage: string[] = [];
      let killed = 0;
      for (const after of at) {
        if ((await importAndKill(casePath, evidence, after, key)) === 'killed') killed += 1;
        damage.push(...inspectKilled(casePath, sizes, key).map((what) => `killed after ${String(after)} ms: ${what}`));
      }
      const { summary, damage: left } = await importWhole(casePath, evidence, sizes, key);
      yield { at, damage: [...damage, ...left], summary, wanted, killed };
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
