const NOT_ASCII = /[^\x00-\x7f]/;

/** Lower case as SQLite's LIKE and `lower` mean it: only the letters A to Z. */
export const foldCase = (text: string): string =>
  NOT_ASCII.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text.toLowerCase();
