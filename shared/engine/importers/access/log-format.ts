import type { ImportedCall, TimeKind } from '../../../model/call.ts';
import { createClfClock, unescapeLog } from './access-line.ts';
import { findNickname, parseFormatSyntax, refuse } from './log-format-syntax.ts';
import type { Dialect, Token } from './log-format-syntax.ts';
import type { Draft, LogField } from './log-field.ts';
import { expandTime, finishParts } from './log-time-fields.ts';
import { extra, findApacheDirective, findNginxVariable } from './log-variables.ts';

/** How a writer escapes what stands in a field. nginx: `escape=` of `log_format`; Apache and nginx's default write `\xHH`. */
type LogEscape = 'default' | 'json' | 'none';

export interface LogFormatOptions {
  readonly escape?: LogEscape | undefined;
  /** Fields of a format that we know beyond the variables of the server: by the variable's name. */
  readonly variables?: Readonly<Record<string, LogField>> | undefined;
  /** What the times mean where it is not the dialect's habit. */
  readonly timeKind?: TimeKind | undefined;
}

/** A format string, ready to read lines. */
export interface LogFormat {
  readonly dialect: Dialect;
  readonly fieldCount: number;
  /** True when a field says what was asked for: a request line, a URI or a path. */
  readonly hasTarget: boolean;
  /** Whether the line follows the format, to its end or with something after it. */
  match(line: string): 'whole' | 'start' | undefined;
  /** The call of a line; `undefined` when the line does not follow the format. */
  read(line: string, zoneOffsetMinutes: number): ImportedCall | undefined;
}

/** Apache stamps the start of a request; nginx and Gunicorn write their time when the request is over. */
const TIME_KINDS: Record<Dialect, TimeKind> = { nginx: 'end', apache: 'start', gunicorn: 'end' };

interface Part {
  readonly field: LogField;
  /** What follows the field in every line; empty after the last one. */
  readonly after: string;
  /** True when the field stands in quotes, so that an escaped quote is no end. */
  readonly isQuoted: boolean;
}

interface Plan {
  readonly before: string;
  readonly parts: readonly Part[];
}

/**
 * Turns a `log_format` (nginx), `LogFormat` (Apache) or access-log format (Gunicorn) into a reader of lines.
 * Shape:   fields are cut by the literals between them, by hand: no pattern of the user's is ever run, so that no line is slow.
 *          An end counts only where what follows can be the next field; a user name may thus hold blanks.
 * Errors:  AppError `bad-params` with the reason: an unknown directive, no field, two fields with nothing between them.
 * Example: `$remote_addr "$request" $status` reads `192.0.2.7 "GET /a HTTP/1.1" 200`.
 */
export function compileLogFormat(text: string, options: LogFormatOptions = {}): LogFormat {
  const { escape = 'default', variables = {}, timeKind } = options;
  const { dialect, tokens } = parseFormatSyntax(findNickname(text.trim()) ?? text);
  const plan = toPlan(tokens, dialect, variables);
  const isNickname = findNickname(text.trim()) !== undefined;
  const kind = timeKind ?? (isNickname ? 'unknown' : isEndStamped(tokens) ? 'end' : TIME_KINDS[dialect]);
  const unescape = UNESCAPES[escape];
  const clock = createClfClock();
  // Where each field of the last line begins and ends; reading a line allocates nothing until it is known to follow the format.
  const bounds: number[] = [];
  return {
    dialect,
    fieldCount: plan.parts.length,
    hasTarget: plan.parts.some(({ field }) => field.role === 'target'),
    match(line) {
      const end = cut(line, plan, bounds);
      return end === -1 ? undefined : end === line.length ? 'whole' : 'start';
    },
    read(line, zoneOffsetMinutes) {
      const end = cut(line, plan, bounds);
      if (end === -1) return undefined;
      const draft: Draft = {
        call: { timeKind: 'unknown', zoneKnown: true, rawText: line },
        extras: [],
        requestHeaders: [],
        responseHeaders: [],
        timings: [],
        tls: [],
        parts: undefined,
        unescape,
        clock,
        zoneOffsetMinutes,
      };
      for (const [index, { field }] of plan.parts.entries()) {
        const from = bounds[index * 2] ?? 0;
        field.put(draft, line.slice(from, bounds[index * 2 + 1]), line, from);
      }
      const rest = line.slice(end).trim();
      if (rest !== '') draft.extras.push(['rest-of-line', rest]);
      return finish(draft, line, kind);
    },
  };
}

