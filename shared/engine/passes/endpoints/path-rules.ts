import { parsePattern, type PatternPart, type RuleKind } from '../../../model/template-rule.ts';
import { GLUE, INNER_VALUE, toSegments, toTokens } from './path-tokens.ts';

/** A rule as the case has it, without its reason and time. */
export interface PathRule {
  readonly host: string;
  readonly kind: RuleKind;
  readonly pattern: string;
}

/** What rules say of one token of a path: that it stays a word, or is a value, and what values there are called. */
export interface Forced {
  readonly as: 'word' | 'value' | undefined;
  readonly name: string | undefined;
}

/** The rules of one host. */
export interface HostRules {
  /** What rules say of each token. */
  force(tokens: readonly string[]): readonly Forced[];
  /** The pinned template that a path takes. Shape: `forced` of the path's tokens. */
  pinOf(path: string, forced: readonly Forced[]): string | undefined;
}

/** A place of the patterns. */
interface Node {
  readonly words: Map<string, Node>;
  any: Node | undefined;
  /** Tokens that stay words here. */
  readonly keeps: Set<string>;
  /** What values are called here, by the rule that makes all words values and by the one that only names them. */
  value: string | undefined;
  name: string | undefined;
}

interface Pin {
  readonly parts: readonly PatternPart[];
  readonly template: string;
  /** `0` for a literal, `1` for a parameter with an ending, `2` for a parameter: the smallest text is the most exact pin. */
  readonly order: string;
}

const newNode = (): Node => ({ words: new Map(), any: undefined, keeps: new Set(), value: undefined, name: undefined });
const NOT_FORCED: Forced = { as: undefined, name: undefined };

/**
 * Makes rules ready to look paths up in, by host. The order of the rules does not count:
 * a kept word beats whatever would make a value of it, and where two patterns speak of one place, the one whose first difference is a
 * literal wins over the one that has a parameter there.
 * Example: `word /users/me` and `pin /users/{name}` → `/users/me` stays, `/users/anna` is `/users/{name}`.
 */
export function compileRules(rules: readonly PathRule[]): ReadonlyMap<string, HostRules> {
  const byHost = new Map<string, PathRule[]>();
  for (const rule of rules) {
    const list = byHost.get(rule.host);
    if (list === undefined) byHost.set(rule.host, [rule]);
    else list.push(rule);
  }
  return new Map([...byHost].map(([host, list]) => [host, hostRules(list)]));
}

function hostRules(rules: readonly PathRule[]): HostRules {
  const root = newNode();
  const pins: Pin[] = [];
  for (const { kind, pattern } of rules) {
    const parsed = parsePattern(pattern);
    // Rules are checked when they are set; a later version may know patterns that this one does not.
    if (!parsed.ok) continue;
    if (kind === 'pin') pins.push(toPin(parsed.parts, pattern));
    else insert(root, kind, parsed.parts);
  }
  pins.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.template < b.template ? -1 : 1));
  return {
    force: (tokens) => forceTokens(root, tokens),
    pinOf(path, forced) {
      if (pins.length === 0) return undefined;
      const segments = toSegments(path);
      return pins.find(({ parts }) => fitsPin(parts, segments, forced))?.template;
    },
  };
}

const toPin = (parts: readonly PatternPart[], template: string): Pin => ({
  parts,
  template,
  order: parts.map((part) => (part.kind !== 'any' ? '0' : part.ending === '' ? '2' : '1')).join(''),
});

/** The token that a fixed part of a pattern is: keys in parentheses are taken out of paths as well. */
const toToken = (part: Exclude<PatternPart, { kind: 'any' }>): string =>
  part.kind === 'word' ? part.text : part.text.replaceAll('{}', INNER_VALUE);

function fitsPin(parts: readonly PatternPart[], segments: readonly string[], forced: readonly Forced[]): boolean {
  if (parts.length !== segments.length) return false;
  return parts.every((part, at) => {
    const segment = segments[at] ?? '';
    if (part.kind !== 'any') return toToken(part) === segment;
    return forced[at]?.as !== 'word' && segment.length > part.ending.length && segment.endsWith(part.ending);
  });
}

function insert(root: Node, kind: Exclude<RuleKind, 'pin'>, parts: readonly PatternPart[]): void {
  let node = root;
  for (const part of parts.slice(0, -1)) {
    if (part.kind === 'any') node = node.any ??= newNode();
    else {
      const token = toToken(part);
      const known = node.words.get(token);
      const next = known ?? newNode();
      if (known === undefined) node.words.set(token, next);
      node = next;
    }
  }
  const last = parts.at(-1);
  if (last?.kind === 'any') {
    if (kind === 'name') node.name = last.name;
    else node.value = last.name;
  } else if (last?.kind === 'word') {
    node.keeps.add(last.text);
    // At the end of a path the same text is two tokens: a name and its format.
    const [name, ending] = toTokens(`/${encodeURIComponent(last.text)}`);
    if (name === undefined || ending === undefined) return;
    node.keeps.add(name + ending);
  }
}

function forceTokens(root: Node, tokens: readonly string[]): readonly Forced[] {
  let nodes: readonly Node[] = [root];
  const forced: Forced[] = [];
  for (const [at, token] of tokens.entries()) {
    const following = tokens[at + 1];
    const whole = following?.startsWith(GLUE) === true ? token + following : token;
    if (token.startsWith(GLUE)) {
      forced.push(NOT_FORCED);
      continue;
    }
    const keepsWhole = whole !== token && nodes.some(({ keeps }) => keeps.has(whole));
    const isKept = keepsWhole || nodes.some(({ keeps }) => keeps.has(token));
    const value = isKept ? undefined : nodes.find((node) => node.value !== undefined)?.value;
    const name = isKept ? undefined : (nodes.find((node) => node.name !== undefined)?.name ?? value);
    forced.push(isKept ? { as: 'word', name: undefined } : { as: value === undefined ? undefined : 'value', name });
    if (keepsWhole) {
      forced.push({ as: 'word', name: undefined });
      break;
    }
    // Literals before parameters, from the left: the first node that says something is the most exact one.
    nodes = nodes.flatMap(({ words, any }) => [words.get(token) ?? [], isKept ? [] : (any ?? [])].flat());
    if (nodes.length === 0) break;
  }
  return forced;
}
