import { entryOf } from '../../../lib/entry-of.ts';
import { AppError } from '../../../contract/errors.ts';

/** Who writes lines by a format string: it decides about the names, the escapes, and whether a time is a start or an end. */
export type Dialect = 'nginx' | 'apache' | 'gunicorn';

/** A stretch of a format string: text that stands in every line, or a field. */
export type Token =
  | { readonly kind: 'literal'; readonly text: string }
  /** `name`: nginx's variable, or Apache's letter with its modifier (`>s`); `parameter`: what Apache has in braces. */
  | { readonly kind: 'field'; readonly name: string; readonly parameter: string | undefined; readonly written: string };

/** Longest format string. Units: characters; the longest seen in public configurations have about 3,000. */
const MAX_FORMAT_LENGTH = 16 * 1024;

/** Formats that Apache knows by name. Source: mod_log_config and the configuration that Debian ships. */
const NICKNAMES: Readonly<Record<string, string>> = {
  common: '%h %l %u %t "%r" %>s %b',
  combined: '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"',
  combinedio: '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %I %O',
  vhost_common: '%v %h %l %u %t "%r" %>s %b',
  vhost_combined: '%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i"',
};

/** The format of that name, for `combined` and the like; `undefined` for anything else. */
export const findNickname = (text: string): string | undefined => (Object.hasOwn(NICKNAMES, text) ? NICKNAMES[text] : undefined);

/**
 * Splits a format string of nginx (`$name`, `${name}`), Apache (`%h`, `%>s`, `%{Referer}i`) or Gunicorn (`%(h)s`) into its tokens.
 * Errors: AppError `bad-params` with where and why.
 */
export function parseFormatSyntax(text: string): { readonly dialect: Dialect; readonly tokens: readonly Token[] } {
  if (text.length > MAX_FORMAT_LENGTH) refuse(`it has ${text.length} characters; the limit is ${MAX_FORMAT_LENGTH}`);
  const dialect = detectDialect(text);
  return { dialect, tokens: dialect === 'nginx' ? splitNginx(text) : splitPercent(text, dialect) };
}

/** Errors: always throws AppError `bad-params`. */
export function refuse(why: string): never {
  throw new AppError('bad-params', `the log format cannot be used: ${why}`);
}

function detectDialect(text: string): Dialect {
  if (/\$[A-Za-z_{]/.test(text)) return 'nginx';
  if (/%\([^)]+\)s/.test(text)) return 'gunicorn';
  if (/%[<>!,\d]*(?:\{[^}]*\})?[A-Za-z^]/.test(text)) return 'apache';
  return refuse('it has no field such as $remote_addr (nginx) or %h (Apache)');
}

function splitNginx(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) {
    addLiteral(tokens, text.slice(at, match.index));
    const name = match[1] ?? match[2] ?? '';
    tokens.push({ kind: 'field', name, parameter: undefined, written: match[0] });
    at = match.index + match[0].length;
  }
  addLiteral(tokens, text.slice(at));
  return tokens;
}

/** One directive of Apache: modifiers (`>`, `<`, `!200,304`), a parameter in braces, a letter or `^` and two. */
const DIRECTIVE = /%(?:%|([<>]?)(?:!?\d{3}(?:,\d{3})*)?([<>]?)(?:\{([^}]*)\})?([<>]?)(\^[A-Za-z]{2}|[A-Za-z]))/y;
/** One of Gunicorn: Apache's letters in other brackets. */
const GUNICORN = /%(?:%|\((?:\{([^}]*)\})?([A-Za-z])\)s)/y;
/** Gunicorn's letters that Apache spells otherwise. */
const FROM_GUNICORN: Readonly<Record<string, readonly [name: string, parameter?: string]>> = {
  s: ['>s'],
  f: ['i', 'Referer'],
  a: ['i', 'User-Agent'],
  M: ['T', 'ms'],
  L: ['T', 'decimal'],
  p: ['P'],
};

function splitPercent(text: string, dialect: 'apache' | 'gunicorn'): readonly Token[] {
  const tokens: Token[] = [];
  let literal = '';
  for (let at = 0; at < text.length;) {
    const char = text.charAt(at);
    if (char === '\\' && at + 1 < text.length) {
      const next = text.charAt(at + 1);
      literal += next === 't' ? '\t' : next === 'n' ? '\n' : next === '"' || next === '\\' ? next : `\\${next}`;
      at += 2;
      continue;
    }
    if (char !== '%') {
      literal += char;
      at += 1;
      continue;
    }
    const found = readDirective(text, at, dialect);
    if (found === undefined) refuse(`at character ${at + 1} there is no directive that is known: ${text.slice(at, at + 20)}`);
    at += found.length;
    if (found.token === undefined) {
      literal += '%';
      continue;
    }
    addLiteral(tokens, literal);
    literal = '';
    tokens.push(found.token);
  }
  addLiteral(tokens, literal);
  return tokens;
}

/** The directive at a place; without a token for `%%`. */
function readDirective(
  text: string,
  at: number,
  dialect: 'apache' | 'gunicorn',
): { readonly length: number; readonly token: Token | undefined } | undefined {
  const pattern = dialect === 'apache' ? DIRECTIVE : GUNICORN;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [written] = match;
  if (written === '%%') return { length: 2, token: undefined };
  if (dialect === 'gunicorn') {
    const [name, parameter] = entryOf(FROM_GUNICORN, match[2]) ?? [match[2] ?? '', match[1]];
    return { length: written.length, token: { kind: 'field', name, parameter, written } };
  }
  const modifier = [match[1], match[2], match[4]].find((one) => one !== undefined && one !== '') ?? '';
  return { length: written.length, token: { kind: 'field', name: `${modifier}${match[5] ?? ''}`, parameter: match[3], written } };
}

function addLiteral(tokens: Token[], text: string): void {
  if (text !== '') tokens.push({ kind: 'literal', text });
}
