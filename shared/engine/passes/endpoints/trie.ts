import { greatest } from '../../../lib/extremes.ts';
import { chancesOfValues } from './word-odds.ts';
import { isFixed, isGlued, plainToken } from './path-tokens.ts';
import type { Forced } from './path-rules.ts';
import { isMadeLikeIds, mainType, newPlace, placeFor, takeValue, type Place } from './place.ts';
import { segmentType, type SegmentType } from './segment.ts';
import { siblingsOf, usualCalls, type Around } from './word-signs.ts';

/** Places kept of one case; about 100 bytes each. */
export const MAX_NODES = 200_000;
/** The same of paths that the server did not know: a scanner makes up as many as it likes. */
const MAX_MISSED = MAX_NODES / 4;

/** Above this chance a word is taken for a value. Merging two endpoints hides more than splitting one: the doubt is for the word. */
const SURE_ENOUGH = 0.7;
/** The same where the place after this word is known to vary elsewhere on the host. */
const SURE_AFTER = 0.3;
/** Fewer names than this, without any id beside them, stay words: two undocumented operations must not hide in a parameter. */
const MIN_NAMES = 3;
/** So many names that the server knew nothing of are guesses of a probe, not places. */
const MIN_UNKNOWN = 8;
/** Endings that are in fewer of a place's calls than this belong to its values: file names. */
const MIN_ENDINGS = 0.5;

/** One segment of a template: a word, or a value of a type, with an ending that is fixed and a name that the analyst chose. */
export type TemplatePart = string | { readonly type: SegmentType; readonly ending?: string; readonly name?: string };

/** The places of all paths of a case, by host. */
export interface PathTrie {
  /**
   * Adds a call. Shape: `tokens` as `toTokens` gives them; `isKnown` when the server knew what the path was; `forced` what rules say of
   * each token, the same whenever the path is asked for.
   */
  add(host: string, tokens: readonly string[], isKnown: boolean, method: string, forced?: readonly Forced[]): void;
  /** Decides which places are variable; call once, after all paths were added. */
  learn(): void;
  /** The path with its values as their types. */
  templateOf(host: string, tokens: readonly string[], forced?: readonly Forced[]): readonly TemplatePart[];
}

/**
 * An empty trie. What the server did not know is kept apart: a scanner's guesses must not teach what the paths are that others get answers from.
 * They are placed by what those taught as far as that goes, and learn from one another beyond.
 */
export function createPathTrie(): PathTrie {
  const [found, missed] = [createForest(MAX_NODES), createForest(MAX_MISSED)];
  return {
    add(host, tokens, isKnown, method, forced) {
      (isKnown ? found : missed).add(host, tokens, isKnown, method, forced);
    },
    learn() {
      found.learn();
      missed.learn();
    },
    templateOf: (host, tokens, forced) => readTemplate(found.rootOf(host), missed.rootOf(host), tokens, forced),
  };
}

/** Places by host that learn from one another. */
interface Forest extends Omit<PathTrie, 'templateOf'> {
  rootOf(host: string): Place | undefined;
}

function createForest(most: number): Forest {
  const hosts = new Map<string, Place>();
  let places = 0;
  let learnAt = most / 2;
  const learn = (): void => {
    for (const root of hosts.values()) {
      const around = { before: undefined, depth: 0, usual: usualCalls(root) };
      const variableAfter = new Set<string>();
      learnPlace(root, around, variableAfter);
      learnFromOthers(root, around, variableAfter);
    }
    places = [...hosts.values()].reduce((sum, root) => sum + countPlaces(root), 0);
  };
  return {
    add(host, tokens, isKnown, method, forced) {
      // Values that were told apart until now become one place each.
      if (places >= learnAt) {
        learn();
        const next = places + most / 4;
        // Where nearly all are words to stay, another look would find the same: what is new from here on counts as values.
        learnAt = next <= most ? next : Number.POSITIVE_INFINITY;
      }
      let place = hosts.get(host);
      if (place === undefined) hosts.set(host, (place = newPlace()));
      place.calls += 1;
      for (const [at, token] of tokens.entries()) {
        const { next, isNew } = placeFor(place, token, places < most, forced?.[at]?.as);
        if (isNew) places += 1;
        place = next;
        place.calls += 1;
        if (isKnown) place.known += 1;
      }
      place.ends.set(method, (place.ends.get(method) ?? 0) + 1);
    },
    learn,
    rootOf: (host) => hosts.get(host),
  };
}

/** Makes values of the words of a place that are values, then learns the places behind it. Notes after which words places vary. */
function learnPlace(place: Place, around: Around, variableAfter: Set<string>): void {
  takeEndings(place);
  const values = valuesAt(place, around);
  for (const token of values) takeValue(place, token);
  if (around.before !== undefined && around.before !== '{}' && values.length >= MIN_NAMES) variableAfter.add(around.before);
  eachNext(place, around, (next, where) => learnPlace(next, where, variableAfter));
}

