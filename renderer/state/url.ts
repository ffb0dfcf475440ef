import { listClauses, removeClause } from '#shared/query/clauses.ts';
import { parseOff, printOff } from './off-conditions.ts';

/** Everything that a link to a screen restores. */
export interface Place {
  /** Id of the screen in the view registry; the frame shows the start for one that is not in it. */
  readonly view: string;
  /** The query that Calls and Chains share. */
  readonly query: string;
  /** Conditions that are switched off: see `printOff`. */
  readonly off?: string | undefined;
  /** Conditions that stay whatever the query and the screen: see `parsePins`. */
  readonly pin?: string | undefined;
  /** What calls or endpoints are sorted by, `-` in front for descending; absent: time. */
  readonly sort?: string | undefined;
  /** The selected call, by its reference. */
  readonly call?: string | undefined;
  /** The call that the selected one is compared with. */
  readonly with?: string | undefined;
  /** The cause of the selected call whose link to it Chains proves. */
  readonly edge?: string | undefined;
  readonly chain?: string | undefined;
  /** A chain; Chains lists those of the same shape only. */
  readonly like?: string | undefined;
  /** Chains lists only those with this mark: see `CHAIN_MARKS`. */
  readonly only?: string | undefined;
  readonly finding?: string | undefined;
  /** Name of the source that Evidence shows. */
  readonly source?: string | undefined;
  /** Id of the endpoint that Inventory shows in full. */
  readonly endpoint?: string | undefined;
  /** Id of the principal that Identities shows in full. */
  readonly principal?: string | undefined;
  /** Id of the credential that Identities shows in full. */
  readonly credential?: string | undefined;
  /** What Inventory's list is narrowed to: see `parseFilter`; of its changes, a sort: see `groupDrift`. */
  readonly filter?: string | undefined;
  /**
   * Which of its lists a screen shows. Inventory: `flat`, `coverage`, `changes`, absent for hosts and services; Identities and Findings: the tab, for
   * Findings also `unanswered` or `partly` answered detectors, a severity or `undecided`; Chains:
   * `flows`; Evidence: `sides`, `calendar`; Report: the format of the export that was asked for.
   */
  readonly tab?: string | undefined;
  /** Id of the detector whose page Findings shows. */
  readonly detector?: string | undefined;
  /** What Inventory compares: see `parseChoice`. */
  readonly compare?: string | undefined;
  /** The two sets of calls that Compare lays side by side, as queries. */
  readonly left?: string | undefined;
  readonly right?: string | undefined;
}

export const START: Place = { view: 'start', query: '' };

const OPTIONAL = [
  'off',
  'pin',
  'sort',
  'call',
  'with',
  'edge',
  'chain',
  'like',
  'only',
  'finding',
  'source',
  'endpoint',
  'principal',
  'credential',
  'filter',
  'tab',
  'detector',
  'compare',
  'left',
  'right',
] as const;

/** Every part of a place but the screen, cleared: for another case, which has other calls, and for a link that does not name them. */
export const NOTHING_SELECTED: Required<{ [Key in Exclude<keyof Place, 'view' | 'query'>]: undefined }> & Pick<Place, 'query'> = {
  query: '',
  off: undefined,
  pin: undefined,
  sort: undefined,
  call: undefined,
  with: undefined,
  edge: undefined,
  chain: undefined,
  like: undefined,
  only: undefined,
  finding: undefined,
  source: undefined,
  endpoint: undefined,
  principal: undefined,
  credential: undefined,
  filter: undefined,
  tab: undefined,
  detector: undefined,
  compare: undefined,
  left: undefined,
  right: undefined,
};

/** A place with some of it changed. A link between two calls is of the selected one, so it goes when another is selected. */
export const changePlace = (place: Place, to: Partial<Place>): Place => ({ ...place, ...('call' in to ? { edge: undefined } : {}), ...to });

/**
 * What following a link changes. One that names a query shows the rows that it counted, no fewer: what was pinned on the way is switched
 * off, in sight among the conditions and one click from holding again. A pin that the link asks for as well stays one.
 */
export function followed(place: Place, to: Partial<Place>): Partial<Place> {
  if (to.query === undefined || 'pin' in to || place.pin === undefined) return to;
  const asked = listClauses(to.query);
  const pins = parseOff(place.pin);
  const kept = pins.filter((pin) => asked.some(({ text }) => text === pin));
  const off = [...parseOff(place.off), ...pins.filter((pin) => !kept.includes(pin))];
  const own = asked.flatMap(({ text }, index) => (kept.includes(text) ? [index] : []));
  const query = own.toReversed().reduce(removeClause, to.query);
  return { ...to, query, pin: printOff(kept), off: printOff([...new Set(off)]) };
}

/**
 * A place as the fragment of a link, `#/calls?q=status%20%3E%3D%20400`. Inverse of `parsePlace`.
 * Shape: keys in a fixed order, empty ones left out, so that equal places print equal links.
 */
export function printPlace(place: Place): string {
  const parts: string[] = [];
  if (place.query !== '') parts.push(`q=${encodeURIComponent(place.query)}`);
  for (const key of OPTIONAL) {
    const value = place[key];
    if (value !== undefined) parts.push(`${key}=${encodeURIComponent(value)}`);
  }
  return `#/${place.view}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
}

/** The place that a fragment names; anything unknown in it is dropped, what is no link of ours is the start. */
export function parsePlace(hash: string): Place {
  const match = /^#\/([a-z]+)(?:\?(.*))?$/s.exec(hash);
  const view = match?.[1];
  if (view === undefined) return START;
  const given = new Map<string, string>();
  for (const part of (match?.[2] ?? '').split('&')) {
    const at = part.indexOf('=');
    const value = at < 0 ? undefined : decode(part.slice(at + 1));
    if (value !== undefined && value !== '') given.set(part.slice(0, at), value);
  }
  const place: { -readonly [Key in keyof Place]: Place[Key] } = { view, query: given.get('q') ?? '' };
  for (const key of OPTIONAL) {
    const value = given.get(key);
    if (value !== undefined) place[key] = value;
  }
  return place;
}

/** Addresses of our own pages: the local server's, at whichever port it was then, and the desktop's. */
const OWN_PAGE = /^(?:http:\/\/127\.0\.0\.1(?::\d+)?|spoor:\/\/[a-z]+)\/(?:index\.html)?(?=#)/;

/**
 * The place that a copied link of ours names: a whole address or its fragment alone. `undefined` for anything else, links of captured
 * pages that have a fragment of the same shape included.
 */
export function placeOfLink(text: string): Place | undefined {
  const hash = text.trim().replace(OWN_PAGE, '');
  return /^#\/[a-z]+(?:\?\S*)?$/.test(hash) ? parsePlace(hash) : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // A damaged escape in a pasted link: the key is dropped, the rest of the link still works.
    return undefined;
  }
}
