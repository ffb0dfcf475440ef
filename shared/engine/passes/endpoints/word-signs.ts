import { rankOfWord } from './api-vocabulary.ts';
import { isGlued, plainToken } from './path-tokens.ts';
import type { Place } from './place.ts';
import { segmentType, type SegmentType } from './segment.ts';

/** Where a place stands: after which token, how deep, and what is already known of places after the same word. */
export interface Around {
  /** The token before; `undefined` at the root, `'{}'` after a value. */
  readonly before: string | undefined;
  readonly depth: number;
  /** Calls that a word which many APIs have usually gets on this host: what counts as many here. */
  readonly usual: number;
}

/** Signs that a word is one of many values, or one of few places; each a number that means the same in every API. */
export type Signs = readonly number[];

const IDS = new Set<SegmentType>(['uuid', 'hex', 'ulid']);
const VERSION = /^v\d+(?:[._]\d+)*(?:alpha|beta)?\d*$/i;
const LEADS = new Set(['api', 'rest', 'apis', 'services', 'public', 'web', 'rpc']);
const flag = (is: boolean): number => (is ? 1 : 0);
const log = (value: number): number => Math.log(1 + value);

const isPlural = (word: string): boolean => word.length > 3 && /[a-z]s$/.test(word) && !/(?:ss|us|is)$/.test(word);
const partsOf = (word: string): readonly string[] =>
  word
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[\s._-]+/)
    .filter((part) => part !== '');

/** What a word looks like by itself. */
function spelling(token: string): Signs {
  const word = plainToken(token);
  const type = segmentType(word);
  const rank = rankOfWord(word);
  const parts = partsOf(word);
  const inParts = rank > 0 || parts.length < 2 ? 0 : parts.filter((part) => rankOfWord(part) > 0).length / parts.length;
  const isWord = type === 'word';
  return [
    flag(rank === 3),
    flag(rank === 2),
    flag(rank === 1),
    inParts,
    flag(type === 'int'),
    flag(IDS.has(type)),
    flag(type === 'code'),
    flag(type === 'date'),
    flag(type === 'email' || type === 'address' || type === 'masked'),
    flag(type === 'file'),
    flag(isWord && /\d/.test(word) && !VERSION.test(word)),
    flag(VERSION.test(word)),
    flag(isWord && word.length > 1 && /^[A-Z][A-Z_-]*$/.test(word)),
    flag(isWord && /[a-z][A-Z]/.test(word)),
    flag(isWord && /^[A-Z][a-z]/.test(word)),
    flag(isWord && word.includes('-')),
    flag(isWord && word.includes('_')),
    flag(isWord && word.includes('.')),
    flag(isWord && word.length <= 3),
    flag(isWord && word.length >= 15),
    flag(isWord && isPlural(word)),
    flag(isWord && /^[a-z]{2}(?:[-_][A-Za-z]{2,4})?$/.test(word)),
    flag(isGlued(token)),
    flag(isWord && /[^\w.-]/.test(word)),
  ];
}
const SPELLING_NAMES = [
  'rank3', 'rank2', 'rank1', 'parts', 'int', 'id', 'code', 'date', 'email', 'file', 'digits', 'version', 'capitals', 'camel', 'Title',
  'hyphen', 'underscore', 'dot', 'short', 'long', 'plural', 'locale', 'glued', 'marks',
]; // prettier-ignore

function surroundings({ before, depth }: Pick<Around, 'before' | 'depth'>): Signs {
  const isLead = before === undefined || LEADS.has(before.toLowerCase()) || VERSION.test(before) || /^\d/.test(before);
  const isValue = before === '{}';
  return [
    flag(isValue),
    flag(isLead),
    flag(!isValue && !isLead && isPlural(before)),
    flag(!isValue && !isLead && rankOfWord(before) > 0),
    flag(depth >= 5),
  ];
}
const AROUND_NAMES = ['afterValue', 'afterLead', 'afterPlural', 'afterKnown', 'deep'];

