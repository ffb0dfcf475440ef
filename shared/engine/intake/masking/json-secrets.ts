import { scanJson } from '../json-leaves.ts';
import { findListedSecrets, type CommandSecret } from './command-secrets.ts';
import { isPlaceholder } from './placeholder.ts';
import { findSecrets, maskText, replaceFound, secretTypeOf } from './text.ts';
import { findNamedValues } from './named-values.ts';
import type { SecretType } from './token.ts';
import type { Secret, Vault } from './secret.ts';

/** JSON inside strings of JSON is followed this deep, as in bodies. */
const MAX_NESTING = 3;

/** True for a text that may be a JSON object or list. */
export const isJsonLike = (text: string): boolean => /^\s*(?:\{\s*"|\[\s*[{["])/.test(text);

/** What a part of a JSON string says. */
function inJson(spelled: string): string {
  try {
    return JSON.parse(`"${spelled}"`) as string; // a string's own text between quotes is a string
  } catch {
    // Not the part of a JSON string that it was taken for: it says itself.
    return spelled;
  }
}

/**
 * Masks what the option before it, or its place in a list of arguments, makes a secret of the item of JSON `at` a place.
 * Shape: `listed` as `findListedSecrets` tells them of the whole text; `note` hears of each secret.
 */
export function maskListed(
  item: string,
  listed: readonly CommandSecret[],
  at: { readonly start: number; readonly end: number },
  vault: Vault,
  note: (secret: Secret) => void,
): string {
  let masked = item;
  for (const { start, end, value, isPassword } of listed) {
    if (start <= at.start || end >= at.end) continue;
    const secret = vault.secret(inJson(value), isPassword ? 'password' : 'secret');
    if (isPlaceholder(secret.text) || !masked.includes(secret.text)) continue;
    note(secret);
    masked = masked.replaceAll(secret.text, () => secret.token);
  }
  return masked;
}

/** What the first of these names that promises anything makes of the value. */
function firstType(names: readonly string[], value: string, vault: Vault, inList: boolean): SecretType | undefined {
  for (const name of names) {
    const type = secretTypeOf(name, value, vault, inList);
    if (type !== undefined) return type;
  }
  return undefined;
}

/**
 * Masks JSON that stands in a URL's parameter or in a field of an importer's own: by the names in it or beside a value, and what proves
 * itself by form. `note` hears of each secret.
 */
export function maskJsonValue(text: string, vault: Vault, note: (pointer: string, secret: Secret) => void, nesting = 0): string {
  let out = '';
  let from = 0;
  const named = findNamedValues(text);
  const listed = findListedSecrets(text, (name) => vault.hint(name));
  scanJson(text, ({ key, kind, pointer, text: value, start, end }) => {
    const type =
      kind === 'literal'
        ? undefined
        : firstType([...(key === undefined ? [] : [key]), ...(named.get(start) ?? [])], value, vault, pointer.endsWith(']'));
    let masked: string;
    if (type !== undefined) {
      const secret = vault.secret(value, type);
      note(pointer, secret);
      masked = secret.token;
    } else if (nesting < MAX_NESTING && isJsonLike(value)) masked = maskJsonValue(value, vault, note, nesting + 1);
    else {
      const found = findSecrets(value, vault);
      for (const { secret } of found) note(pointer, secret);
      masked = maskListed(replaceFound(value, found), listed, { start, end }, vault, (secret) => {
        note(pointer, secret);
      });
    }
    if (masked !== value) {
      out += text.slice(from, start) + JSON.stringify(masked);
      from = end;
    }
    return true;
  });
  return out + maskText(text.slice(from), vault);
}
