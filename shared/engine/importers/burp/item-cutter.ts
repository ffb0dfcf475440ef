import { concatBytes } from '../../../lib/bytes.ts';

/** One `<item>` element. */
export interface XmlItem {
  /** Units: bytes from the start of the stream. */
  readonly start: number;
  readonly length: number;
  /** The element with its tags; only its start when it is above the limit. */
  readonly bytes: Uint8Array;
  /** `open`: another item begins, or the stream ends, before this one is closed. */
  readonly problem: 'too-long' | 'open' | undefined;
}

/** What is kept of an item above the limit. Units: bytes. */
const KEPT_OF_LONG = 512;
/** Letters of a markup that are kept to tell what it is; a tag's attributes do not matter. */
const KEPT_OF_MARKUP = 16;

const LESS = 0x3c;
const GREATER = 0x3e;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const DASH = 0x2d;
const QUESTION = 0x3f;
const BANG = 0x21;

/** Where the reader is: between markup, inside of some, or in text that no markup can begin in. */
type Place = 'text' | 'markup' | 'cdata' | 'comment' | 'instruction' | 'declaration';

const CDATA = '<![CDATA[';
const COMMENT = '<!--';

/**
 * Cuts the `<item>` elements out of a stream of XML without a parser: nothing is built, expanded or fetched.
 * Shape:  knows tags, CDATA, comments, instructions and declarations well enough not to mistake what stands inside of them; a document
 *         type is passed over whole, whatever it declares. Items do not nest, so the start of one ends an item that was left open.
 * Cost:   one pass; memory is one item, at most `maxItem` bytes.
 */
export class XmlItemCutter {
  readonly #maxItem: number;
  #place: Place = 'text';
  #markup = '';
  #markupStart = 0;
  #quote = 0;
  #brackets = 0;
  /** The last two bytes before the current one, to see the end of CDATA and comments. */
  #last = 0;
  #beforeLast = 0;
  #offset = 0;
  #itemStart: number | undefined;
  #parts: Uint8Array[] = [];
  #size = 0;
  /** True once a document type declared an entity. */
  declaresEntities = false;
  #declaration = '';

  constructor(maxItem: number) {
    this.#maxItem = maxItem;
  }

