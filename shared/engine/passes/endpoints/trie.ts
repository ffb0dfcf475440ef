import { isApiWord } from './api-words.ts';
import { segmentType, type SegmentType } from './segment.ts';

/** A place in the paths of one host. */
export interface TrieNode {
  /** Calls that pass here. */
  calls: number;
  /** Calls of them that the server knew what to do with. */
  known: number;
  readonly words: Map<string, TrieNode>;
  /** Where all values of this place go on. */
  parameter: TrieNode | undefined;
  /** Calls by the type of value at the parameter. */
  readonly types: Map<SegmentType, number>;
  /** More words than are counted one by one: the place is variable. */
  isFull: boolean;
}

/** Different words told apart at one place; a place with more holds values. */
export const MAX_WORDS = 1000;
/** Places kept of one case; about 100 bytes each. */
export const MAX_NODES = 200_000;

/** Fewer siblings can all be places of their own: science.md section 4, step 4. */
const MIN_SIBLINGS = 8;
/** Values are seen a few times each, places again and again. Ratio of different words to their calls. */
const MIN_SPREAD = 0.3;
/** So many siblings are values however often each is seen. */
const MANY_SIBLINGS = 50;
/** A sibling with more of the calls than this is a place of its own. */
const MAX_SHARE = 0.2;
/** Beside ids of a known type, so many words are ids as well (user names beside user numbers). */
const MIN_BESIDE_IDS = 5;
/** Share of alike subtrees, and how alike two sets of continuations must be (Jaccard). */
const MOSTLY = 0.8;
const ALIKE = 0.5;

/** The places of all paths of a case, by host. */
export interface PathTrie {
  add(host: string, segments: readonly string[], isKnown: boolean): void;
  /** Decides which places are variable; call once, after all paths were added. */
  learn(): void;
  /** The path with its values as `undefined`, and the type of each value. */
  templateOf(host: string, segments: readonly string[]): readonly (string | { readonly type: SegmentType })[];
}

const newNode = (): TrieNode => ({ calls: 0, known: 0, words: new Map(), parameter: undefined, types: new Map(), isFull: false });

/** An empty trie. */
export function createPathTrie(): PathTrie {
  const hosts = new Map<string, TrieNode>();
  let nodes = 0;

  const rootOf = (host: string): TrieNode => {
    let root = hosts.get(host);
    if (root === undefined) hosts.set(host, (root = newNode()));
    return root;
  };
  const childFor = (node: TrieNode, segment: string): TrieNode => {
    const word = node.words.get(segment);
    if (word !== undefined) return word;
    let type = segmentType(segment);
    if (type === 'word') {
      node.isFull ||= node.words.size >= MAX_WORDS || nodes >= MAX_NODES;
      if (!node.isFull) {
        const fresh = newNode();
        node.words.set(segment, fresh);
        nodes += 1;
        return fresh;
      }
      type = 'word';
    }
    node.types.set(type, (node.types.get(type) ?? 0) + 1);
    if (node.parameter === undefined) nodes += 1;
    return (node.parameter ??= newNode());
  };
  return {
    add(host, segments, isKnown) {
      let node = rootOf(host);
      node.calls += 1;
      for (const segment of segments) {
        node = childFor(node, segment);
        node.calls += 1;
        if (isKnown) node.known += 1;
      }
    },
    learn() {
      const variableAfter = new Set<string>();
      for (const root of hosts.values()) mergeWhere(root, '', (node, before) => valuesAt(node, before, variableAfter));
      // Sibling learning: what is variable after a word in one place is variable after it elsewhere.
      for (const root of hosts.values()) mergeWhere(root, '', (node, before) => (variableAfter.has(before) ? plainWords(node) : []));
    },
    templateOf(host, segments) {
      let node: TrieNode | undefined = hosts.get(host);
      return segments.map((segment) => {
        const word: TrieNode | undefined = node?.words.get(segment);
        if (word !== undefined) {
          node = word;
          return segment;
        }
        const type = node === undefined ? segmentType(segment) : mainType(node);
        node = node?.parameter;
        return node === undefined && type === 'word' ? segment : { type };
      });
    },
  };
}

