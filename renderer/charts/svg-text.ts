import { toVisibleText } from '#shared/lib/visible-text.ts';

/** A part of an SVG file: an element as text. Made by `svg` alone, so that captured text is never markup. */
declare const markup: unique symbol;
export type SvgPart = string & { readonly [markup]: true };

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeMarkup = (text: string): string => toVisibleText(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/** One element: its name and the names of its attributes are ours, their values and its text may be anybody's. */
export function svg(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string | readonly SvgPart[] = [],
): SvgPart {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeMarkup(typeof value === 'number' ? String(Math.round(value * 100) / 100) : value)}"`,
  );
  const inner = typeof content === 'string' ? escapeMarkup(content) : content.join('');
  // The one place where a text becomes markup, all of its parts checked.
  return (inner === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inner}</${name}>`) as SvgPart;
}