  /** The items that end inside this chunk. */
  push(chunk: Uint8Array): XmlItem[] {
    const items: XmlItem[] = [];
    let kept = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (this.#place === 'text') {
        const next = byte === LESS ? at : chunk.indexOf(LESS, at);
        if (next === -1) break;
        at = next;
        this.#beginMarkup(this.#offset + at);
        continue;
      }
      if (this.#place === 'cdata' && byte !== GREATER && byte !== CLOSE_BRACKET) {
        const next = chunk.indexOf(CLOSE_BRACKET, at);
        this.#last = 0;
        if (next === -1) break;
        at = next - 1;
        continue;
      }
      if (!this.#step(byte)) continue;
      const tag = tagOf(this.#markup);
      const isItem = tag === '<item';
      if ((isItem && this.#itemStart !== undefined) || (tag === '</item' && this.#itemStart !== undefined)) {
        const end = isItem ? this.#markupStart : this.#offset + at + 1;
        const inside = end - this.#offset;
        if (inside > kept) this.#keep(chunk.subarray(kept, inside));
        kept = Math.max(kept, inside);
        items.push(this.#finish(end, isItem ? 'open' : undefined));
      }
      if (isItem) {
        this.#itemStart = this.#markupStart;
        const inside = this.#markupStart - this.#offset;
        // The tag may have begun in an earlier chunk: its letters are the same ones.
        if (inside < 0) this.#keep(new TextEncoder().encode(this.#markup.slice(0, -inside)));
        kept = Math.max(0, inside);
      }
    }
    if (this.#itemStart !== undefined) this.#keep(chunk.subarray(kept));
    this.#offset += chunk.length;
    return items;
  }

  /** The item that the stream ends inside of. */
  end(): XmlItem | undefined {
    return this.#itemStart === undefined ? undefined : this.#finish(this.#offset, 'open');
  }

  #beginMarkup(start: number): void {
    this.#place = 'markup';
    this.#markup = '<';
    this.#markupStart = start;
    this.#quote = 0;
    this.#brackets = 0;
    this.#last = 0;
    this.#beforeLast = 0;
  }

  /** One byte of a markup; true when it ends a tag. */
  #step(byte: number): boolean {
    const last = this.#last;
    const beforeLast = this.#beforeLast;
    this.#beforeLast = last;
    this.#last = byte;
    switch (this.#place) {
      case 'cdata':
        if (byte === GREATER && last === CLOSE_BRACKET && beforeLast === CLOSE_BRACKET) this.#place = 'text';
        return false;
      case 'comment':
        if (byte === GREATER && last === DASH && beforeLast === DASH) this.#place = 'text';
        return false;
      case 'instruction':
        if (byte === GREATER && last === QUESTION) this.#place = 'text';
        return false;
      case 'declaration':
        this.#stepDeclaration(byte);
        return false;
      case 'text':
      case 'markup':
        return this.#stepMarkup(byte);
    }
  }

  #stepMarkup(byte: number): boolean {
    if (this.#markup.length < KEPT_OF_MARKUP) this.#markup += String.fromCharCode(byte);
    if (this.#markup.length === 2 && byte === QUESTION) this.#place = 'instruction';
    if (this.#markup === COMMENT) this.#enter('comment');
    else if (this.#markup === CDATA) this.#enter('cdata');
    else if (this.#markup.startsWith('<!') && !COMMENT.startsWith(this.#markup) && !CDATA.startsWith(this.#markup)) {
      this.#enter('declaration');
      this.#declaration = '';
      this.#stepDeclaration(byte);
    }
    if (this.#place !== 'markup') return false;
    if (this.#quote !== 0) {
      if (byte === this.#quote) this.#quote = 0;
      return false;
    }
    if (byte === QUOTE || byte === APOSTROPHE) this.#quote = byte;
    if (byte !== GREATER) return false;
    this.#place = 'text';
    return true;
  }

  #enter(place: Place): void {
    this.#place = place;
    this.#last = 0;
    this.#beforeLast = 0;
  }

  /** `<!DOCTYPE … [ … ]>`: ends at the bracket that is not inside of quotes or of the internal subset. */
  #stepDeclaration(byte: number): void {
    if (byte >= 0x41 && byte <= 0x5a) this.#declaration = `${this.#declaration}${String.fromCharCode(byte)}`.slice(-6);
    else if (byte !== BANG) this.#declaration = '';
    if (this.#declaration === 'ENTITY') this.declaresEntities = true;
    if (this.#quote !== 0) {
      if (byte === this.#quote) this.#quote = 0;
      return;
    }
    if (byte === QUOTE || byte === APOSTROPHE) this.#quote = byte;
    else if (byte === OPEN_BRACKET) this.#brackets += 1;
    else if (byte === CLOSE_BRACKET) this.#brackets -= 1;
    else if (byte === GREATER && this.#brackets <= 0) this.#place = 'text';
  }

  #keep(piece: Uint8Array): void {
    const room = this.#size > this.#maxItem ? 0 : piece.length;
    this.#size += piece.length;
    if (room > 0) this.#parts.push(piece.slice());
    if (this.#size > this.#maxItem && room > 0) this.#parts = [concatBytes(this.#parts).slice(0, KEPT_OF_LONG)];
  }

  #finish(end: number, problem: XmlItem['problem']): XmlItem {
    const start = this.#itemStart ?? end;
    const isLong = this.#size > this.#maxItem;
    const bytes = concatBytes(this.#parts);
    this.#itemStart = undefined;
    this.#parts = [];
    this.#size = 0;
    return { start, length: end - start, bytes, problem: problem ?? (isLong ? 'too-long' : undefined) };
  }
}

/** `<item` of `<item>` and `<item a="b">`, `</item` of `</item>`. */
const tagOf = (markup: string): string => /^<\/?[^\s/>]*/.exec(markup)?.[0] ?? '';
