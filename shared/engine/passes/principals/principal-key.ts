import { withoutFingerprints } from '../../intake/masking/token.ts';
import type { CryptoPort } from '../../ports.ts';

/** Longest name inside a key. Units: characters. */
const MAX_NAME = 60;
const SUFFIX = 6;

/** `Acme Support/Bot` → `acme-support-bot`: what a link, a query and a file name can hold. A secret in it is told by its kind alone, as in exports. */
const toSlug = (name: string): string =>
  withoutFingerprints(name)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9@._:+]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, MAX_NAME) || 'unnamed';

/**
 * Gives every principal its key, `agent:acme-support-bot`. Where two would be called alike, all of them end in the first
 * digits of the hash of their identity, so that no key depends on which was seen first.
 */
export function principalKeys(
  principals: readonly { readonly kind: string; readonly name: string; readonly text: string }[],
  crypto: CryptoPort,
): readonly string[] {
  const plain = principals.map(({ kind, name }) => `${kind}:${toSlug(name)}`);
  const counts = new Map<string, number>();
  for (const key of plain) counts.set(key, (counts.get(key) ?? 0) + 1);
  return plain.map((key, at) =>
    (counts.get(key) ?? 0) > 1 ? `${key}-${crypto.sha256Hex(principals[at]?.text ?? '').slice(0, SUFFIX)}` : key,
  );
}
