/** Marks of the Traffic Light Protocol 2.0. Source: first.org/tlp. */
export const TLP_MARKS = ['clear', 'green', 'amber', 'amber-strict', 'red'] as const;
export type TlpMark = (typeof TLP_MARKS)[number];

/** How a mark is written on a page. */
export const TLP_WORDS: Readonly<Record<TlpMark, string>> = {
  clear: 'TLP:CLEAR',
  green: 'TLP:GREEN',
  amber: 'TLP:AMBER',
  'amber-strict': 'TLP:AMBER+STRICT',
  red: 'TLP:RED',
};

/** Papers that a report may be printed on; without a choice the printer's own, and A4 for PDF. Sources: ISO 216, ANSI Y14.1. */
export const PAPERS = ['a4', 'letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** How a paper is written on screens. */
export const PAPER_WORDS: Readonly<Record<Paper, string>> = { a4: 'A4', letter: 'US Letter' };

/** Longest text that the analyst may put on the cover. Units: UTF-16 code units. */
export const MAX_COVER_TEXT = 200;
