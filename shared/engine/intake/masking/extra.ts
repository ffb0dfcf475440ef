import { maskJsonValue } from './json-secrets.ts';
import { secretTypeOf } from './text.ts';
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
  return /^\s*[{[]/.test(value) ? maskJsonValue(value, vault, () => undefined) : plain(value);
}
