/** A child element of an item: its text, and the start tag's attributes as written. */
export interface ItemField {
  readonly text: string;
  readonly attributes: string;
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Text without its five predefined and its numeric references; any other stays as it is written, because nothing is expanded. */
function decodeXmlText(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w{1,8}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(PREDEFINED, name) ? (PREDEFINED[name] ?? whole) : whole;
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** The value of an attribute in a start tag. */
export const attributeOf = (attributes: string, name: string): string | undefined => {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return match === null ? undefined : decodeXmlText(match[1] ?? match[2] ?? '');
};

/** The child elements of one item by name, the first of each. Elements inside of a child count as its text. */
export function readItemFields(item: string): ReadonlyMap<string, ItemField> {
  const fields = new Map<string, ItemField>();
  // Behind the item's own tag.
  let at = tagEnd(item, 0) + 1;
  for (;;) {
    const open = item.indexOf('<', at);
    if (open === -1 || item.startsWith('</', open)) return fields;
    if (item.startsWith('<!--', open)) {
      at = after(item, '-->', open);
      continue;
    }
    const end = tagEnd(item, open);
    if (end === -1) return fields;
    const tag = item.slice(open + 1, end);
    const name = /^[\w:.-]{1,64}/.exec(tag)?.[0];
    if (name === undefined || tag.endsWith('/')) {
      at = end + 1;
      continue;
    }
    const content = readContent(item, end + 1, `</${name}`);
    if (!fields.has(name)) fields.set(name, { text: content.text, attributes: tag.slice(name.length) });
    at = after(item, '>', content.next);
  }
}

/** Where the tag that begins at `from` ends: at the bracket that stands outside of quotes; −1 when it does not. */
function tagEnd(item: string, from: number): number {
  let quote = '';
  for (let at = from; at < item.length; at += 1) {
    const letter = item[at] ?? '';
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '>') return at;
  }
  return -1;
}

/** The text up to an end tag: CDATA as it is, references decoded. */
function readContent(item: string, from: number, endTag: string): { readonly text: string; readonly next: number } {
  const parts: string[] = [];
  let at = from;
  for (;;) {
    const open = item.indexOf('<', at);
    const stop = open === -1 ? item.length : open;
    if (stop > at) parts.push(decodeXmlText(item.slice(at, stop)));
    if (open === -1 || item.startsWith(endTag, open)) return { text: parts.join(''), next: stop };
    if (item.startsWith('<![CDATA[', open)) {
      const end = item.indexOf(']]>', open);
      parts.push(item.slice(open + 9, end === -1 ? item.length : end));
      at = end === -1 ? item.length : end + 3;
    } else if (item.startsWith('<!--', open)) at = after(item, '-->', open);
    else at = after(item, '>', open);
  }
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}