function finish(draft: Draft, line: string, kind: TimeKind): ImportedCall {
  finishParts(draft, line);
  const { call, extras, requestHeaders, responseHeaders, timings, tls } = draft;
  if (tls.length > 0) extras.push(['tls', tls.join(' ')]);
  if (call.timeText !== undefined) call.timeKind = kind;
  if (extras.length > 0) call.extras = extras;
  if (requestHeaders.length > 0) call.requestHeaders = requestHeaders;
  if (responseHeaders.length > 0) call.responseHeaders = responseHeaders;
  if (timings.length > 0) call.timings = timings;
  return call;
}

/** `%{end:…}t`. */
const isEndStamped = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => token.kind === 'field' && token.name === 't' && token.parameter?.startsWith('end:') === true);

const UNESCAPES: Record<LogEscape, (text: string) => string> = {
  default: unescapeLog,
  none: (text) => text,
  json(text) {
    if (!text.includes('\\')) return text;
    try {
      return String(JSON.parse(`"${text}"`));
    } catch (error) {
      if (error instanceof SyntaxError) return unescapeLog(text);
      throw error;
    }
  },
};

type Element = LogField | Extract<Token, { kind: 'literal' }>;
const isLiteral = (element: Element): element is Extract<Token, { kind: 'literal' }> => 'kind' in element;

function toPlan(tokens: readonly Token[], dialect: Dialect, variables: Readonly<Record<string, LogField>>): Plan {
  const elements = tokens.flatMap((token, index): readonly Element[] => {
    if (token.kind === 'literal') return [token];
    // `$is_args$args` is `?` and the query, or nothing.
    const next = tokens[index + 1];
    const previous = tokens[index - 1];
    const isArgs = (one: Token | undefined): boolean => one?.kind === 'field' && (one.name === 'args' || one.name === 'query_string');
    if (token.name === 'is_args' && isArgs(next)) return [findNginxVariable('is_args_args')];
    if (isArgs(token) && previous?.kind === 'field' && previous.name === 'is_args') return [];
    return toElements(token, dialect, variables);
  });
  return joinElements(settleRoles(elements));
}

function toElements(
  token: Extract<Token, { kind: 'field' }>,
  dialect: Dialect,
  variables: Readonly<Record<string, LogField>>,
): readonly Element[] {
  const { name, parameter, written } = token;
  const own = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (own !== undefined) return [own];
  if (dialect === 'nginx') return [findNginxVariable(name)];
  if (name === 't' && parameter !== undefined) return expandTime(parameter);
  const found = findApacheDirective(name, parameter);
  return found === undefined ? refuse(`${written} is not known`) : [found];
}

/** Of fields that say the same, the one with the highest rank keeps its place and the others become extras. */
function settleRoles(elements: readonly Element[]): readonly Element[] {
  const best = new Map<string, number>();
  for (const element of elements) {
    if (isLiteral(element) || element.role === undefined) continue;
    best.set(element.role, Math.max(best.get(element.role) ?? 0, element.rank ?? 0));
  }
  return elements.map((element) => {
    if (isLiteral(element) || element.role === undefined || (element.rank ?? 0) === best.get(element.role)) return element;
    const { role: _role, rank: _rank, ...shape } = element;
    return extra(element.name, shape);
  });
}

function joinElements(elements: readonly Element[]): Plan {
  let before = '';
  const parts: Part[] = [];
  for (const element of elements) {
    const last = parts.at(-1);
    if (isLiteral(element)) {
      if (last === undefined) before += element.text;
      else parts[parts.length - 1] = { ...last, after: last.after + element.text };
      continue;
    }
    const left = last === undefined ? before : last.after;
    if (last?.after === '' && last.field.isFixed !== true && element.first === undefined)
      refuse(`nothing stands between ${last.field.name} and ${element.name}, so that no one can tell where one ends`);
    parts.push({ field: element, after: '', isQuoted: left.endsWith('"') });
  }
  if (parts.length === 0) refuse('it has no field');
  return { before, parts };
}