/**
 * How a place goes on, with the calls of each way: methods that end there, `/word` and `{}` for what follows, and one step further,
 * whatever stands between, `*METHOD` and `*` + `/word`.
 */
function goesOn(place: Place): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const put = (key: string, calls: number): void => {
    found.set(key, (found.get(key) ?? 0) + calls);
  };
  for (const [method, calls] of place.ends) put(method, calls);
  const further = (child: Place): void => {
    for (const [method, calls] of child.ends) put(`*${method}`, calls);
    for (const [word, next] of child.words) put(isId(word) ? '*{}' : `*/${word}`, next.calls);
    if (child.value !== undefined) put('*{}', child.value.calls);
  };
  for (const [word, child] of place.words) {
    put(isId(word) ? '{}' : `/${word}`, child.calls);
    further(child);
  }
  if (place.value !== undefined) {
    put('{}', place.value.calls);
    further(place.value);
  }
  return found;
}

const isId = (token: string): boolean => segmentType(plainToken(token)) !== 'word';

/** One word of a place with what is known of it. */
export interface Candidate {
  readonly token: string;
  readonly place: Place;
  readonly on: ReadonlyMap<string, number>;
}

/** All words of a place, seen together. */
export interface Siblings {
  readonly place: Place;
  readonly around: Around;
  readonly all: readonly Candidate[];
}

