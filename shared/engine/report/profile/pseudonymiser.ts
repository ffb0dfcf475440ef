import type { Profile } from '../../../contract/profile.ts';
import type { CallJson } from '../../../contract/report-json.ts';
import { settleTitle } from '../../../model/finding-title.ts';
import { type CaseName, PSEUDONYM_WORDS } from './case-name.ts';
import { companyReplacer } from './replace-companies.ts';
import { isSearchable, nameReplacer, withoutMarks } from './replace-names.ts';
import { shapeReplacer, withoutObjects } from './replace-shapes.ts';

/**
 * How an export hides who and where. Every export of a profile other than `internal` passes its values through one of these before
 * it writes them, so that redaction is made from data and nothing is painted over. `internal` gives back what it gets.
 */
export interface Pseudonymiser {
  readonly profile: Profile;
  /** A running text, an id, a label: names in it become pseudonyms, quotes of bodies are withheld. */
  readonly text: (value: string) => string;
  /** A whole value of `report.json` or of an export: every text in it; words of fixed lists (kinds, states, ids of rules) stay. */
  readonly json: <T>(value: T) => T;
  /** A call: as `json`, without query and referer, its path that of its operation, without ids of objects. */
  readonly call: (call: CallJson) => CallJson;
  /** Names that must stand in no output of this profile, for the scan of it; empty for `internal`. */
  readonly forbidden: readonly string[];
  /** Words of companies that must stand in no output of this profile, not even inside of others; empty for `internal`. */
  readonly companies: readonly string[];
}

