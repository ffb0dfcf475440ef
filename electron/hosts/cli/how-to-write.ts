import { resolve } from 'node:path';
import type { InputOf } from '#shared/contract/methods.ts';
import type { EngineMethods } from '#shared/contract/table.ts';
import type { Arguments } from './arguments.ts';

/** What `report.write` is told beside the format and the file. */
export type HowToWrite = Pick<InputOf<EngineMethods['report.write']>, 'profile' | 'paper' | 'evidence'>;

/** For whom, on which paper, and with which files to hash again. */
export const howToWrite = ({ profile, paper, evidence }: Pick<Arguments, 'profile' | 'paper' | 'evidence'>): HowToWrite => ({
  profile,
  ...(paper === undefined ? {} : { paper }),
  ...(evidence.length === 0 ? {} : { evidence: evidence.map((path) => ({ path: resolve(path) })) }),
});
