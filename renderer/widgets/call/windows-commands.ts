/** A request that a copied command makes; nothing in it holds a line end but the body. */
export interface CopiedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: string | undefined;
}

/**
 * A string of PowerShell in printable ASCII. Quotes are doubled; any other letter is a `[char]`, since PowerShell takes ‘ ’ ‚ ‛ for quotes, too,
 * and a control character in pasted text would act on the terminal first.
 * Source: about_Quoting_Rules of PowerShell 5.1 and 7.
 */
export function quoteForPowerShell(text: string): string {
  const parts = text.match(/[\x20-\x7e]+|[^\x20-\x7e]/g) ?? [];
  const quoted = parts.map((part) =>
    /^[\x20-\x7e]/.test(part) ? `'${part.replaceAll("'", "''")}'` : `[char]0x${part.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  if (quoted.length === 1 && quoted[0]?.startsWith("'") === true) return quoted[0];
  // It begins with a string, so that every plus joins texts.
  return quoted.length === 0 ? "''" : `('' + ${quoted.join(' + ')})`;
}

/** Headers that the cmdlet takes as parameters of their own, and refuses among the others in Windows PowerShell 5.1. */
const PARAMETERS: Readonly<Record<string, string>> = { 'user-agent': 'UserAgent', 'content-type': 'ContentType' };

/**
 * The request as a cmdlet of PowerShell 5.1 and later. Not `curl.exe`: up to 7.2 PowerShell hands a program an argument with `"` in it as several,
 * of which evidence could make options.
 */
export function toPowerShell({ url, method, headers, body }: CopiedRequest): string {
  const own = new Map<string, string>();
  /** A table of PowerShell has each name once, whatever its case; RFC 9110, section 5.3, joins the values so. */
  const others = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const { name, value } of headers) {
    const plain = name.toLowerCase();
    const parameter = Object.hasOwn(PARAMETERS, plain) ? PARAMETERS[plain] : undefined;
    if (parameter !== undefined) own.set(parameter, value);
    else if (others.has(plain)) others.get(plain)?.values.push(value);
    else others.set(plain, { name, values: [value] });
  }
  const table = [...others.values()].map(
    ({ name, values }) => `    ${quoteForPowerShell(name)} = ${quoteForPowerShell(values.join(', '))}`,
  );
  return [
    `Invoke-WebRequest -UseBasicParsing -Uri ${quoteForPowerShell(url)}`,
    `-Method ${quoteForPowerShell(method)}`,
    ...[...own].map(([parameter, value]) => `-${parameter} ${quoteForPowerShell(value)}`),
    ...(table.length === 0 ? [] : [`-Headers @{\n${table.join('\n')}\n  }`]),
    ...(body === undefined ? [] : [`-Body ${quoteForPowerShell(body)}`]),
  ].join(' `\n  ');
}

/** Longest line that cmd reads at its prompt; what follows would be a line of its own. Units: characters. */
const MAX_LINE = 8000;

/** One argument for a program of Windows: a backslash counts only before a quote. Source: the C runtime's rules for `argv`. */
const quoteForProgram = (text: string): string =>
  `"${text.replaceAll(/(\\*)("|$)/g, (_, slashes: string, end: string) => `${slashes}${slashes}${end === '' ? '' : '\\"'}`)}"`;

/**
 * One argument for a program that is started at the prompt of cmd: a caret before everything that is no letter or digit, the quotes as well, so
 * that no letter means anything to cmd; and one behind a `%`, so that no variable of that name exists.
 * Errors: RangeError for a text that is not printable ASCII.
 */
export function quoteForCmd(text: string): string {
  if (!isPlain(text)) throw new RangeError('cmd takes printable ASCII');
  return quoteForProgram(text)
    .replaceAll(/[^A-Za-z0-9]/g, (letter) => `^${letter}`)
    .replaceAll(/%(?=[A-Za-z0-9])/g, '%^');
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** The same JSON in one line of ASCII; any other text as it is. */
function inAscii(body: string): string {
  try {
    JSON.parse(body);
  } catch {
    // Not JSON: its letters mean what they are.
    return body;
  }
  // Outside of its strings JSON has line ends only for looks, and inside none.
  return body
    .replaceAll(/[\r\n\t]+/g, ' ')
    .replaceAll(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Masks (`‹jwt fp:…›`) in letters that cmd takes: they stand for a value, and are none. */
const inBrackets = (text: string): string => text.replaceAll(/‹([a-z-]+(?: fp:[0-9a-f]{12})?)›/g, '[$1]');

/** The request for the prompt of cmd; a remark that says why, where its line cannot carry it. */
export function toCmd({ url, method, headers, body: text }: CopiedRequest): string {
  const body = text === undefined ? undefined : inAscii(inBrackets(text));
  const words = [
    '--globoff',
    '--path-as-is',
    '--url',
    inBrackets(url),
    ...(method === 'GET' && body === undefined ? [] : ['--request', method]),
    ...headers.flatMap(({ name, value }) => ['--header', inBrackets(`${name}: ${value}`)]),
    ...(body === undefined ? [] : ['--data-raw', body]),
  ];
  if (!words.every(isPlain)) return 'rem This call holds letters that a line of cmd cannot carry. Copy it for PowerShell instead.';
  const line = `curl.exe ${words.map((word) => (/^--[a-z-]+$/.test(word) ? word : quoteForCmd(word))).join(' ')}`;
  return line.length <= MAX_LINE ? line : 'rem This call is longer than a line of cmd. Copy it for PowerShell instead.';
}
