/**
 * Bytes that a log wrote as two hex digits each, as the text they are in UTF-8; `undefined` when they are not UTF-8 or hold a
 * control character, so that the caller keeps what was written.
 */
export function toTextOfHex(hexes: readonly string[]): string | undefined {
  const bytes = Uint8Array.from(hexes, (hex) => Number.parseInt(hex, 16));
  if (bytes.some((byte) => byte < 0x20 || byte === 0x7f)) return undefined;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return text.includes('\uFFFD') ? undefined : text;
}

/** Undoes percent-encoding once; a text that is not validly encoded stays as it is. */
export function undoPercent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (escape) => toTextOfHex(escape.slice(1).split('%')) ?? escape);
}
