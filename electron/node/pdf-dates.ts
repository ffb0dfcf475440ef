/** A PDF date as Chromium writes it: `(D:20261121232500+00'00')`. */
const DATE = /\/(CreationDate|ModDate) ?\(D:\d{14}(?:[+-]\d\d'\d\d'|Z)?\)/g;
/** Not the time of the evidence, which would be a lie, and not now, which would differ: the earliest date a reader takes for "none". */
const NO_TIME = '19700101000000';

/**
 * The PDF with its two dates set to a fixed one in as many bytes, so that offsets stay right and the same page gives the same
 * file. Chromium writes nothing else that differs between two prints of one page.
 */
export function withFixedDates(pdf: Buffer): Buffer {
  // Latin-1 keeps every byte; the dates stand in the plain info dictionary, not in a compressed stream.
  const text = pdf.toString('latin1').replaceAll(DATE, (date) => date.replace(/D:\d{14}[+-]?(\d\d)?'?(\d\d)?/, (stamp) => `D:${NO_TIME}${stamp.slice(16).replaceAll(/\d/g, '0').replace('-', '+')}`));
  return Buffer.from(text, 'latin1');
}