/** Members whose texts are words of ours or hashes; a caller named `agent` must not turn them into something else. */
const OURS = new Set(
  (
    'schema kind kinds family severity confidence status format recognizedBy timezone spec sensitivity classifiedFrom flags method role state ' +
    'detector sha256 spoorVersion rulesVersion timeKind scheme maps kpi observedFrom ownerFrom namedBy peopleBy'
  ).split(' '),
);
/** Members that hold texts of bodies, queries or headers, or ids at a gateway; exhibits quote what tools and models were told. */
const WITHHELD = new Set(['query', 'referer', 'samples', 'exhibits', 'knownAs']);
/** A reference to a record: name of the source, `#`, number. */
const REFERENCE = /^(.+)(#\d+)$/s;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** How ids of OpenFGA escape a letter that they do not take. */
const SPELT = /\+[0-9a-f]{2}/;

/**
 * Pseudonyms of networks and of what is in them, which show what lies together and nothing else.
 * Example: `192.0.2.0/24` gives `network-03/24`, the first address seen in it `address-03.1`; `2001:db8:5:9::/64` gives `network-04.1/64`.
 */
function numberPlaces(names: readonly CaseName[], isFree: (pseudonym: string) => boolean): (name: CaseName) => string {
  const isPlace = ({ kind }: CaseName): boolean => kind === 'network' || kind === 'address';
  const total = new Set(names.filter(isPlace).map(({ name, network }) => network ?? name)).size;
  const width = Math.max(2, String(total).length);
  const networks = new Map<string, { readonly number: string; members: number }>();
  return ({ kind, name, network }) => {
    const around = network ?? name;
    const place = networks.get(around) ?? { number: pad(networks.size + 1, width), members: 0 };
    networks.set(around, place);
    const length = kind === 'network' ? (/\/\d+$/.exec(name)?.[0] ?? '') : '';
    if (kind === 'network' && network === undefined) return `${PSEUDONYM_WORDS.network}-${place.number}${length}`;
    for (;;) {
      place.members += 1;
      const pseudonym = `${PSEUDONYM_WORDS[kind]}-${place.number}.${String(place.members)}${length}`;
      if (isFree(pseudonym)) return pseudonym;
    }
  };
}

/** What stands for each spelling. Numbers follow the order of the names, so that the same case gives the same pseudonyms. */
function numberNames(names: readonly CaseName[]): ReadonlyMap<string, string> {
  const totals = new Map<string, number>();
  for (const { kind } of names) totals.set(kind, (totals.get(kind) ?? 0) + 1);
  const width = (kind: CaseName['kind']): number => Math.max(2, String(totals.get(kind) ?? 0).length);
  const counts = new Map<string, number>();
  const result = new Map<string, string>();
  // A fleet may call its own `agent-01`: no pseudonym is somebody's name.
  const real = new Set(names.flatMap(({ name, aliases }) => [name, ...aliases].map(withoutMarks)));
  const placeOf = numberPlaces(names, (pseudonym) => !real.has(pseudonym));
  const nextOf = (kind: CaseName['kind']): string => {
    for (let number = (counts.get(kind) ?? 0) + 1; ; number += 1) {
      const pseudonym = `${PSEUDONYM_WORDS[kind]}-${pad(number, width(kind))}`;
      counts.set(kind, number);
      if (!real.has(pseudonym)) return pseudonym;
    }
  };
  for (const each of names) {
    const next = each.kind === 'network' || each.kind === 'address' ? placeOf(each) : nextOf(each.kind);
    const pseudonym = result.get(each.name) ?? next;
    for (const spelling of [each.name, ...each.aliases]) if (spelling !== '' && !result.has(spelling)) result.set(spelling, pseudonym);
  }
  return result;
}

const unchanged = <T>(value: T): T => value;

/** The profile that hides nothing. */
export const internalProfile: Pseudonymiser = {
  profile: 'internal',
  text: unchanged,
  json: unchanged,
  call: unchanged,
  forbidden: [],
  companies: [],
};

/** The path of the call's operation, which names no object; of a call without one its own. Shape of an operation: `METHOD host/template`, perhaps ` · tool name`. */
function templateOf({ endpoint, method = '', host = '', path }: CallJson): string | undefined {
  const start = `${method} ${host}`;
  if (endpoint?.startsWith(`${start}/`) !== true) return path;
  return endpoint.slice(start.length).replace(/ · .*$/s, '');
}

/** A title that was cut may end within a name, which is then no name to be found: it is cut anew from the whole sentence, in which all names are replaced. */
function withTitle(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { title, summary } = value;
  return typeof title === 'string' && typeof summary === 'string' && title.endsWith(' …') ? { ...value, ...settleTitle(summary) } : value;
}

type Deep = (value: unknown, key: string) => unknown;

/** Goes through lists and objects; keys stay, since they are ours. */
export function deepReplacer(text: (value: string) => string): Deep {
  const deep: Deep = (value, key) => {
    if (typeof value === 'string') return text(key === 'path' ? withoutObjects(value) : value);
    if (Array.isArray(value)) return value.map((item) => deep(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return withTitle(
      Object.fromEntries(
        Object.entries(value)
          .filter(([name]) => !WITHHELD.has(name))
          .map(([name, member]) => [name, OURS.has(name) ? member : deep(member, name)]),
      ),
    );
  };
  return deep;
}

/** Names of sources with the names of the case in them replaced; two that become the same get `~2`, `~3`. */
function hideSources(sources: readonly string[], hide: (name: string) => string): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  const uses = new Map<string, number>();
  for (const source of sources) {
    const hidden = hide(source);
    const use = (uses.get(hidden) ?? 0) + 1;
    uses.set(hidden, use);
    result.set(source, use === 1 ? hidden : `${hidden}~${String(use)}`);
  }
  return result;
}

/**
 * Makes the pseudonymiser of a profile.
 * Shape: `names` in the order in which they are to be numbered, which must follow from the evidence alone: no clock, no row id.
 *        `sources` are the names of the sources, in report order; references to records begin with them.
 *        `words` name companies, as `companyWords` gives them.
 * Cost:  one pass over the names; a text costs about a look-up a word.
 */
export function createPseudonymiser(
  profile: Profile,
  names: readonly CaseName[],
  sources: readonly string[],
  words: readonly string[] = [],
): Pseudonymiser {
  if (profile === 'internal') return internalProfile;
  const pseudonyms = numberNames(names);
  const lower = new Map([...pseudonyms].map(([name, pseudonym]) => [name.toLowerCase(), pseudonym]));
  const hosts = names.filter(({ kind }) => kind === 'host').map(({ name }) => name);
  const searchable = new Map([...pseudonyms].filter(([name]) => isSearchable(name)));
  const replaceNames = nameReplacer(searchable);
  const shapes = shapeReplacer((name) => lower.get(name), hosts);
  // First what policies spell in their own way: the shape of a host would be taken out of the middle of it.
  const replaceSpelt = nameReplacer(new Map([...searchable].filter(([name]) => SPELT.test(name))));
  const companies = new Map(words.map((word, index) => [word, `company-${pad(index + 1, 2)}`]));
  const replaceCompanies = companyReplacer(companies);
  // Companies last: their words are parts of names and hosts, which have pseudonyms of their own.
  const running = (value: string): string => replaceCompanies(shapes.after(replaceNames(shapes.before(replaceSpelt(value)))));
  const hiddenSources = hideSources(sources, running);
  const text = (value: string): string => {
    const exact = pseudonyms.get(value) ?? hiddenSources.get(value);
    if (exact !== undefined) return exact;
    const [, source, record] = REFERENCE.exec(value) ?? [];
    const hidden = source === undefined ? undefined : hiddenSources.get(source);
    return hidden === undefined ? running(value) : `${hidden}${record ?? ''}`;
  };
  const deep = deepReplacer(text);
  return {
    profile,
    text,
    // The shape stays: only texts are replaced, and optional members left out.
    json: <T>(value: T): T => deep(value, '') as T,
    call: (call) => {
      const path = templateOf(call);
      return deep(path === undefined ? call : { ...call, path }, '') as CallJson;
    },
    forbidden: [...searchable.keys()],
    companies: [...companies.keys()],
  };
}
