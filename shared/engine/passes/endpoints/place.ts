import { segmentType, type SegmentType } from './segment.ts';

/** A place in the paths of one host: what may stand there, and where it goes on. */
export interface Place {
  /** Calls that pass here. */
  calls: number;
  /** Calls of them that the server knew what to do with. */
  known: number;
  /** Calls that end here, by method. */
  readonly ends: Map<string, number>;
  /** Where each word goes on; before the place is learned, values are words as well. */
  readonly words: Map<string, Place>;
  /** Words that a rule of the analyst keeps: never values. */
  readonly kept: Set<string>;
  /** Where all values go on. */
  value: Place | undefined;
  /** Calls by the type of value; only of values. */
  readonly types: Map<SegmentType, number>;
  /** Different words of a type other than `word`. */
  typed: number;
  /** Words of such a type may still stand among the words. */
  hasTyped: boolean;
  /** Ids with a prefix, `ord_` and their length: how many. Another of the same make is an id, though chance gave it no digit. */
  readonly makes: Map<string, number>;
  /** More different words than are counted one by one: the place is variable. */
  isFull: boolean;
}

/** Different words told apart at one place; a place with more holds values. */
export const MAX_WORDS = 1000;
/** Different ids told apart at one place: enough to see whether there is only one, as with a version. */
const MAX_TYPED = 4;

/** Makes of ids told apart at one place; it has one or two. */
const MAX_MAKES = 8;
/** So many ids of a make are no accident. */
const MIN_ALIKE = 3;

export const newPlace = (): Place => ({
  calls: 0,
  known: 0,
  ends: new Map(),
  words: new Map(),
  kept: new Set(),
  value: undefined,
  types: new Map(),
  typed: 0,
  hasTyped: false,
  makes: new Map(),
  isFull: false,
});

const add = <Key>(counts: Map<Key, number>, key: Key, count: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + count);
};

/**
 * The place that a token leads to, made where it is new. `mayGrow` says whether new words may be told apart at all; `as` is what a rule
 * makes of the token, whatever else is seen.
 */
export function placeFor(
  place: Place,
  token: string,
  mayGrow: boolean,
  as?: 'word' | 'value',
): { readonly next: Place; readonly isNew: boolean } {
  if (as === 'value') return valueOf(place, segmentType(token));
  const known = place.words.get(token);
  if (as === 'word') {
    place.kept.add(token);
    const next = known ?? newPlace();
    place.words.set(token, next);
    return { next, isNew: known === undefined };
  }
  if (known !== undefined) return { next: known, isNew: false };
  const type = segmentType(token);
  // A secret is one of many, seen once or not; as a word its fingerprint would stand in the endpoint's name.
  if (type === 'masked') return valueOf(place, type);
  if (type === 'code') noteMake(place, token);
  if (type !== 'word' && place.typed >= MAX_TYPED) {
    takeTyped(place);
    return valueOf(place, type);
  }
  place.isFull ||= place.words.size >= MAX_WORDS || !mayGrow;
  if (place.isFull) return valueOf(place, type);
  const next = newPlace();
  place.words.set(token, next);
  if (type !== 'word') {
    place.typed += 1;
    place.hasTyped = true;
  }
  return { next, isNew: true };
}

/** `ord_9x2k` → `ord_ 8`. */
function makeOf(token: string): string | undefined {
  const start = /^[A-Za-z]{2,12}[_-]/.exec(token)?.[0];
  return start === undefined ? undefined : `${start} ${String(token.length)}`;
}

function noteMake(place: Place, token: string): void {
  const make = makeOf(token);
  if (make !== undefined && (place.makes.has(make) || place.makes.size < MAX_MAKES)) add(place.makes, make, 1);
}

/** True for a word that is made as ids of the same place are. */
export function isMadeLikeIds(place: Place, token: string): boolean {
  return (place.makes.get(makeOf(token) ?? '') ?? 0) >= MIN_ALIKE;
}

function valueOf(place: Place, type: SegmentType): { readonly next: Place; readonly isNew: boolean } {
  add(place.types, type, 1);
  const isNew = place.value === undefined;
  return { next: (place.value ??= newPlace()), isNew };
}

/** All ids of a place become its value: there are too many of them to be words. */
function takeTyped(place: Place): void {
  // Asked with every further id: a place with a thousand words must not be gone through each time.
  if (!place.hasTyped) return;
  place.hasTyped = false;
  for (const word of [...place.words.keys()]) if (segmentType(word) !== 'word') takeValue(place, word);
}

/** Makes a word of a place one of its values. */
export function takeValue(place: Place, word: string): void {
  const child = place.words.get(word);
  if (child === undefined || place.kept.has(word)) return;
  place.words.delete(word);
  add(place.types, segmentType(word), child.calls);
  if (place.value === undefined) place.value = child;
  else mergeInto(place.value, child);
}

function mergeInto(target: Place, source: Place): void {
  target.calls += source.calls;
  target.known += source.known;
  target.typed += source.typed;
  target.hasTyped ||= source.hasTyped;
  target.isFull ||= source.isFull;
  for (const word of source.kept) target.kept.add(word);
  for (const [method, count] of source.ends) add(target.ends, method, count);
  for (const [type, count] of source.types) add(target.types, type, count);
  for (const [make, count] of source.makes) if (target.makes.has(make) || target.makes.size < MAX_MAKES) add(target.makes, make, count);
  for (const [word, child] of source.words) {
    const known = target.words.get(word);
    if (known === undefined) target.words.set(word, child);
    else mergeInto(known, child);
  }
  if (source.value === undefined) return;
  if (target.value === undefined) target.value = source.value;
  else mergeInto(target.value, source.value);
}

/** The type that most values of a place have; of equals the first by name, so that no order decides. */
export const mainType = (place: Place): SegmentType =>
  [...place.types].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? 'word';
