import { svg, type SvgPart } from './svg-text.ts';

/** The text around a picture. */
export interface PictureWords {
  readonly title: string;
  /** How much of what is shown, when, and what was left out; one line each. */
  readonly lines: readonly string[];
}

/** A picture that can be saved: SVG text and its size. Units: CSS px. */
export interface Picture {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

export type Token = (name: string) => string;

const MARGIN = 24;
const LINE = 18;
const LEAST_WIDTH = 640;

/** A file of its own: white ground, title and words above the drawing, which begins at 0 0 and is as large as told. */
export function framePicture(
  words: PictureWords,
  drawing: readonly SvgPart[],
  size: { readonly width: number; readonly height: number },
  token: Token,
): Picture {
  const head = MARGIN + 24 + words.lines.length * LINE + 8;
  const width = Math.ceil(Math.max(LEAST_WIDTH, size.width + 2 * MARGIN));
  const height = Math.ceil(head + size.height + MARGIN);
  const text = svg(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${String(width)} ${String(height)}`, role: 'img' },
    [
      svg('title', {}, words.title),
      svg('desc', {}, words.lines.join(' ')),
      svg('rect', { width, height, fill: token('bg') }),
      svg('text', { x: MARGIN, y: MARGIN + 14, ...uiFont(token, 15, 600), fill: token('text') }, words.title),
      ...words.lines.map((line, index) =>
        svg('text', { x: MARGIN, y: MARGIN + 14 + (index + 1) * LINE + 4, ...uiFont(token, 12, 400), fill: token('muted') }, line),
      ),
      svg('g', { transform: `translate(${String(MARGIN)} ${String(head)})` }, drawing),
    ],
  );
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`, width, height };
}

/** Attributes of text in the interface's type. Units: `size` in CSS px. */
export const uiFont = (token: Token, size: number, weight: number) => ({
  'font-family': token('font-ui'),
  'font-size': size,
  'font-weight': weight,
});

/**
 * Attributes of text in the type of raw values. `length`: the file names a font that a reader may not have, so the text
 * is set to the width that it has on the screen.
 */
export const monoFont = (token: Token, size: number, length: number) => ({
  'font-family': token('font-mono'),
  'font-size': size,
  ...(length > 0 ? { textLength: length, lengthAdjust: 'spacingAndGlyphs' } : {}),
});
