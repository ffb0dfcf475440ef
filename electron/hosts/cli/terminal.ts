import { toVisibleLines, toVisibleText } from '#shared/lib/visible-text.ts';

/** Evidence text within a line for a terminal: no control character of it takes effect, none begins a line, nothing of it stays unseen. */
export const printable = toVisibleText;

/** Whatever is printed passes here: names, hosts and messages of the evidence stand where nobody would look for them. */
const toLines = (text: string): string => `${toVisibleLines(text)}\n`;

/** One line for people on standard output. */
export const sayLine = (line: string): void => {
  process.stdout.write(toLines(line));
};

/** One line for people on standard error. */
export const complain = (line: string): void => {
  process.stderr.write(toLines(line));
};

/** What JSON may hold as it is, and terminals obey or draw otherwise: C1 controls, formats, separators, tags. */
const UNSEEN = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;
const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** A machine-readable result, alone on standard output. Shape: the same JSON with escapes for what a terminal would obey. */
export const sayJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, undefined, 2).replace(UNSEEN, escaped)}\n`);
};
