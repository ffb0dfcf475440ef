import { crc32 } from '../../../lib/crc32.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A number in base 62 with leading zeros. */
function toBase62(value: number, length: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = (BASE62[rest % 62] ?? '') + text;
  return text.padStart(length, '0');
}

/**
 * Tokens of GitHub and npm: thirty random letters, then their CRC-32 in base 62 in six letters.
 * Source: GitHub, "Behind GitHub's new authentication token formats" (2021), and npm's announcement of the same form. Tokens of other
 * lengths (`github_pat_`, tokens of apps since 2025) have other forms and are not judged.
 */
const WITH_CRC = /^(?:gh[opsur]|npm)_([A-Za-z0-9]{30})([A-Za-z0-9]{6})$/;

/** True for a key whose own checksum is wrong: it was made up, or a letter of it was changed, and it opens nothing. */
export function failsChecksum(text: string): boolean {
  const match = WITH_CRC.exec(text);
  return match !== null && toBase62(crc32(match[1] ?? ''), 6) !== match[2];
}
