import { countOf, listOf, plural } from '../spoken.ts';
import { CALL_INPUTS, type CallInput } from './call-inputs.ts';
import type { InputGap, PoorSource } from './input-gaps.ts';

/** For which part of the evidence a detector could not look. */
export interface PartlyDraft {
  readonly reason: string;
  /** Row ids of the sources that lack it; none where it is not a matter of sources. */
  readonly sources: readonly number[];
}

const sayKept = ({ name, kept, of }: PoorSource): string => (kept === 0 ? name : `${name} (kept for ${countOf(kept)} of ${countOf(of)})`);

/** `bodies of answers: missing in kong.log and nginx.log, for 12,003 of 15,000 calls`. */
export function gapWords(input: CallInput, { of, lacking, sources }: InputGap): string {
  const { words } = CALL_INPUTS.find(({ id }) => id === input) ?? { words: input };
  return `${words}: missing in ${listOf(sources.map(sayKept))}, for ${countOf(lacking)} of ${plural(of, 'call')}`;
}

/** What a detector that answered could not see, an entry for each of its inputs that some sources lack. */
export const partlyOf = (reads: readonly CallInput[], gaps: ReadonlyMap<CallInput, InputGap>): readonly PartlyDraft[] =>
  reads.flatMap((input) => {
    const gap = gaps.get(input);
    return gap === undefined ? [] : [{ reason: gapWords(input, gap), sources: gap.sources.map(({ id }) => id) }];
  });
