import { whyNoPassphrase } from '#shared/model/passphrase.ts';

/** A new passphrase as it is typed. */
export interface NewPassphrase {
  readonly text: string;
  readonly again: string;
}

export const NOTHING_TYPED: NewPassphrase = { text: '', again: '' };

/** Why a new passphrase cannot be taken; `undefined` when it can. */
export function whyNotNew({ text, again }: NewPassphrase): string | undefined {
  const why = whyNoPassphrase(text);
  if (why !== undefined) return `${why.charAt(0).toUpperCase()}${why.slice(1)}`;
  return text === again ? undefined : 'The two are not the same';
}