/** The type that most values of a place have; of equals the first by name, so that no order decides. */
const mainType = (node: TrieNode): SegmentType => [...node.types].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? 'word';

/** Walks down from `node`, merging at each place the words that `choose` takes for values. */
function mergeWhere(node: TrieNode, before: string, choose: (node: TrieNode, before: string) => readonly string[]): void {
  for (const word of choose(node, before)) {
    const child = node.words.get(word);
    if (child === undefined) continue;
    node.words.delete(word);
    node.types.set('word', (node.types.get('word') ?? 0) + child.calls);
    if (node.parameter === undefined) node.parameter = child;
    else mergeInto(node.parameter, child);
  }
  for (const [word, child] of node.words) mergeWhere(child, word, choose);
  if (node.parameter !== undefined) mergeWhere(node.parameter, '', choose);
}

function mergeInto(target: TrieNode, source: TrieNode): void {
  target.calls += source.calls;
  target.known += source.known;
  for (const [type, count] of source.types) target.types.set(type, (target.types.get(type) ?? 0) + count);
  for (const [word, child] of source.words) {
    const known = target.words.get(word);
    if (known === undefined) target.words.set(word, child);
    else mergeInto(known, child);
  }
  if (source.parameter === undefined) return;
  if (target.parameter === undefined) target.parameter = source.parameter;
  else mergeInto(target.parameter, source.parameter);
}

const plainWords = (node: TrieNode): readonly string[] => [...node.words.keys()].filter((word) => !isApiWord(word));

/** Words at a place that are values, by their number, spread and continuations. Notes after which word the place was variable. */
function valuesAt(node: TrieNode, before: string, variableAfter: Set<string>): readonly string[] {
  const values = new Set<string>();
  const words = [...node.words];
  // Names that the server knew nothing of are guesses of a probe, not places.
  const unknown = words.filter(([, child]) => child.known === 0);
  if (unknown.length >= MIN_SIBLINGS) for (const [word] of unknown) values.add(word);
  const candidates = words.filter(([word, child]) => child.known > 0 && !isApiWord(word));
  if (areValues(node, words.length, candidates)) {
    for (const [word] of candidates) values.add(word);
    if (before !== '' && candidates.length > 0) variableAfter.add(before);
  }
  return [...values];
}

function areValues(node: TrieNode, siblings: number, candidates: readonly (readonly [string, TrieNode])[]): boolean {
  if (node.isFull) return true;
  const calls = candidates.reduce((sum, [, child]) => sum + child.calls, 0);
  const children = candidates.map(([, child]) => child);
  const typed = [...node.types.values()].reduce((sum, count) => sum + count, 0);
  if (typed > 0 && typed / Math.max(node.calls, 1) >= MOSTLY && candidates.length >= MIN_BESIDE_IDS) return true;
  if (candidates.length < MIN_SIBLINGS || candidates.length < siblings / 2) return false;
  const spread = candidates.length / Math.max(calls, 1);
  if (spread < MIN_SPREAD && candidates.length < MANY_SIBLINGS) return false;
  return children.every((child) => child.calls <= Math.max(1, MAX_SHARE * calls)) && continueAlike(children);
}

/** True when the places go on alike: all end here, or most share their continuations with the most usual set. */
function continueAlike(children: readonly TrieNode[]): boolean {
  const sets = children
    .map((child) => [...child.words.keys(), ...(child.parameter === undefined ? [] : ['{}'])])
    .filter((set) => set.length > 0);
  if (sets.length === 0) return true;
  const counts = new Map<string, number>();
  for (const set of sets) for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1);
  const usual = new Set([...counts].filter(([, count]) => count >= sets.length / 2).map(([word]) => word));
  const alike = sets.filter((set) => {
    const shared = set.filter((word) => usual.has(word)).length;
    return shared / (set.length + usual.size - shared) >= ALIKE;
  });
  return alike.length / sets.length >= MOSTLY;
}
