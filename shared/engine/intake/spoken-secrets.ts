/** What secrets are called in sentences, at the end of what stands before the verb: `the client secret for the shop`. */
const NAME =
  /\b(pass(?:word|phrase|code)|passwort|kennwort|contraseña|mot de passe|client[ _-]secret|api[ _-]?(?:key|token|secret)|access[ _-](?:key|token)|secret(?: key)?|signing key|token|credentials?)(?: (?:for|of|to|für) [\w'"`“”„«»‘’ .@-]{1,40})?$/i;
/** A verb and the word behind it. */
const VERB = / (?:is|was|are|ist|lautet|est|es)(?: now| still)?:? ["'`“„]?([^\s"'`“”„‹›<>]{6,200})/g;
/** Longest name with what it is for. Units: characters. */
const MAX_NAME = 60;

/** True for what nobody would write for a word: letters with digits or marks, not a date, a number or a path. */
const isUnspeakable = (value: string): boolean =>
  /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[\d.,:/-]+[a-z]*$|:\/\/|^\w+\/\w+$|^v?\d+\.\d/i.test(value);

/** A secret that a sentence gives away. Units: UTF-16 code units. */
export interface SpokenSecret {
  readonly start: number;
  readonly value: string;
  readonly isPassword: boolean;
}

/**
 * Finds secrets that a sentence introduces by their names: `the password is …`, `client secret was …`, `token lautet: …`.
 * Cost: one search for verbs; names are looked for only before verbs that something unspeakable follows.
 */
export function findSpokenSecrets(text: string): readonly SpokenSecret[] {
  const found: SpokenSecret[] = [];
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
