/** A last part with the ending of a file: no letter of Base64, and none of hexadecimal numbers, is a dot. */
const FILE = /\/[^/]+\.[A-Za-z][A-Za-z0-9]{1,7}$/;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
/** What people and programs put names together of: a word in one case, a number, a short number with letters before it. */
const PIECE = /^(?:\d*|[a-z]{1,24}|[A-Z]{1,24}|[A-Z][a-z]{1,24}|[A-Za-z]{1,4}\d{1,12})$/;
/** Longer texts are no names of files in a store. Units: characters. */
const MAX_LENGTH = 1_024;

/**
 * True for the name of a file in a store or a tree, which a member `key` holds as often as a secret: S3 and its like call an object's name so.
 * Example: `2026/09/19/C88-626134.pdf`, `exports/2026-09/orders`. Not `wJalrXUtnFEMI/K7MDENG/bPxRfiCY`, whose parts are no names.
 */
export const isFilePath = (text: string): boolean =>
  text.length <= MAX_LENGTH && text.includes('/') && (FILE.test(text) || text.replaceAll(UUID, '').split(/[/._=~ -]/).every((piece) => PIECE.test(piece))); // prettier-ignore
