/** What secrets are called in sentences, at the end of what stands before the verb: `the client secret for the shop`. */
const NAME =
  /\b(pass(?:word|phrase|code)|passwort|kennwort|contraseña|mot de passe|client[ _-]secret|api[ _-]?(?:key|token|secret)|access[ _-](?:key|token)|secret(?: key)?|signing key|token|credentials?)(?: (?:for|of|to|für) [\w'"`“”„«»‘’ .@-]{1,40})?$/i;
/** A verb and the word behind it. */
const VERB = / (?:is|was|are|ist|lautet|est|es)(?: now| still)?:? ["'`“„]?([^\s"'`“”„‹›<>]{6,200})/g;
/** A name and right behind it a word that only a secret is: `with secret wJ4r…`. */
const RIGHT_BEHIND =
  /\b(?:pass(?:word|phrase|code)|passwort|kennwort|secret(?: (?:access )?key)?|api[ _-]?key|access[ _-](?:key|token)|token)[ :]{1,3}["'`“„]?([^\s"'`“”„‹›<>]{16,200})/gi;
/** Longest name with what it is for. Units: characters. */
const MAX_NAME = 60;

/** True for what nobody would write for a word: letters with digits or marks, not a date, a number or a path. */
const isUnspeakable = (value: string): boolean =>
  /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[\d.,:/-]+[a-z]*$|:\/\/|^\w+\/\w+$|^v?\d+\.\d/i.test(value);

/** True for what no name, path or word is: both cases and digits in turn, at the length of keys. */
const isRandom = (value: string): boolean =>
  /^[\w+/=~.-]{16,}$/.test(value) &&
  !/^(?:\.{0,2}\/|https?:)/.test(value) &&
  /[a-z]/.test(value) &&
  /[A-Z]/.test(value) &&
  (value.match(/[a-z](?=[A-Z])|[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0) >= 4;

/** A secret that a sentence gives away. Units: UTF-16 code units. */
export interface SpokenSecret {
  readonly start: number;
  readonly value: string;
  readonly isPassword: boolean;
}

/**
 * Finds secrets that a sentence introduces by their names: `the password is …`, `client secret was …`, `token lautet: …`, `with secret wJ4r…`.
 * Shape: in no order. Cost: a search for names and one for verbs; names are looked for only before verbs that something unspeakable follows.
 */
export function findSpokenSecrets(text: string): readonly SpokenSecret[] {
  const found: SpokenSecret[] = [];
  for (const { 0: whole, 1: raw = '', index } of text.matchAll(RIGHT_BEHIND)) {
    const value = raw.replace(/[.,;:!?)]{1,20}$/, '');
    if (isRandom(value)) found.push({ start: index + whole.length - raw.length, value, isPassword: /^(?:pass|kenn)/i.test(whole) });
  }
  for (const match of text.matchAll(VERB)) {
    const [whole, raw = ''] = match;
    if (!isUnspeakable(raw)) continue;
    const name = NAME.exec(text.slice(Math.max(0, match.index - MAX_NAME), match.index))?.[1];
    const value = raw.replace(/[.,;:!?)]{1,20}$/, '');
    if (name === undefined || value.length < 6) continue;
    found.push({ start: match.index + whole.length - raw.length, value, isPassword: /^(?:pass|kenn|contra|mot)/i.test(name) });
  }
  return found;
}
