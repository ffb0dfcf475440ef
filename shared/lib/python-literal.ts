import type { Json } from './json.ts';

/** Nesting that is followed; deeper text is no argument of a tool. */
const MAX_DEPTH = 64;
/** Longer texts stay text: what programs print of their values is short. Units: characters. */
const MAX_LENGTH = 1_000_000;

const NUMBER = /[+-]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_]\w*/y;
const PREFIX = /[rRuU]?(?=["'])/y;
const WORDS: Readonly<Record<string, Json>> = { True: true, False: false, None: null };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', a: '\u0007', '0': '\0' };
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Reads what Python prints of a dict, a list or a tuple (`{'id': 7, 'open': True, 'of': None}`) as the JSON it stands for: tracing tools keep
 * arguments so. `undefined` for anything else: for prose, for objects of classes (`<Tool at 0x…>`), for text that ends early.
 * Source:  The Python Language Reference, 2.4 "Literals" and 6.2 "Atoms"; nothing is evaluated.
 * Example: `{'id': 'sup-1', 'lines': [(1, 2.5)]}` is `{"id":"sup-1","lines":[[1,2.5]]}`.
 */
export function parsePythonLiteral(text: string): Json | undefined {
  const start = text.trimStart();
  if (text.length > MAX_LENGTH || !/^[{[(]/.test(start)) return undefined;
  const reader = new LiteralReader(start);
  const value = reader.value(0);
  return reader.isAtEnd() ? value : undefined;
}

/** A place in a text. Lifetime: one text. A method that finds something else than it reads gives `undefined`, and the text is given up. */
class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    this.#blanks();
    return this.#at === this.#text.length;
  }

  value(depth: number): Json | undefined {
    this.#blanks();
    const first = this.#text[this.#at];
    if (depth > MAX_DEPTH || first === undefined) return undefined;
    if (first === '{') return this.#dict(depth);
    if (first === '[') return this.#list(']', depth);
    if (first === '(') return this.#list(')', depth);
    return this.#string() ?? this.#number() ?? this.#word();
  }

  #dict(depth: number): Json | undefined {
    const entries = new Map<string, Json>();
    this.#at += 1;
    while (!this.#take('}')) {
      const key = this.value(depth + 1);
      if (key === undefined || (typeof key === 'object' && key !== null) || !this.#take(':')) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      entries.set(String(key), value);
      if (!this.#take(',') && !this.#isNext('}')) return undefined;
    }
    return Object.fromEntries(entries);
  }

  #list(end: string, depth: number): Json | undefined {
    const values: Json[] = [];
    this.#at += 1;
    while (!this.#take(end)) {
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      values.push(value);
      if (!this.#take(',') && !this.#isNext(end)) return undefined;
    }
    return values;
  }

  #string(): string | undefined {
    const prefix = this.#match(PREFIX);
    if (prefix === undefined) return undefined;
    const isRaw = prefix.toLowerCase() === 'r';
    const quote = this.#text[this.#at];
    let read = '';
    for (let from = this.#at + 1, at = from; at < this.#text.length; at += 1) {
      const sign = this.#text[at];
      if (sign === quote) {
        this.#at = at + 1;
        return read + this.#text.slice(from, at);
      }
      if (sign !== '\\') continue;
      const escape = isRaw ? undefined : this.#escape(at + 1);
      if (escape !== undefined) {
        read += this.#text.slice(from, at) + escape.text;
        from = at + 1 + escape.length;
      }
      at += escape?.length ?? 1;
    }
    return undefined;
  }

  /** What stands behind a backslash; `undefined` where Python keeps the backslash. */
  #escape(at: number): { readonly text: string; readonly length: number } | undefined {
    const sign = this.#text[at] ?? '';
    if (sign === '\n') return { text: '', length: 1 };
    if (sign === '\\' || sign === "'" || sign === '"') return { text: sign, length: 1 };
    const digits = HEX_DIGITS[sign];
    if (digits !== undefined) {
      const hex = this.#text.slice(at + 1, at + 1 + digits);
      const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Infinity;
      return code <= 0x10_ff_ff ? { text: String.fromCodePoint(code), length: 1 + digits } : undefined;
    }
    const plain = Object.hasOwn(ESCAPES, sign) ? ESCAPES[sign] : undefined;
    return plain === undefined ? undefined : { text: plain, length: 1 };
  }

  /** A whole number that no double holds stays text, digit by digit: an id that is rounded is another id. */
  #number(): number | string | undefined {
    const text = this.#match(NUMBER)?.replaceAll('_', '');
    const number = Number(text ?? Number.NaN);
    if (text !== undefined && /^[+-]?\d+$/.test(text) && !Number.isSafeInteger(number)) return text;
    return Number.isFinite(number) ? number : undefined;
  }

  #word(): Json | undefined {
    const word = this.#match(WORD);
    return word !== undefined && Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #isNext(sign: string): boolean {
    this.#blanks();
    return this.#text[this.#at] === sign;
  }

  #take(sign: string): boolean {
    if (!this.#isNext(sign)) return false;
    this.#at += 1;
    return true;
  }
}
