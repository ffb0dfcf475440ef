import type { DeclaredFormat } from '../../../model/read-settings.ts';

/** A format found in a configuration; where that stands, the caller knows. */
export type FoundFormat = Omit<DeclaredFormat, 'where'>;

/** Declarations that are looked for; a configuration has a handful. */
const MAX_FORMATS = 200;

/** Words and quoted texts of one directive, and where it ended. */
interface Words {
  readonly words: readonly string[];
  readonly end: number;
}

/**
 * Finds the log formats that a server configuration declares: nginx's `log_format` and Apache's `LogFormat`, and formats that
 * Apache's `CustomLog` gives on the spot (their name is then the log's path).
 * Shape:  quotes and escapes are undone as the server does; nginx puts several texts together without a blank between them.
 * Source: ngx_http_log_module and nginx's configuration parser; mod_log_config and Apache's "Configuration Files".
 */
export function findLogFormats(text: string): readonly FoundFormat[] {
  return [...findNginxFormats(text), ...findApacheFormats(text)].slice(0, MAX_FORMATS);
}

const isBlank = (char: string): boolean => char === ' ' || char === '\t' || char === '\n' || char === '\r';

function findNginxFormats(text: string): readonly FoundFormat[] {
  const found: FoundFormat[] = [];
  // A directive begins its line, or follows another one or a brace.
  for (const match of text.matchAll(/(?<=^|[;{}])[ \t]*log_format[ \t\r\n]+/gm)) {
    const directive = readNginxWords(text, match.index + match[0].length);
    if (directive === undefined) continue;
    const [name = '', ...rest] = directive.words;
    const escape = /^escape=(default|json|none)$/.exec(rest[0] ?? '')?.[1] as FoundFormat['escape']; // one of the three, by the pattern
    const format = rest.slice(escape === undefined ? 0 : 1).join('');
    if (format !== '') found.push({ name, text: format, ...(escape === undefined ? {} : { escape }) });
  }
  return found;
}

/** The words up to `;`; `undefined` when the text ends before. */
function readNginxWords(text: string, from: number): Words | undefined {
  const words: string[] = [];
  let at = from;
  while (at < text.length) {
    const char = text.charAt(at);
    if (isBlank(char)) at += 1;
    else if (char === ';') return { words, end: at + 1 };
    else if (char === '#') at = endOfLine(text, at);
    else if (char === '"' || char === "'") {
      const quoted = readQuoted(text, at, char);
      if (quoted === undefined) return undefined;
      words.push(quoted.word);
      at = quoted.end;
    } else {
      let end = at;
      while (end < text.length && !isBlank(text.charAt(end)) && text.charAt(end) !== ';') end += text.charAt(end) === '\\' ? 2 : 1;
      words.push(undoNginxEscapes(text.slice(at, end)));
      at = end;
    }
  }
  return undefined;
}

function readQuoted(text: string, at: number, quote: string): { readonly word: string; readonly end: number } | undefined {
  let end = at + 1;
  while (end < text.length && text.charAt(end) !== quote) end += text.charAt(end) === '\\' ? 2 : 1;
  return end < text.length ? { word: undoNginxEscapes(text.slice(at + 1, end)), end: end + 1 } : undefined;
}

/** nginx knows `\"`, `\'`, `\\`, `\t`, `\r`, `\n`; any other backslash stands for itself. */
function undoNginxEscapes(text: string): string {
  return text.replaceAll(/\\(["'\\trn])/g, (_, char: string) => (char === 't' ? '\t' : char === 'r' ? '\r' : char === 'n' ? '\n' : char));
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function findApacheFormats(text: string): readonly FoundFormat[] {
  const found: FoundFormat[] = [];
  // A backslash at the end of a line joins it with the next.
  for (const line of text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const directive = /^[ \t]*(LogFormat|CustomLog|GlobalLog|TransferLog)[ \t]+/i.exec(line);
    if (directive === null) continue;
    const words = readApacheWords(line, directive[0].length);
    const isLogFormat = directive[1]?.toLowerCase() === 'logformat';
    const format = isLogFormat ? words[0] : words[1];
    const name = (isLogFormat ? words[1] : words[0]) ?? '';
    if (format?.includes('%') === true) found.push({ name, text: format });
  }
  return found;
}

/** Words of a line; in quotes, `\"` and `\\` are undone, and the rest is left to mod_log_config. */
function readApacheWords(line: string, from: number): readonly string[] {
  const words: string[] = [];
  let at = from;
  while (at < line.length) {
    const char = line.charAt(at);
    if (isBlank(char)) {
      at += 1;
      continue;
    }
    const isQuoted = char === '"' || char === "'";
    let end = isQuoted ? at + 1 : at;
    while (end < line.length && (isQuoted ? line.charAt(end) !== char : !isBlank(line.charAt(end))))
      end += line.charAt(end) === '\\' ? 2 : 1;
    const word = line.slice(isQuoted ? at + 1 : at, end);
    words.push(isQuoted ? word.replaceAll(/\\(["'\\])/g, '$1') : word);
    at = end + 1;
  }
  return words;
}

/**
 * The format in what a person pasted: a format string as it is, or the directive that declares it, with its quotes.
 * Example: `log_format main '$remote_addr';`, `LogFormat "%h" short` and `'$remote_addr ' '"$request"'` all give their string.
 */
export function findPastedFormat(pasted: string): FoundFormat {
  const text = pasted.trim();
  const [declared] = findLogFormats(text.endsWith(';') || !text.startsWith('log_format') ? text : `${text};`);
  if (declared !== undefined) return declared;
  const words = text.startsWith("'") ? readNginxWords(text.endsWith(';') ? text : `${text};`, 0)?.words : undefined;
  if (words !== undefined) return { name: '', text: words.join('') };
  // Quotes around the whole, as they stand in a configuration: then those inside are escaped.
  const inside = /^"(.*)"$/s.exec(text)?.[1];
  const isWrapped = inside?.includes('\\"') === true && !/(?:^|[^\\])"/.test(inside);
  return { name: '', text: isWrapped ? inside.replaceAll('\\"', '"') : text };
}
