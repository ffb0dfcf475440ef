/** Text of a URL or a form without its escapes; as it stands where they are broken. */
export function plain(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** The first value of a field in a query or a form. Example: `city` of `id=7&city=New+York` is `New York`. */
export function fieldOf(text: string, name: string): string | undefined {
  for (const pair of text.split('&')) {
    const split = pair.indexOf('=');
    if (split > 0 && plain(pair.slice(0, split)) === name) return plain(pair.slice(split + 1).replaceAll('+', ' '));
  }
  return undefined;
}
