/** JSON indented for reading, when doing so keeps every value: numbers that JavaScript would round stay as they were. */
export function indentJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text; // not JSON after all, or cut short: shown as captured
  }
  // Compared without blanks: a rounded number or a dropped duplicate key would make a difference.
  const bare = (json: string): string => json.replace(/\s+/g, '');
  return bare(JSON.stringify(value)) === bare(text) ? JSON.stringify(value, undefined, 2) : text;
}
