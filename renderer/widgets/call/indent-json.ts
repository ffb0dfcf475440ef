/** JSON indented for reading, when doing so keeps every value: numbers that JavaScript would round stay as they were. */
export function indentJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    // Compared without blanks: a rounded number or a dropped duplicate key would make a difference.
    return bare(JSON.stringify(value)) === bare(text) ? JSON.stringify(value, undefined, 2) : text;
  } catch {
    return text; // not JSON after all, cut short, or nested deeper than can be written: shown as captured
  }
}

const bare = (json: string): string => json.replace(/\s+/g, '');
