/** Least length of a new passphrase; the only rule. Units: characters as a person counts them, code points. */
const MIN_PASSPHRASE = 8;
/** More than anybody types; a file that is no passphrase is told by it. Units: UTF-16 code units. */
export const MAX_PASSPHRASE = 1024;

/** What to choose, for whoever is asked for a new one. */
export const PASSPHRASE_ADVICE = `At least ${String(MIN_PASSPHRASE)} characters; several words that stand nowhere together are better. Nobody can open the case without it.`;

/** Why a text is no new passphrase; `undefined` when it is. */
export function whyNoPassphrase(text: string): string | undefined {
  if ([...text].length < MIN_PASSPHRASE) return `a passphrase has at least ${String(MIN_PASSPHRASE)} characters`;
  return text.length > MAX_PASSPHRASE ? `a passphrase has at most ${String(MAX_PASSPHRASE)} characters` : undefined;
}