/** The words of a place as candidates. */
export function siblingsOf(place: Place, around: Around): Siblings {
  return { place, around, all: [...place.words].map(([token, child]) => ({ token, place: child, on: goesOn(child) })) };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The signs of each candidate: by its spelling, by where it stands, and by how its calls and continuations compare with those of the others. */
export function signsOf({ place, around, all }: Siblings): readonly Signs[] {
  const total = all.reduce((sum, candidate) => sum + candidate.place.calls, 0) + (place.value?.calls ?? 0);
  const typed =
    all.reduce((sum, { token, place: { calls } }) => sum + (segmentType(plainToken(token)) === 'word' ? 0 : calls), 0) +
    (place.value?.calls ?? 0);
  const counts = all.map((candidate) => candidate.place.calls);
  const rare = counts.filter((count) => count <= 2).length / Math.max(1, counts.length);
  const middle = median(counts);
  const having = new Map<string, number>();
  for (const { on } of all) for (const key of on.keys()) having.set(key, (having.get(key) ?? 0) + 1);
  const outside = surroundings(around);
  return all.map(({ token, place: child, on }) => {
    const isWord = !isId(token);
    const others = all.length - 1;
    let shared = 0;
    let sum = 0;
    let own = 0;
    let words = 0;
    let wordsOn = 0;
    for (const [key, calls] of on) {
      const count = (having.get(key) ?? 1) - 1;
      sum += calls;
      shared += calls * (others === 0 ? 0 : count / others);
      if (count === 0 && key.startsWith('/')) own += 1;
      if (key.includes('/')) {
        wordsOn += 1;
        if (count >= 2) words += 1;
      }
    }
    const rest = Math.max(1, total - child.calls);
    return [
      1,
      ...spelling(token),
      ...outside,
      level(child.calls, around.usual),
      log(all.length),
      child.calls / Math.max(1, total),
      level(middle, around.usual),
      rare,
      (typed - (isWord ? 0 : child.calls)) / rest,
      1 - child.known / Math.max(1, child.calls),
      flag(others === 0 && place.value === undefined),
      shared / Math.max(1, sum),
      log(own),
      flag(wordsOn === 0 && !on.has('{}')),
      flag(place.value !== undefined),
      flag(!isWord && others + flag(place.value !== undefined) === 0) * level(child.calls, around.usual),
      log(words),
      wordsOn === 0 ? 0 : words / wordsOn,
      flag(!isWord && (place.value !== undefined || all.some((other) => other.token !== token && isId(other.token)))),
      Math.max(-3, Math.min(3, log(child.calls) - log(middle))),
      Math.min(MANY, log(around.usual)),
      level(child.calls, around.usual) * Math.min(MANY, log(around.usual)),
      level(total / Math.max(1, all.length), around.usual),
    ];
  });
}
/** Above that many calls, more calls tell no more. Units: log(1 + calls). */
const MANY = 4;
/** How far calls lie above or below what is usual on the host; bounded, as far is far. Units: logarithm. */
const level = (calls: number, usual: number): number => Math.max(-3, Math.min(3, log(calls) - log(usual)));

/** The middle of the calls that words known of many APIs get on a host; 1 when none is seen. */
export function usualCalls(root: Place): number {
  const calls: number[] = [];
  const walk = (place: Place): void => {
    for (const [token, child] of place.words) {
      if (rankOfWord(plainToken(token)) > 0) calls.push(child.calls);
      walk(child);
    }
    if (place.value !== undefined) walk(place.value);
  };
  walk(root);
  return calls.length === 0 ? 1 : median(calls);
}
export const SIGN_NAMES = [
  'one',
  ...SPELLING_NAMES,
  ...AROUND_NAMES,
  'calls',
  'siblings',
  'share',
  'middle',
  'rare',
  'typedShare',
  'unknown',
  'alone',
  'shared',
  'own',
  'leaf',
  'hasValue',
  'aloneTyped',
  'sharedWords',
  'sharedWordShare',
  'idAmongIds',
  'aboveMiddle',
  'usual',
  'callsOfUsual',
  'mean',
];

/** The value of a place that was too full to tell its words apart counts as that many siblings. */
const FULL = 24;
/** A continuation that values have less often than this is not theirs. Units: expected values that have it. */
const OWN = 0.1;
/** So few expected values are none. */
const NONE = 0.3;

/** What the siblings of each candidate are thought to be says more: likeness to those that are values, and to those that are not. */
export function signsAmong({ place, all }: Siblings, chances: readonly number[]): readonly Signs[] {
  const values = new Map<string, number>();
  const places = new Map<string, number>();
  let sumValues = 0;
  let sumPlaces = 0;
  const put = (into: Map<string, number>, key: string, weight: number): void => {
    into.set(key, (into.get(key) ?? 0) + weight);
  };
  all.forEach(({ on }, index) => {
    const chance = chances[index] ?? 0;
    sumValues += chance;
    sumPlaces += 1 - chance;
    for (const key of on.keys()) {
      put(values, key, chance);
      put(places, key, 1 - chance);
    }
  });
  const merged = place.value === undefined ? undefined : goesOn(place.value);
  if (merged !== undefined) {
    sumValues += FULL;
    for (const key of merged.keys()) put(values, key, FULL);
  }
  const valueCalls =
    all.reduce((sum, candidate, index) => sum + candidate.place.calls * (chances[index] ?? 0), 0) + (place.value?.calls ?? 0);
  const total = all.reduce((sum, candidate) => sum + candidate.place.calls, 0) + (place.value?.calls ?? 0);
  return all.map(({ place: child, on }, index) => {
    const chance = chances[index] ?? 0;
    const otherValues = Math.max(0, sumValues - chance);
    const otherPlaces = Math.max(0, sumPlaces - (1 - chance));
    let likeValues = 0;
    let sum = 0;
    let likePlaces = 0;
    for (const [key, calls] of on) {
      sum += calls;
      likeValues += (calls * ((values.get(key) ?? 0) - chance)) / Math.max(1, otherValues);
      likePlaces += (calls * ((places.get(key) ?? 0) - (1 - chance))) / Math.max(1, otherPlaces);
    }
    const own = [...on.keys()].filter((key) => (values.get(key) ?? 0) - chance < OWN).length;
    return [
      log(otherValues),
      log(otherPlaces),
      likeValues / Math.max(1, sum),
      likePlaces / Math.max(1, sum),
      own / Math.max(1, on.size),
      log(own),
      (valueCalls - chance * child.calls) / Math.max(1, total - child.calls),
      flag(otherValues < NONE),
      (1 - own / Math.max(1, on.size)) * log(otherValues),
    ];
  });
}
export const AMONG_NAMES = ['values', 'places', 'likeValues', 'likePlaces', 'ownShare', 'ownLog', 'valueCalls', 'noValues', 'fits'];
