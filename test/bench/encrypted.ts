import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { ensureData } from './data.ts';
import { repeat, type ProcessRun } from './measure.ts';
import { needBuild } from './places.ts';
import { importWithSpoor, runSpoor } from './spoor.ts';
import { medianOf, sayRuns } from './statistics.ts';

const LINES = 100_000;

/** A plain and an encrypted case in turn, so that a machine that slows down slows both. */
async function measure(context: BenchContext): Promise<readonly Figure[]> {
  const data = ensureData('combined', LINES);
  const phrase = join(context.folder, 'phrase');
  writeFileSync(phrase, 'a phrase of words\n', { mode: 0o600 });
  const words = { plain: [], encrypted: ['--passphrase-file', phrase] } as const;
  const caseOf = (kind: keyof typeof words): string => join(context.folder, `${kind}.spoor`);
  const bring = (kind: keyof typeof words): Promise<ProcessRun> => importWithSpoor(caseOf(kind), data.path, ...words[kind]);
  const ask = (kind: keyof typeof words): Promise<ProcessRun> => runSpoor('query', caseOf(kind), '*', '--limit', '1', ...words[kind]);
  const rounds = await repeat(context.runs, async () => ({
    import: { plain: await bring('plain'), encrypted: await bring('encrypted') },
    open: { plain: await ask('plain'), encrypted: await ask('encrypted') },
  }));
  const walls = (deed: 'import' | 'open', kind: keyof typeof words): readonly number[] => rounds.map((round) => round[deed][kind].wall);
  const ratio = (deed: 'import' | 'open'): number => medianOf(walls(deed, 'encrypted')) / medianOf(walls(deed, 'plain'));
  for (const deed of ['import', 'open'] as const)
    context.say(`  ${deed}: plain ${sayRuns(walls(deed, 'plain'))}; encrypted ${sayRuns(walls(deed, 'encrypted'))}`);
  return [
    { id: 'encrypted.import', value: ratio('import'), unit: 'ratio', what: 'time of spoor import into an encrypted case ÷ a plain one' },
    { id: 'encrypted.open', value: ratio('open'), unit: 'ratio', what: 'time to the first answer of an encrypted case ÷ a plain one' },
  ];
}

/** What a passphrase costs. */
export const encryptedBench: Bench = {
  id: 'encrypted',
  question:
    'How much longer does it take to bring 100,000 combined lines into an encrypted case, and to its first answer, than with a plain one?',
  run: async (context) => {
    needBuild();
    return measure(context);
  },
};
