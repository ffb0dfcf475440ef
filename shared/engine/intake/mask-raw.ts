import { maskText } from './mask-text.ts';
import type { Secret, Vault } from './vault.ts';

/** Shorter secrets would be replaced inside ids and dates that only share their letters; their names give them away instead. Units: characters. */
const MIN_REPLACED = 8;

/**
 * Masks a record's own text: first every secret that its fields held, in the spellings that logs write them in, then
 * whatever the text shows by form or by name.
 */
export function maskRaw(raw: string, secrets: ReadonlyMap<string, Secret>, vault: Vault): string {
  let masked = raw;
  for (const { text, token } of secrets.values()) {
    if (text.length < MIN_REPLACED) continue;
    for (const spelling of spellings(text)) if (masked.includes(spelling)) masked = masked.replaceAll(spelling, () => token);
  }
  return maskText(masked, vault);
}

const PLAIN = /^[\w.~:-]+$/;

function spellings(text: string): readonly string[] {
  if (PLAIN.test(text)) return [text];
  const json = JSON.stringify(text).slice(1, -1);
  return [...new Set([text, json, json.replaceAll('/', '\\/'), encodeURIComponent(text), encodeURIComponent(text).replaceAll('%20', '+')])];
}
