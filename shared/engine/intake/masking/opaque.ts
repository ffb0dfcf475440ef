import type { FieldPrior } from '../personal/data-names.ts';
import { estimateBits } from './entropy.ts';
import type { SecretType } from './token.ts';

/** Capitals, small letters, digits and a mark that hardly anything but a password has between them. */
const PASSWORD = /^(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=[^\d]*\d)(?!\$)(?=[^!$^*]*[!$^*])[A-Za-z0-9!$^*]{10,32}$/;
/** Letters of both cases and digits without any structure, as long as keys are. */
const TOKEN = /^(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=(?:[^\d]*\d){2})[A-Za-z0-9_-]{32,128}$/;
const HEX = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{48}|[0-9a-f]{64})$/;
/** Below this a text is words joined together. Units: bits. */
const TOKEN_BITS = 120;

/**
 * The kind of secret that a value may be in a field whose name does not say so; `undefined` for nearly everything.
 * Such values are masked, since they may be one, but only the field as a whole tells whether they are: ids are random, too.
 */
export function opaqueSecret(prior: FieldPrior, value: string): SecretType | undefined {
  if (value.length < 10 || value.length > 128 || (prior.type !== undefined && !prior.isContainer)) return undefined;
  if (value.length <= 32 && PASSWORD.test(value)) return 'password';
  return prior.isContainer && value.length >= 32 && TOKEN.test(value) && estimateBits(value) >= TOKEN_BITS ? 'secret' : undefined;
}

/** True for a value that is a hash as often as a key: it adds to a field that holds keys, and makes none of one. */
export const isHexKey = (prior: FieldPrior, value: string): boolean => prior.isContainer && HEX.test(value);

/** Words in small letters: `optional`, `db-credentials`. Passwords can be such words, and so are settings, names and kinds. */
export const isPlainWord = (text: string): boolean =>
  text.length <= 32 && /^[a-z]+(?:[-_. ][a-z]+)*$/i.test(text) && !/[a-z][A-Z]/.test(text);
