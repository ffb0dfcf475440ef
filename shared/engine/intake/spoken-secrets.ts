/** `the password is …`, `client secret was …`, `token lautet: …`: a name of a secret, a verb, and what follows. */
const SPOKEN =
  /\b(pass(?:word|phrase|code)|passwort|kennwort|contraseña|mot de passe|client[ _-]secret|api[ _-]?(?:key|token|secret)|access[ _-](?:key|token)|secret(?: key)?|signing key|token|credentials?)(?: (?:for|of|to|für) [\w' -]{1,30}?)? (?:is|was|are|ist|lautet|est|es)(?: now| still)?:? ["'`“„]?([^\s"'`“”„‹›<>]{6,200})/gi;

/** Verbs that a text must hold to be looked at. */
const hasVerb = (text: string): boolean =>
  text.includes(' is') || text.includes(' was ') || text.includes(' lautet') || text.includes(' are ') || text.includes(' es');

/** True for what nobody would write for a word: letters with digits or marks, not a date, a number or a path. */
const isUnspeakable = (value: string): boolean =>
  /[A-Za-z]/.test(value) && /\d/.test(value) && !/^[\d.,:/-]+[a-z]*$|:\/\/|^\w+\/\w+$|^v?\d+\.\d/i.test(value);

/** A secret that a sentence gives away. Units: UTF-16 code units. */
export interface SpokenSecret {
  readonly start: number;
  readonly value: string;
  readonly isPassword: boolean;
}

/** Finds secrets that a sentence introduces by their names. */
export function findSpokenSecrets(text: string): readonly SpokenSecret[] {
  if (!hasVerb(text)) return [];
  const found: SpokenSecret[] = [];
  for (const match of text.matchAll(SPOKEN)) {
    const [whole, name = '', raw = ''] = match;
    const value = raw.replace(/[.,;:!?)]+$/, '');
    const start = match.index + whole.length - raw.length;
    if (value.length >= 6 && isUnspeakable(value)) found.push({ start, value, isPassword: /^(?:pass|kenn|contra|mot)/i.test(name) });
  }
  return found;
}
