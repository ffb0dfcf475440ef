import { assertNever } from '../../../lib/assert.ts';
import type { Block, Cell, FactRow } from '../blocks.ts';
import { count } from '../text.ts';
import { activitySvg } from './activity-svg.ts';
import { chainSvg } from './chain-svg.ts';
import { exhibitSvg } from './exhibit-svg.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import { cellHtml, severityHtml, textHtml } from './inline.ts';

/** An entry of the table of contents. */
export interface ContentsEntry {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

/** What a block's markup needs beside the block: an id of its own in the document, and the contents. */
export interface BlockPlace {
  readonly id: string;
  readonly contents: readonly ContentsEntry[];
}

const classAttribute = (names: readonly (string | undefined)[]): string => {
  const given = names.filter((name) => name !== undefined);
  return given.length === 0 ? '' : ` class="${given.join(' ')}"`;
};

/** A value of more lines may go on on the next page. */
const TALL = 8;
const isTall = ({ value }: FactRow): boolean => value.filter(({ kind }) => kind === 'break').length > TALL;

const factsHtml = (rows: readonly FactRow[], isTwo = false): string =>
  `<dl class="facts${isTwo ? ' two' : ''}">${rows.map((row) => `<div${classAttribute([isTall(row) ? 'tall' : undefined])}><dt>${escapeText(row.name)}</dt><dd>${cellHtml(row.value)}</dd></div>`).join('')}</dl>`;

/** A table of so few rows and lines is kept on one page; a higher one would leave a third of the page before it empty. */
const SHORT = { rows: 8, lines: 14 } as const;
/** Characters that fit beside each other in a table as wide as the page. */
const LINE = 100;

/** Lines that a cell takes about, in a table of columns of one width. */
const linesOf = (cell: Cell, columns: number): number =>
  Math.ceil((cell.reduce((sum, inline) => sum + ('text' in inline ? inline.text.length : 0), 0) * columns) / LINE) +
  cell.filter(({ kind }) => kind === 'break').length;

const isShort = ({ rows, head }: Extract<Block, { kind: 'table' }>): boolean =>
  rows.length <= SHORT.rows &&
  rows.reduce((sum, row) => sum + row.reduce((most, cell) => Math.max(most, linesOf(cell, head.length)), 1), 0) <= SHORT.lines;

function tableHtml(block: Extract<Block, { kind: 'table' }>): string {
  const classOf = (index: number): string =>
    classAttribute([block.head[index]?.align === 'end' ? 'end' : undefined, block.head[index]?.width]);
  const head = block.head.map((column, index) => `<th scope="col"${classOf(index)}>${escapeText(column.text)}</th>`).join('');
  const rows = block.rows.map((row) => {
    const [first = []] = row;
    // A row of one cell heads the rows below it.
    if (row.length === 1 && block.head.length > 1)
      return `<tr class="group"><th colspan="${String(block.head.length)}" scope="rowgroup">${cellHtml(first)}</th></tr>`;
    return `<tr>${row.map((cell, index) => `<td${classOf(index)}>${cellHtml(cell)}</td>`).join('')}</tr>`;
  });
  const shownRows = block.rows.filter((row) => row.length > 1 || block.head.length === 1).length;
  const shown =
    block.omitted > 0
      ? `<p class="omitted">${count(shownRows)} of ${count(shownRows + block.omitted)} rows shown; ${escapeText(block.rest ?? 'report.json has them all')}.</p>`
      : '';
  const body = rows.length === 0 ? `<tr><td colspan="${String(block.head.length)}" class="none">None recorded.</td></tr>` : rows.join('\n');
  return `<table${classAttribute([isShort(block) ? 'short' : undefined])}><caption>${escapeText(block.caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>${shown}`;
}

const legend =
  '<span class="key edge-key proved"></span>proved by trace or protocol <span class="key edge-key value"></span>same value returned, then sent ' +
  '<span class="key edge-key plain"></span>redirect, page, credential, initiator <span class="key edge-key inferred"></span>inferred from time';

const figureHtml = (picture: string, caption: string, key: string): string =>
  `<figure>${picture}<figcaption>${escapeText(caption)}<span class="legend" aria-hidden="true">${key}</span></figcaption></figure>`;

/** Where the program that prints writes the page of a heading: no browser counts pages ahead. */
const pageOf = (id: string): string => `<!--page:${escapeAttribute(id)}-->`;

const contentsHtml = (entries: readonly ContentsEntry[]): string =>
  `<nav class="contents" aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>${entries
    .map(
      (entry) =>
        `<li><a href="#${escapeAttribute(entry.id)}"><span class="number">${escapeText(entry.label)}</span>${escapeText(entry.text)}</a><span class="leader"></span><span class="page">${pageOf(entry.id)}</span></li>`,
    )
    .join('')}</ol></nav>`;

/** One block as HTML. Every text of it goes through an escape; nothing of the evidence becomes an address, a name or a style. */
export function blockHtml(block: Block, place: BlockPlace): string {
  switch (block.kind) {
    case 'title':
      return `<header class="title"><p class="eyebrow">${escapeText(block.eyebrow)}</p><h1>${escapeText(block.text)}</h1>${factsHtml(block.rows)}</header>`;
    case 'contents':
      return contentsHtml(place.contents);
    case 'heading':
      return `<h${String(block.level)} id="${escapeAttribute(block.id)}">${textHtml(block.text)}</h${String(block.level)}>`;
    case 'answer':
      return `<div class="answer"><h3>${escapeText(block.question)}</h3><p>${cellHtml(block.inlines)}</p></div>`;
    case 'paragraph':
      return `<p>${cellHtml(block.inlines)}</p>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      return `<${tag}${block.columns === 2 ? ' class="two"' : ''}>${block.items.map((item) => `<li>${cellHtml(item)}</li>`).join('')}</${tag}>`;
    }
    case 'facts':
      return factsHtml(block.rows, block.columns === 2);
    case 'table':
      return tableHtml(block);
    case 'numbers':
      return `<dl class="numbers">${block.items
        .map((item) => `<div><dt>${escapeText(item.label)}</dt><dd class="figure">${escapeText(item.value)}</dd></div>`)
        .join('')}</dl>`;
    case 'chain':
      return figureHtml(chainSvg(block, place.id), block.caption, legend);
    case 'activity':
      return figureHtml(
        activitySvg(block, place.id),
        block.caption,
        '<span class="key fine"></span>calls <span class="key failed"></span>failed <span class="key found"></span>evidence of a finding <span class="key gap"></span>no calls',
      );
    case 'exhibit':
      return figureHtml(
        exhibitSvg(block, place.id),
        block.caption,
        '<span class="key found"></span>what the finding is about <span class="key ring"></span>refused <span class="key fine"></span>other calls',
      );
    case 'note':
      return `<p class="note ${block.tone}">${cellHtml(block.inlines)}</p>`;
    case 'verdict':
      return `<p class="verdict sev-${block.severity}">${severityHtml(block.severity)} <span>${cellHtml(block.inlines)}</span></p>`;
    case 'page-break':
      return '<div class="page-break"></div>';
    default:
      return assertNever(block, 'block');
  }
}
