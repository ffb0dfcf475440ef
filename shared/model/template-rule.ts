/** What a rule of the analyst says about paths, most binding first. */
export const RULE_KINDS = ['pin', 'word', 'value', 'name'] as const;

/**
 * `pin`: paths that fit take the pattern as their template. `word`: the last segment, where it stands, is never a value.
 * `value`: all words at the place of the last segment are values. `name`: what the values at that place are called.
 */
export type RuleKind = (typeof RULE_KINDS)[number];

/** Longest pattern. Units: UTF-16 code units. */
export const MAX_PATTERN = 2048;
/** Longest reason that a rule is given. Units: UTF-16 code units. */
export const MAX_RULE_NOTE = 500;
/** Rules that one change sets or removes. */
export const MAX_RULES_AT_ONCE = 50;
/** Segments of the longest path that is told apart segment by segment. */
const MAX_PARTS = 24;

/**
 * A segment of a pattern: a literal, any segment under a name, with an ending that is fixed: `{id}:cancel`, or a literal with keys in
 * parentheses in the way of OData, whose names are taken out: `Orders({id})` is the text `Orders({})`.
 */
export type PatternPart =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'any'; readonly name: string; readonly ending: string }
  | { readonly kind: 'keyed'; readonly text: string; readonly names: readonly string[] };

/** A pattern in parts, or why it is none. */
export type ParsedPattern = { readonly ok: true; readonly parts: readonly PatternPart[] } | { readonly ok: false; readonly why: string };

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/;
const PARAMETER = /^\{([^{}]*)\}(.*)$/s;
/** `Orders({id})`, `Lines(OrderID={orderId},Line={line})`. */
const KEYED = /^[A-Za-z_][\w.]*\((?:\w+=)?\{[^{}]*\}(?:,(?:\w+=)?\{[^{}]*\})*\)$/;
const ENDING = /^(?:[.:][^{}]*)?$/s;
// A half of a surrogate pair is lost on the way to the case; no request line has control characters.
const UNFIT = /[\p{Cc}\p{Cs}]/u;

/** Braces of the evidence as templates write them. */
const toLiteral = (text: string): string => text.replaceAll('%7B', '{').replaceAll('%7D', '}');

/** A segment as templates write it: a brace of the evidence would read as a parameter. */
export const printSegment = (segment: string): string => segment.replaceAll('{', '%7B').replaceAll('}', '%7D');

const fail = (why: string): ParsedPattern => ({ ok: false, why });

const BAD_NAME = 'the name of a parameter is one to 64 letters, digits, dots, dashes or underscores';

/** One segment, or why it is none. */
function parsePart(segment: string, isLast: boolean): PatternPart | string {
  if (segment === '') return 'a pattern has no empty segments';
  if (KEYED.test(segment)) {
    const names = [...segment.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
    return names.every((name) => NAME.test(name)) ? { kind: 'keyed', text: segment.replaceAll(/\{[^{}]*\}/g, '{}'), names } : BAD_NAME;
  }
  const [, name, ending = ''] = PARAMETER.exec(segment) ?? [];
  if (name === undefined)
    return /[{}]/.test(segment) ? `"${segment}" is neither a word nor a parameter in braces` : { kind: 'word', text: toLiteral(segment) };
  if (!NAME.test(name)) return BAD_NAME;
  if (!ENDING.test(ending) || (ending !== '' && !isLast)) return `"${segment}" has text that no path can be cut at`;
  return { kind: 'any', name, ending: toLiteral(ending) };
}

/** Reads a pattern, written as templates are: `/users/{name}/posts`. */
export function parsePattern(text: string): ParsedPattern {
  if (!text.startsWith('/') || text.length === 1) return fail('a pattern begins with a slash and has at least one segment');
  if (text.length > MAX_PATTERN) return fail(`a pattern has at most ${String(MAX_PATTERN)} characters`);
  if (UNFIT.test(text)) return fail('a pattern may not hold control characters');
  const segments = text.slice(1).split('/');
  if (segments.length > MAX_PARTS) return fail(`a pattern has at most ${String(MAX_PARTS)} segments`);
  const parts: PatternPart[] = [];
  for (const [at, segment] of segments.entries()) {
    const part = parsePart(segment, at === segments.length - 1);
    if (typeof part === 'string') return fail(part);
    parts.push(part);
  }
  return { ok: true, parts };
}

/** Why a rule cannot be kept; `undefined` when it can. */
export function ruleProblem(kind: RuleKind, pattern: string): string | undefined {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return parsed.why;
  const last = parsed.parts.at(-1);
  if (kind === 'word' && last?.kind !== 'word') return 'a rule for a word ends with that word';
  if ((kind === 'value' || kind === 'name') && (last?.kind !== 'any' || last.ending !== ''))
    return 'a rule for values ends with a name in braces';
  const names = parsed.parts.flatMap((part) => (part.kind === 'any' ? [part.name] : part.kind === 'keyed' ? part.names : []));
  return kind === 'pin' && new Set(names).size < names.length ? 'a pinned template names each of its parameters differently' : undefined;
}

/**
 * The place that a pattern is about, whatever its parameters are called: one rule of a kind stands at each.
 * Example: `/users/{name}/posts` and `/users/{id}/posts` → `/users/{}/posts`.
 */
export const placeOfPattern = (parts: readonly PatternPart[]): string =>
  parts
    .map((part) =>
      part.kind === 'any' ? `/{}${printSegment(part.ending)}` : `/${part.kind === 'word' ? printSegment(part.text) : part.text}`,
    )
    .join('');