/** What is variable after a word in one place is variable after it in another, of which too little was seen to tell. */
function learnFromOthers(place: Place, around: Around, variableAfter: ReadonlySet<string>): void {
  if (place.value === undefined && place.words.size < MIN_NAMES && variableAfter.has(around.before ?? '')) {
    const siblings = siblingsOf(place, around);
    const chances = chancesOfValues(siblings);
    siblings.all.forEach(({ token }, index) => {
      if (!isFixed(token) && (chances[index] ?? 0) > SURE_AFTER) takeValue(place, token);
    });
  }
  eachNext(place, around, (next, where) => learnFromOthers(next, where, variableAfter));
}

function eachNext(place: Place, { usual, depth }: Around, visit: (next: Place, around: Around) => void): void {
  for (const [token, child] of place.words) visit(child, { before: plainToken(token), depth: depth + 1, usual });
  if (place.value !== undefined) visit(place.value, { before: '{}', depth: depth + 1, usual });
}

const countPlaces = (place: Place): number =>
  [...place.words.values(), ...(place.value === undefined ? [] : [place.value])].reduce((sum, child) => sum + countPlaces(child), 1);

function valuesAt(place: Place, around: Around): readonly string[] {
  const siblings = siblingsOf(place, around);
  const unknown = siblings.all.filter((candidate) => candidate.place.known === 0);
  const isProbed = unknown.length >= MIN_UNKNOWN;
  const chances = chancesOfValues(siblings);
  const chosen = siblings.all.flatMap(({ token, place: child }, index) => {
    if (isFixed(token) || place.kept.has(token)) return [];
    const isValue = (chances[index] ?? 0) > SURE_ENOUGH || isMadeLikeIds(place, token) || (isProbed && child.known === 0);
    return isValue ? [token] : [];
  });
  const isVariable = place.value !== undefined || chosen.length >= MIN_NAMES;
  return isVariable ? chosen : chosen.filter((token) => segmentType(token) !== 'word');
}

/** `photo.png` and `notes` beside each other are names of things; `7.json` beside `8.json` is a thing in a format. */
function takeEndings(place: Place): void {
  const endings = [...place.words].filter(([token]) => isGlued(token));
  if (endings.length === 0) return;
  const calls = endings.reduce((sum, [, child]) => sum + child.calls, 0);
  const most = greatest(endings.map(([, child]) => child.calls));
  if (calls >= place.calls * MIN_ENDINGS && (endings.length < MANY_ENDINGS || most >= calls * MIN_ENDINGS)) return;
  for (const [token, child] of endings) {
    if (token.includes(':') || place.kept.has(token)) continue;
    place.words.delete(token);
    for (const [method, count] of child.ends) place.ends.set(method, (place.ends.get(method) ?? 0) + count);
  }
}
/** So many endings at one place are not formats of one answer. */
const MANY_ENDINGS = 4;

/** Where a token leads to; an ending that is no place of its own leads nowhere further. */
function stepOf(place: Place | undefined, token: string, as: Forced['as']): Place | undefined {
  if (isGlued(token)) return place?.words.get(token) ?? place;
  return (as === 'value' ? undefined : place?.words.get(token)) ?? place?.value;
}

function readTemplate(
  found: Place | undefined,
  missed: Place | undefined,
  tokens: readonly string[],
  forced: readonly Forced[] = [],
): readonly TemplatePart[] {
  let place = found;
  let beside = missed;
  const parts: TemplatePart[] = [];
  for (const [at, token] of tokens.entries()) {
    const { as, name } = forced[at] ?? {};
    // From the first token on that no known path has, the unknown ones say how it goes on.
    if (stepOf(place, token, as) === undefined) place = beside;
    beside = stepOf(beside, token, as);
    const word: Place | undefined = as === 'value' ? undefined : place?.words.get(token);
    const isEnding = isGlued(token);
    // An ending that is no place of its own is a part of the value or word before it.
    if (isEnding) putEnding(parts, plainToken(token), word !== undefined);
    else if (word !== undefined) parts.push(token);
    else {
      const type = place === undefined ? segmentType(token) : mainType(place);
      const isWord = as !== 'value' && place?.value === undefined && type === 'word';
      parts.push(isWord ? token : { type, ...(name === undefined ? {} : { name }) });
      place = place?.value;
      continue;
    }
    if (!isEnding || word !== undefined) place = word;
  }
  return parts;
}

function putEnding(parts: TemplatePart[], ending: string, isPlace: boolean): void {
  const last = parts.at(-1);
  if (last === undefined) return;
  if (typeof last === 'string') parts[parts.length - 1] = last + ending;
  else if (isPlace) parts[parts.length - 1] = { ...last, ending };
}
