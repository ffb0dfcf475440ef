import { scanJson } from './json-leaves.ts';
import { maskText, secretTypeOf } from './mask-text.ts';
import type { Secret, Vault } from './secret.ts';

/**
 * Masks a field that an importer keeps under its own name, such as one that an operator added to a log format: by what the
 * name promises, and within JSON by the names in it. A secret that is such by its name goes into `found`: the record's own text
 * may hold it without that name, as a cell of a table does.
 */
export function maskExtra(name: string, value: string, vault: Vault, plain: (text: string) => string, found: Map<string, Secret>): string {
  const type = secretTypeOf(name, value, vault);
  if (type !== undefined) {
    const secret = vault.secret(value, type, name);
    found.set(secret.text, secret);
    return secret.token;
  }
  return /^\s*[{[]/.test(value) ? maskJsonNames(value, vault) : plain(value);
}

function maskJsonNames(text: string, vault: Vault): string {
  let out = '';
  let from = 0;
  scanJson(text, ({ key, kind, text: value, start, end }) => {
    const type = key === undefined || kind === 'literal' ? undefined : secretTypeOf(key, value, vault);
    const masked = type === undefined ? maskText(value, vault) : vault.secret(value, type, key).token;
    if (masked !== value) {
      out += text.slice(from, start) + JSON.stringify(masked);
      from = end;
    }
    return true;
  });
  return out + maskText(text.slice(from), vault);
}
