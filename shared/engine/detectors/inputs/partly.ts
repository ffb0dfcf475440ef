import { groupBy } from '../../../lib/group-by.ts';
import { countOf, listOf, plural } from '../spoken.ts';
import { CALL_INPUTS, type CallInput } from './call-inputs.ts';
import type { InputGap, PoorSource } from './input-gaps.ts';

/** For which part of the evidence a detector could not look. */
export interface PartlyDraft {
  readonly reason: string;
  /** Row ids of the sources that lack it; none where it is not a matter of sources. */
  readonly sources: readonly number[];
}

/** Sources that are told together: those of one archive and format, or one by itself. */
interface Told {
  readonly name: string;
  readonly of: number;
  readonly kept: number;
}

const archiveOf = (name: string): string | undefined => (name.includes('!') ? name.slice(0, name.lastIndexOf('!')) : undefined);

/** Files of one archive and format as one: a log that is cut into a hundred of them lacks the same in each, and nobody reads their names. */
function byArchive(sources: readonly PoorSource[]): readonly Told[] {
  const logs = groupBy(sources, ({ name, format }) => `${archiveOf(name) ?? name}!${format}`);
  return [...logs.values()].flatMap((files): readonly Told[] => {
    const [first] = files;
    if (first === undefined || files.length === 1) return files;
    const sum = (count: (file: PoorSource) => number): number => files.reduce((all, file) => all + count(file), 0);
    const name = `${countOf(files.length)} files of ${first.format} in ${archiveOf(first.name) ?? first.name}`;
    return [{ name, of: sum(({ of }) => of), kept: sum(({ kept }) => kept) }];
  });
}

const sayKept = ({ name, kept, of }: Told): string => (kept === 0 ? name : `${name} (kept for ${countOf(kept)} of ${countOf(of)})`);

/** `bodies of answers: missing in 8 files of aws-alb in alb.zip and nginx.log, for 12,003 of 15,000 calls`. */
export function gapWords(input: CallInput, { of, lacking, sources }: InputGap): string {
  const { words } = CALL_INPUTS.find(({ id }) => id === input) ?? { words: input };
  return `${words}: missing in ${listOf(byArchive(sources).map(sayKept))}, for ${countOf(lacking)} of ${plural(of, 'call')}`;
}

/** What a detector that answered could not see, an entry for each of its inputs that some sources lack. */
export const partlyOf = (reads: readonly CallInput[], gaps: ReadonlyMap<CallInput, InputGap>): readonly PartlyDraft[] =>
  reads.flatMap((input) => {
    const gap = gaps.get(input);
    return gap === undefined ? [] : [{ reason: gapWords(input, gap), sources: gap.sources.map(({ id }) => id) }];
  });
