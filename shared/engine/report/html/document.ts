import { TLP_WORDS, type Paper } from '../../../model/cover.ts';
import type { Block, Inline } from '../blocks.ts';
import { omittedOf, type Printing } from '../printing.ts';
import type { PrintedView, ReportView, Section } from '../section.ts';
import { fitToPages } from '../fit-to-pages.ts';
import { reportFonts } from '../fonts.ts';
import { reportStyle } from '../style.ts';
import { link, text } from '../text.ts';
import { blockHtml, type ContentsEntry } from './blocks-html.ts';
import { cssString, escapeAttribute, escapeText } from './escape.ts';

/** A part with its blocks, ready to be written. */
export interface BuiltSection {
  readonly id: string;
  readonly title: string;
  readonly part: Section['part'];
  /** `3` or `A`; empty for what has no heading of its own. */
  readonly label: string;
  readonly blocks: readonly Block[];
}

/** What stands around the sections of a document. */
export interface DocumentHead {
  readonly title: string;
  /** At the top right of each page. */
  readonly marking: string;
  /** At the bottom left of each page. */
  readonly footer: string;
  readonly version: string;
  /** The printer's own when nobody chose one. */
  readonly paper?: Paper | undefined;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Sections of one document with their numbers and letters, without gaps: what is left out leaves none. */
export function labelSections(sections: readonly Section[]): readonly { readonly section: Section; readonly label: string }[] {
  let number = 0;
  let letter = 0;
  return sections.map((section) => {
    if (section.part === 'front') return { section, label: '' };
    if (section.part === 'body') return { section, label: String((number += 1)) };
    letter += 1;
    return { section, label: LETTERS[letter - 1] ?? String(letter) };
  });
}

const base64OfHex = (hex: string): string =>
  btoa((hex.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join(''));

/** Names that CSS has for them. Source: CSS Paged Media 3, 7.1. */
const PAPER_SIZES: Readonly<Record<Paper, string>> = { a4: 'A4', letter: 'letter' };

/** Margin boxes of the printed page. Chromium has no running strings, so the case's title stands in the style itself. */
const pageStyle = ({ title, marking, footer, paper }: DocumentHead): string =>
  `@page{${paper === undefined ? '' : `size:${PAPER_SIZES[paper]};`}@top-left{content:${cssString(title)}}@top-right{content:${cssString(marking)}}@bottom-left{content:${cssString(footer)}}@bottom-right{content:"Page " counter(page) " of " counter(pages)}}`;

/** How the report is marked; what nobody marked is not free to share. */
export const markingOf = ({ settings }: Printing): string =>
  settings.tlp === undefined ? 'TLP not set: treat as restricted' : TLP_WORDS[settings.tlp];

/** The name a reader sees: the case's title, or that there is none. */
export const titleOf = (view: ReportView): string => (view.json.case.title === '' ? 'API incident report' : view.json.case.title);

/**
 * Sections as one HTML file, piece by piece: style inline and allowed by its hash, no script, no address to fetch.
 * Shape: `write` gets the pieces in order; a piece is at most one block. Nothing of the machine, its clock or zone gets in.
 */
export function renderDocument(
  head: DocumentHead,
  built: readonly BuiltSection[],
  sha256Hex: (text: string) => string,
  write: (text: string) => void,
): void {
  // Fonts of our own, so that lines break and pages end alike on every machine.
  const style = `${reportFonts}${reportStyle}${pageStyle(head)}`;
  const policy = `default-src 'none'; style-src 'sha256-${base64OfHex(sha256Hex(style))}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`;
  const contents: readonly ContentsEntry[] = built
    .filter(({ label }) => label !== '')
    .map(({ id, title, label }) => ({ id, label, text: title }));
  write(
    `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">\n` +
      `<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="generator" content="Spoor ${escapeAttribute(head.version)}">\n` +
      `<meta name="referrer" content="no-referrer">\n<title>${escapeAttribute(head.title)}</title>\n<style>${style}</style>\n</head>\n<body>\n<main>\n`,
  );
  for (const { id, title, part, label, blocks } of built) {
    write(`<section class="${part} section-${id}">\n`);
    if (label !== '') write(`<h2 id="${id}"><span class="number">${label}</span> ${escapeText(title)}</h2>\n`);
    for (const [index, block] of blocks.entries()) write(`${blockHtml(block, { id: `${id}-${String(index)}`, contents })}\n`);
    write('</section>\n');
  }
  write('</main>\n</body>\n</html>\n');
}

/** "section 3" or "annex B" for a part of this document; one that is left out stands in the full report. */
function numberOf(id: string, built: readonly BuiltSection[]): Inline {
  const found = built.find((section) => section.id === id);
  if (found === undefined) return text('the full report');
  return link(id, `${found.part === 'annex' ? 'annex' : 'section'} ${found.label}`);
}

/** Places of a block that links may lead to: its own, and those in the cells of a table. */
const anchorsOf = (block: Block): readonly string[] => {
  if (block.kind === 'heading') return [block.id];
  if (block.kind !== 'table') return [];
  return block.rows.flatMap((row) => row.flatMap((cell) => cell.flatMap((inline) => (inline.kind === 'anchor' ? [inline.id] : []))));
};

/** References to parts get their numbers; links to a section or card that is not printed become plain text. */
function withReferences(built: readonly BuiltSection[]): readonly BuiltSection[] {
  const targets = new Set(built.flatMap(({ id, blocks }) => [id, ...blocks.flatMap(anchorsOf)]));
  const mend = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(mend);
    if (typeof value !== 'object' || value === null) return value;
    if ('kind' in value && value.kind === 'part' && 'id' in value) return numberOf(String(value.id), built);
    if ('kind' in value && value.kind === 'link' && 'to' in value && 'text' in value && !targets.has(String(value.to)))
      return { kind: 'text', text: value.text };
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mend(member)]));
  };
  return built.map((section) => ({ ...section, blocks: mend(section.blocks) as readonly Block[] })); // the same blocks, other inlines
}

/** The report as one HTML file, without the sections that the profile or the analyst leaves out. */
export function renderHtml(
  view: PrintedView,
  sections: readonly Section[],
  sha256Hex: (text: string) => string,
  write: (text: string) => void,
): void {
  const omitted = omittedOf(view.printing);
  const built = labelSections(sections.filter(({ id }) => !omitted.has(id))).map(
    ({ section: { id, title, part, build }, label }): BuiltSection => ({ id, title, part, label, blocks: build(view) }),
  );
  const title = titleOf(view);
  const head = {
    title,
    marking: markingOf(view.printing),
    footer: `Spoor report ${view.jsonSha256.slice(0, 8)}`,
    version: view.json.case.spoorVersion,
    paper: view.printing.settings.paper,
  };
  renderDocument(head, withReferences(fitToPages(built)), sha256Hex, write);
}
