import type { Severity } from '../../../contract/report-json.ts';
import { assertNever } from '../../../lib/assert.ts';
import type { Cell, Inline } from '../blocks.ts';
import { severityWord, THIN_SPACE } from '../text.ts';
import { escapeAttribute, escapeText } from './escape.ts';

/** One shape a severity, in a box of 12 by 12, so that the mark survives greyscale: octagon, triangle, diamond, circle, dot. */
const SHAPES: Readonly<Record<Severity, string>> = {
  critical: '<path d="M3.8 .6h4.4l3.2 3.2v4.4l-3.2 3.2H3.8L.6 8.2V3.8z"/>',
  high: '<path d="M6 .8l5.6 10.2H.4z"/>',
  medium: '<path d="M6 .4L11.6 6 6 11.6.4 6z"/>',
  low: '<circle cx="6" cy="6" r="4.6" fill="none" stroke-width="2"/>',
  info: '<circle cx="6" cy="6" r="2.4"/>',
};

/** The shape alone, for pictures; `x` and `y` place its top left corner. */
export const severityShape = (severity: Severity, x: number, y: number): string =>
  `<g class="sev-${severity}" transform="translate(${String(x)} ${String(y)})">${SHAPES[severity]}</g>`;

/** The shape and its word. */
export const severityHtml = (severity: Severity): string =>
  `<span class="severity sev-${severity}"><svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">${SHAPES[severity]}</svg>${severityWord[severity]}</span>`;

/** Drawn by every browser in a way that survives greyscale: struck through, underlined, on a ground. */
const MARKS = { gone: 'del', new: 'ins', seen: 'mark' } as const;

/** A piece of a name that is longer than this may break inside. Units: UTF-16 code units; about a third of a page's width. */
const LONGEST_PIECE = 36;

/** A word of a sentence that is longer than this is a name, and may break like one. Units: UTF-16 code units. */
const LONGEST_WORD = 24;

/** A name of one column that is longer may break behind its kind or its domain: `partner:`, `DOMAIN\\`. Units: UTF-16 code units. */
const LONGEST_NAME = 12;

/** What a line does not break at its hyphens: a day, and an id of few letters such as `token-80`. */
const WHOLE = /^(?:\d{4}-\d\d-\d\d\b|[a-z]{1,10}(?:-key)?-\d{1,6}(?!-))/;

/** A network, which does not break before its length. */
const NETWORK = /^(?:(?:\d{1,3}\.){3}\d{1,3}|network-\d+(?:\.\d+)?)\/\d{1,3}$/;

/** A name alone in its column is broken at its hyphens only; parts of more letters than `longest` anywhere. The narrowest column has room for one below `shortest`. Units: UTF-16 code units. */
const NAME = { shortest: 10, whole: 24, longest: 14 } as const;

/** A word, kept on one line where it begins with a day or a short id. */
const wholeHtml = (word: string): string =>
  WHOLE.test(word) && word.length <= LONGEST_WORD ? `<span class="whole">${escapeText(word)}</span>` : escapeText(word);

const keptHtml = (text: string): string => `<span class="whole">${escapeText(text)}</span>`;

/** A short name of one word with the places where a line may end. */
function shortName(value: string): string | undefined {
  if (NETWORK.test(value)) return keptHtml(value);
  if (value.length < NAME.shortest || value.length > NAME.whole || !/^[\p{L}\p{N}._-]+$/u.test(value) || WHOLE.test(value))
    return undefined;
  return value
    .split(/(?<=-)(?=.)/u)
    .map((part) => (part.length > NAME.longest ? escapeText(part) : keptHtml(part)))
    .join('<wbr>');
}

/** Evidence text with the places where a line may end: after spaces and slashes, but not between a method and its path; there and inside of a word only where it fits in no column. */
const breakable = (value: string): string =>
  shortName(value) ??
  value
    .split(/(?<=[/!?&;,])|(?<=\s)(?<!^[A-Z]{1,8}\s)/u)
    .flatMap((piece) => (piece.length <= LONGEST_PIECE ? [piece] : piece.split(/(?<=\s)/u)))
    .flatMap((piece) => (piece.length <= LONGEST_PIECE ? [piece] : piece.split(/(?<=[.=_:-])/u)))
    .flatMap((piece) => piece.match(new RegExp(`[\\s\\S]{1,${String(LONGEST_PIECE)}}`, 'gu')) ?? [])
    .flatMap((piece) => (piece.length <= LONGEST_NAME ? [piece] : piece.split(/(?<=[:@\\])/u)))
    .map(wholeHtml)
    .join('<wbr>');

/** A number with commas between its digits, as rules write it for all places, and a unit of percent that a line must not begin with. */
const COMMAS = /(?<=\d),(?=\d{3}(?!\d))/g;
const PERCENT = /(?<=\d) (?=%)/g;

/** Numbers as all of the report prints them. What stands in quotation marks is the evidence's and stays. Example: `of 10,405 calls`. */
const printedNumbers = (value: string): string =>
  value
    .split(/(“[^”]*”)/u)
    .map((part) =>
      part.startsWith('“')
        ? part
        : part
            .replace(/(?<![^\s(])\d{1,3}(?:,\d{3})+(?![^\s).,;:])/g, (number) => number.replace(COMMAS, THIN_SPACE))
            .replace(PERCENT, THIN_SPACE),
    )
    .join('');

/** Text of sentences, in which a long path may break after its slashes, so that it does not push a column out of the page. */
export const textHtml = (value: string): string =>
  printedNumbers(value)
    .split(/(?<=\s)/u)
    .map((word) => (word.length > LONGEST_WORD ? breakable(word) : wholeHtml(word)))
    .join('');

function inlineHtml(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return textHtml(inline.text);
    case 'break':
      return '<br>';
    case 'strong':
      return `<strong>${textHtml(inline.text)}</strong>`;
    case 'code':
      return `<code>${breakable(inline.text)}</code>`;
    case 'marked':
      return `<${MARKS[inline.how]}>${escapeText(inline.text)}</${MARKS[inline.how]}>`;
    case 'severity':
      return severityHtml(inline.severity);
    case 'anchor':
      return `<span id="${escapeAttribute(inline.id)}">${escapeText(inline.text)}</span>`;
    case 'part':
      throw new Error(`${inline.id}: the document gives parts their numbers before it is written`);
    case 'link':
      return `<a href="#${escapeAttribute(inline.to)}">${textHtml(inline.text)}</a>`;
    default:
      return assertNever(inline, 'inline');
  }
}

/** Runs of text as HTML, everything escaped. */
export const cellHtml = (cell: Cell): string => cell.map(inlineHtml).join('');
