import type { Block } from '../blocks.ts';
import type { PrintedView, ReportView, Section } from '../section.ts';
import { reportStyle } from '../style.ts';
import { blockHtml, type ContentsEntry } from './blocks-html.ts';
import { cssString, escapeAttribute, escapeText } from './escape.ts';

interface BuiltSection {
  readonly section: Section;
  /** `3` or `A`; empty for what has no heading of its own. */
  readonly label: string;
  readonly blocks: readonly Block[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function buildSections(sections: readonly Section[], view: PrintedView): readonly BuiltSection[] {
  let number = 0;
  let letter = 0;
  return sections.map((section) => {
    const blocks = section.build(view);
    if (section.part === 'front') return { section, label: '', blocks };
    if (section.part === 'body') return { section, label: String((number += 1)), blocks };
    letter += 1;
    return { section, label: LETTERS[letter - 1] ?? String(letter), blocks };
  });
}

const base64OfHex = (hex: string): string =>
  btoa((hex.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join(''));

/** Margin boxes of the printed page. Chromium has no running strings, so the case's title stands in the style itself. */
const pageStyle = (title: string, marking: string): string =>
  `@page{@top-left{content:${cssString(title)}}@top-right{content:${cssString(marking)}}@bottom-left{content:"Spoor report"}@bottom-right{content:"Page " counter(page) " of " counter(pages)}}`;

/** What the report is not marked with, since nobody has said it: a reader must not take silence for TLP:CLEAR. */
export const MARKING = 'TLP not set: treat as restricted';

/** The name a reader sees: the case's title, or that there is none. */
export const titleOf = (view: ReportView): string => (view.json.case.title === '' ? 'API incident report' : view.json.case.title);

/**
 * The report as one HTML file, piece by piece: style inline and allowed by its hash, no script, no address to fetch.
 * Shape: `write` gets the pieces in order; a piece is at most one block. Nothing of the machine, its clock or zone gets in.
 */
export function renderHtml(
  view: PrintedView,
  sections: readonly Section[],
  sha256Hex: (text: string) => string,
  write: (text: string) => void,
): void {
  const built = buildSections(sections, view);
  const title = titleOf(view);
  const style = `${reportStyle}${pageStyle(title, MARKING)}`;
  const policy = `default-src 'none'; style-src 'sha256-${base64OfHex(sha256Hex(style))}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`;
  const contents: readonly ContentsEntry[] = built
    .filter(({ label }) => label !== '')
    .map(({ section, label }) => ({ id: section.id, label, text: section.title }));
  write(
    `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">\n` +
      `<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="generator" content="Spoor ${escapeAttribute(view.json.case.spoorVersion)}">\n` +
      `<meta name="referrer" content="no-referrer">\n<title>${escapeAttribute(title)}</title>\n<style>${style}</style>\n</head>\n<body>\n<main>\n`,
  );
  for (const { section, label, blocks } of built) {
    write(`<section class="${section.part} section-${section.id}">\n`);
    if (label !== '') write(`<h2 id="${section.id}"><span class="number">${label}</span> ${escapeText(section.title)}</h2>\n`);
    for (const [index, block] of blocks.entries()) write(`${blockHtml(block, { id: `${section.id}-${String(index)}`, contents })}\n`);
    write('</section>\n');
  }
  write('</main>\n</body>\n</html>\n');
}
