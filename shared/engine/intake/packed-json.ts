import type { CallNotes } from './call-notes.ts';
import { printSign } from './personal/data-signs.ts';
import { noteValueTypes } from './personal/data-types.ts';
import { scanJson } from './json-leaves.ts';
import { base64Decoded } from './value-forms.ts';
import type { Vault } from './masking/secret.ts';

/** Scalars of one packed value that are followed: what is stolen in small pieces holds few. */
const MAX_LEAVES = 1000;

/** A string that is JSON itself: an object or array of some content. */
export const isNested = (text: string): boolean => text.length >= 8 && /^\s*(?:\{\s*"|\[\s*[{["\d])/.test(text) && /[}\]]\s*$/.test(text);

/** JSON that a string holds in base64; `undefined` for any other text. */
export function nestedInBase64(text: string): string | undefined {
  // `{"` and `[{` and their like begin so in base64; anything else is not worth decoding.
  if (text.length < 16 || !/^(?:ey|W[3sy]|ew)/.test(text) || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  const decoded = base64Decoded(text);
  return decoded !== undefined && isNested(decoded) ? decoded : undefined;
}

/**
 * Notes what a masked text holds when it is JSON in base64: fingerprints of its values and kinds of data, nothing that can be read.
 * A name such as `state` or `s` may promise a token where data is packed up; the text stays masked all the same.
 */
export function notePacked(text: string, side: 'request' | 'response' | 'query', place: string, notes: CallNotes, vault: Vault): void {
  const json = nestedInBase64(text);
  if (json === undefined) return;
  const valueSide = side === 'response' ? 'response' : 'request';
  const at = side === 'query' ? `query ${place}|` : `${place}|`;
  let leaves = 0;
  scanJson(json, ({ text: value, pointer, field, kind }) => {
    leaves += 1;
    if (kind !== 'literal') notes.value(valueSide, at + pointer, value);
    if (kind === 'string')
      noteValueTypes(vault.prior(field), value, (type, strength) => {
        notes.kind(side, `${place}|${field}`, printSign(type, strength));
      });
    return leaves < MAX_LEAVES;
  });
}
