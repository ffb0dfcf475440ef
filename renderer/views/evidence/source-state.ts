import type { SourceRow } from '#shared/contract/rows.ts';

/** How much a state asks for somebody to look. */
export type Tone = 'quiet' | 'working' | 'doubt' | 'bad';

export interface StateWords {
  readonly word: string;
  readonly tone: Tone;
  /** What the state means for the case, in one sentence. */
  readonly means: string;
}

/** What a source's state is called and means. A file that no format claims was read to its end, yet says nothing. */
export function stateOf({ state, format, duplicateOf }: Pick<SourceRow, 'state' | 'format' | 'duplicateOf'>): StateWords {
  switch (state) {
    case 'complete':
      return format === undefined
        ? {
            word: 'not recognised',
            tone: 'doubt',
            means: 'No format claims it: it is listed and hashed, and nothing of it is in the case.',
          }
        : { word: 'complete', tone: 'quiet', means: 'Read to its end.' };
    case 'interrupted':
      return {
        word: 'interrupted',
        tone: 'doubt',
        means: 'Its reading stopped before its end: what was read until then counts, the rest is missing.',
      };
    case 'failed':
      return { word: 'failed', tone: 'bad', means: 'Its bytes could not be read to their end: what came before the damage counts.' };
    case 'duplicate':
      return {
        word: 'duplicate',
        tone: 'quiet',
        means: `The same bytes as ${duplicateOf ?? 'another source'}: nothing of it counts twice.`,
      };
    case 'withdrawn':
      return {
        word: 'withdrawn',
        tone: 'quiet',
        means: 'Taken out of the case: row, ledger and hash stay, its records count for nothing.',
      };
    case 'reading':
      return { word: 'reading', tone: 'working', means: 'It is being read now.' };
  }
}

/** True for a source that can be read anew: one that counts and has bytes of its own. */
export const isReadable = ({ state }: Pick<SourceRow, 'state'>): boolean =>
  state !== 'withdrawn' && state !== 'duplicate' && state !== 'reading';