/**
 * Finds where each field begins and ends; gives the place after the last literal, or −1 when the line does not follow the plan.
 * Cost: one pass over the line; what was passed is never looked at again, except by the check of one following field.
 */
function cut(line: string, { before, parts }: Plan, bounds: number[]): number {
  if (!line.startsWith(before)) return -1;
  let at = before.length;
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    if (part === undefined) return -1;
    const end = findEnd(line, at, parts, index);
    if (end === -1 || part.field.accepts?.(line.slice(at, end)) === false) return -1;
    bounds[index * 2] = at;
    bounds[index * 2 + 1] = end;
    // The last field of a line may lack its closing quote: rotation and full disks cut lines.
    at = Math.min(end + part.after.length, line.length);
  }
  return at;
}

function findEnd(line: string, at: number, parts: readonly Part[], index: number): number {
  const part = parts[index];
  if (part === undefined) return -1;
  const { field, after } = part;
  const isLast = index === parts.length - 1;
  if (field.span !== undefined) {
    const end = field.span(line, at);
    if (end === -1) return -1;
    if (isLast && after === '') return end === line.length || line.charCodeAt(end) === SPACE ? end : -1;
    return line.startsWith(after, end) ? end : -1;
  }
  const next = parts[index + 1];
  if (after === '' && next !== undefined) return findFirstOfNext(line, at, parts, index, next.field.first ?? '');
  if (after === '') return line.length;
  return findLiteral(line, at, part, next);
}

/** The end of a field that the next one's first character ends; the next one may be missing. */
function findFirstOfNext(line: string, at: number, parts: readonly Part[], index: number, first: string): number {
  const limit = findEnd(line, at, parts, index + 1);
  if (limit === -1) return -1;
  const found = line.indexOf(first, at);
  return found === -1 || found > limit ? limit : found;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function findLiteral(line: string, at: number, { field, after, isQuoted }: Part, next: Part | undefined): number {
  if (field.endsLast === true) {
    const end = line.lastIndexOf(after);
    return end < at || (next?.field.span !== undefined && !fits(line, end + after.length, next)) ? -1 : end;
  }
  for (let end = line.indexOf(after, at); end !== -1; end = line.indexOf(after, end + 1)) {
    if (isQuoted && after.charCodeAt(0) === QUOTE && isEscaped(line, end, at)) continue;
    if (field.isList === true && isInsideList(line, end, after)) continue;
    if (next?.field.span !== undefined && !fits(line, end + after.length, next)) continue;
    return field.isWord === true && hasBlank(line, at, end) ? -1 : end;
  }
  // A last field in quotes whose closing quote is missing ends with the line.
  return next === undefined && isQuoted && after === '"' ? line.length : -1;
}

/** True when the text at a place can be the field and what follows it. */
function fits(line: string, at: number, { field, after }: Part): boolean {
  const end = field.span?.(line, at) ?? -1;
  if (end === -1) return false;
  return after === '' ? field.isFixed === true || end === line.length || line.charCodeAt(end) === SPACE : line.startsWith(after, end);
}

function hasBlank(line: string, at: number, end: number): boolean {
  const blank = line.indexOf(' ', at);
  return blank !== -1 && blank < end;
}

function isEscaped(line: string, at: number, from: number): boolean {
  let slashes = 0;
  while (at - 1 - slashes >= from && line.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
  return slashes % 2 === 1;
}

/** True at a blank that belongs to `a, b` or `a : b`. */
function isInsideList(line: string, at: number, after: string): boolean {
  if (after.charCodeAt(0) !== SPACE) return false;
  return line[at - 1] === ',' || line.startsWith(': ', at + 1) || (line[at - 1] === ':' && line[at - 2] === ' ');
}
