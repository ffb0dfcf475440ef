import type { Example } from './logistic.ts';
import { isGlued, plainToken, toTokens } from '#shared/engine/passes/endpoints/path-tokens.ts';
import { newPlace, placeFor, type Place } from '#shared/engine/passes/endpoints/place.ts';
import { siblingsOf, signsOf, usualCalls, type Siblings, type Signs } from '#shared/engine/passes/endpoints/word-signs.ts';
import type { TruthRequest } from '../truth-openapi/requests.ts';

/** The words of one place with what each of them is: 1 a value, 0 a word of its own, `undefined` where nobody knows. */
export interface LabelledPlace {
  readonly siblings: Siblings;
  readonly signs: readonly Signs[];
  readonly labels: readonly (number | undefined)[];
}

interface Entry {
  readonly place: Place;
  readonly before: string | undefined;
  readonly depth: number;
  readonly votes: Map<string, readonly [value: number, word: number]>;
}

/** A place is looked at so many steps ahead. */
const AHEAD = 3;
const UNKNOWN_PATH = new Set([400, 404, 405, 410, 414, 501]);

/** Adds the rest of a path below a place. */
function addRest(place: Place, rest: readonly string[], { method, status }: TruthRequest, ahead = AHEAD): void {
  let at = place;
  at.calls += 1;
  rest.slice(0, ahead).forEach((token, index) => {
    at = placeFor(at, token, true).next;
    at.calls += 1;
    if (!UNKNOWN_PATH.has(status)) at.known += 1;
    if (index === rest.length - 1) at.ends.set(method, (at.ends.get(method) ?? 0) + 1);
  });
}

function tokensOfTruth(request: TruthRequest, tokens: readonly string[]): readonly string[] | undefined {
  if (request.template === undefined) return undefined;
  const truth = toTokens(request.template.slice(request.template.indexOf(' ') + 1));
  return truth.length === tokens.length && truth.every((token, index) => isGlued(token) === isGlued(tokens[index] ?? ''))
    ? truth
    : undefined;
}

/** All places of an API below true prefixes, as if everything before each had been told apart rightly. */
export function labelPlaces(requests: readonly TruthRequest[]): readonly LabelledPlace[] {
  const entries = new Map<string, Entry>();
  const root = newPlace();
  for (const request of requests) addRest(root, toTokens(request.path), request, Infinity);
  const usual = usualCalls(root);
  for (const request of requests) {
    const tokens = toTokens(request.path);
    const truth = tokensOfTruth(request, tokens);
    if (request.template !== undefined && truth === undefined) continue;
    let prefix = '';
    for (const [depth, token] of tokens.entries()) {
      let entry = entries.get(prefix);
      if (entry === undefined) {
        const before = depth === 0 ? undefined : prefix.endsWith('/{}') ? '{}' : plainToken(tokens[depth - 1] ?? '');
        entries.set(prefix, (entry = { place: newPlace(), before, depth, votes: new Map() }));
      }
      addRest(entry.place, tokens.slice(depth), request);
      const right = truth?.[depth];
      if (right !== undefined && right !== '{}' && right.includes('{')) break;
      if (right !== undefined) {
        const [value, word] = entry.votes.get(token) ?? [0, 0];
        entry.votes.set(token, right === '{}' ? [value + 1, word] : [value, word + 1]);
      }
      prefix += `/${right === '{}' ? '{}' : token}`;
    }
  }
  return [...entries.values()].flatMap(({ place, before, depth, votes }) => {
    const siblings = siblingsOf(place, { before, depth, usual });
    if (votes.size === 0 || siblings.all.length === 0) return [];
    const labels = siblings.all.map(({ token }) => {
      const vote = votes.get(token);
      return vote === undefined ? undefined : vote[0] > vote[1] ? 1 : 0;
    });
    return [{ siblings, signs: signsOf(siblings), labels }];
  });
}

/** Examples of places; `more` adds signs to those of each word. A word counts by the logarithm of its calls. */
export function toExamples(
  places: readonly LabelledPlace[],
  more: (place: LabelledPlace) => readonly Signs[] | undefined,
): readonly Example[] {
  return places.flatMap((place) => {
    const added = more(place);
    return place.signs.flatMap((signs, index): Example[] => {
      const is = place.labels[index];
      const weight = Math.log(1 + (place.siblings.all[index]?.place.calls ?? 0));
      return is === undefined ? [] : [{ signs: [...signs, ...(added?.[index] ?? [])], is, weight }];
    });
  });
}
