import type { KeyboardEvent } from 'react';

/** What a person asks of a picture by one key. Which key that is stands in the key registry and in the analyst's own keys. */
export type PictureAct =
  | 'as-table'
  | 'as-waterfall'
  | 'as-graph'
  | 'as-sequence'
  | 'as-messages'
  | 'as-spread'
  | 'expand-node'
  | 'collapse-node'
  | 'hide-node'
  | 'prove-link'
  | 'whole-picture'
  | 'larger'
  | 'smaller';

/** The keys of pictures as they are now. */
export interface PictureKeys {
  /** What a press asks for; `undefined` for every other key, and for single characters while those are switched off. */
  readonly read: (event: KeyboardEvent) => PictureAct | undefined;
  /** The key as a keyboard shows it, `T`; `undefined` while the act has none. */
  readonly textOf: (act: PictureAct) => string | undefined;
}

/** The words of a button with the key that does the same: `Larger (+)`. */
export function withKey(words: string, act: PictureAct, { textOf }: PictureKeys): string {
  const key = textOf(act);
  return key === undefined ? words : `${words} (${key})`;
}

/** What keys do to a picture, for its label: `E takes apart, H hides`. Acts without a key are left out. */
export const keyWords = (acts: readonly (readonly [act: PictureAct, does: string])[], { textOf }: PictureKeys): readonly string[] =>
  acts.flatMap(([act, does]) => {
    const key = textOf(act);
    return key === undefined ? [] : [`${key} ${does}`];
  });
