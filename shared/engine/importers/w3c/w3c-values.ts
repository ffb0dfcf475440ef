/**
 * Cuts a row of an extended log into its values; `undefined` when there are not `count` of them.
 * Source: W3C WD-logfile-960323, "Entries": blanks or tabs between values, `""` for a quote inside a quoted one.
 * Traps:  CloudFront separates by single tabs and quotes nothing; IIS quotes nothing, but its Advanced Logging and Incapsula do.
 */
export function splitW3cValues(line: string, count: number): readonly string[] | undefined {
  if (line.includes('\t')) {
    const values = line.split('\t');
    if (values.length === count) return values;
  }
  if (!line.includes('"')) {
    const values = line.split(/[ \t]+/);
    const bare = values[0] === '' || values.at(-1) === '' ? values.filter((value) => value !== '') : values;
    return bare.length === count ? bare : undefined;
  }
  const values: string[] = [];
  for (let at = 0; at < line.length;) {
    if (isSeparator(line.charCodeAt(at))) {
      at += 1;
      continue;
    }
    if (values.length === count) return undefined;
    const quoteEnd = line.charCodeAt(at) === QUOTE ? findQuoteEnd(line, at) : -1;
    const end = quoteEnd === -1 ? findWordEnd(line, at) : quoteEnd;
    values.push(quoteEnd === -1 ? line.slice(at, end) : line.slice(at + 1, end - 1).replaceAll('""', '"'));
    at = end;
  }
  return values.length === count ? values : undefined;
}

const QUOTE = 0x22;
const isSeparator = (code: number): boolean => code === 0x20 || code === 0x09;

/** Just behind the closing quote; −1 when there is none that a separator or the line's end follows. */
function findQuoteEnd(line: string, from: number): number {
  for (let at = line.indexOf('"', from + 1); at !== -1; at = line.indexOf('"', at + 1)) {
    if (line.charCodeAt(at + 1) === QUOTE) {
      at += 1;
      continue;
    }
    return at + 1 === line.length || isSeparator(line.charCodeAt(at + 1)) ? at + 1 : -1;
  }
  return -1;
}

function findWordEnd(line: string, from: number): number {
  let at = from;
  while (at < line.length && !isSeparator(line.charCodeAt(at))) at += 1;
  return at;
}
