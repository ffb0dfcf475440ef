import { scanJson } from '../json-leaves.ts';
import { findListedSecrets } from './command-secrets.ts';
import { isPlaceholder } from './placeholder.ts';
import { findSecrets, maskText, replaceFound, secretTypeOf, withoutOverlap, type FoundSecret } from './text.ts';
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

/** Gives the secrets of one item of JSON, in order of place; `at` is where the item stands in the text, with its quotes. */
export type ListedIn = (item: string, at: { readonly start: number; readonly end: number }) => readonly FoundSecret[];

/**
 * Finds in items of JSON what the option before them, or their place in a list of arguments, makes a secret.
 * Cost: a search by halves for each item.
 */
export function listedIn(text: string, vault: Vault): ListedIn {
  const listed = findListedSecrets(text, (name) => vault.hint(name)).toSorted((a, b) => a.start - b.start);
  return (item, at) => {
    let [low, high] = [0, listed.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((listed[middle]?.start ?? 0) <= at.start) low = middle + 1;
      else high = middle;
    }
    const secrets = new Map<string, Secret>();
    for (let next = listed[low]; next !== undefined && next.start < at.end; next = listed[(low += 1)]) {
      if (next.end >= at.end) continue;
      const secret = vault.secret(inJson(next.value), next.isPassword ? 'password' : 'secret');
      if (!isPlaceholder(secret.text)) secrets.set(secret.text, secret);
    }
    const found: FoundSecret[] = [];
    for (const secret of secrets.values())
      for (let start = item.indexOf(secret.text); start !== -1; start = item.indexOf(secret.text, start + secret.text.length))
        found.push({ start, end: start + secret.text.length, secret });
    return withoutOverlap(found);
  };
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
  const listed = listedIn(text, vault);
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
      const found = withoutOverlap([...findSecrets(value, vault), ...listed(value, { start, end })]);
      for (const { secret } of found) note(pointer, secret);
      masked = replaceFound(value, found);
    }
    if (masked !== value) {
      out += text.slice(from, start) + JSON.stringify(masked);
      from = end;
    }
    return true;
  });
  return out + maskText(text.slice(from), vault);
}
