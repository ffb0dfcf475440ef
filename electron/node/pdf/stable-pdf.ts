/** A PDF date as Chromium writes it: `(D:20261121232500+00'00')`. */
const DATE = /\/(CreationDate|ModDate) ?\(D:\d{14}(?:[+-]\d\d'\d\d'|Z)?\)/g;
/** Not the time of the evidence, which would be a lie, and not now, which would differ: the earliest date a reader takes for "none". */
const NO_TIME = '19700101000000';
/** The name of an element in the structure of a tagged PDF. Text of the page cannot look like this: its brackets are escaped. */
const ELEMENT = /\(node(\d{8})\)/g;

const fixDate = (date: string): string =>
  date.replace(/D:\d{14}[+-]?(\d\d)?'?(\d\d)?/, (stamp) => `D:${NO_TIME}${stamp.slice(16).replaceAll(/\d/g, '0').replace('-', '+')}`);

/**
 * The PDF with what differs between two prints of one page made equal, in as many bytes, so that offsets stay right:
 * both dates, and the names of structure elements, which Chromium 156 counts from a number that depends on what else the
 * process has shown (2 of 35 prints on a busy machine were off by one). Names keep their order, as the file's own look-up
 * tree is sorted by them.
 */
export function toStablePdf(pdf: Buffer): Buffer {
  // Latin-1 keeps every byte; dates and names stand in plain dictionaries, not in compressed streams.
  const text = pdf.toString('latin1');
  const numbers = [...new Set([...text.matchAll(ELEMENT)].map((match) => match[1] ?? ''))].sort();
  const ranks = new Map(numbers.map((number, index) => [number, String(index + 1).padStart(8, '0')]));
  return Buffer.from(
    text.replaceAll(DATE, fixDate).replaceAll(ELEMENT, (_name, number: string) => `(node${ranks.get(number) ?? number})`),
    'latin1',
  );
}
