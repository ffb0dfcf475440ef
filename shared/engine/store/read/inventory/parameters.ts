import type { ParameterSeen } from '../../../../contract/inventory.ts';
import type { SqlDriver } from '../../driver.ts';

/** Calls that parameters are read from, spread over all: enough to see what they hold, few enough for 20 ms in a large case. */
const LOOKED_AT = 300;
/** Values shown of a parameter. */
const SHOWN_VALUES = 5;
/** Parameters listed: a search form has dozens, an attack thousands of made-up ones. */
const SHOWN_PARAMETERS = 60;

interface Tally {
  readonly place: ParameterSeen['place'];
  readonly name: string;
  calls: number;
  readonly values: Map<string, number>;
}

/** What stands in braces of a template's segment, and what stands around it: `v{n}.json`. */
const PLACEHOLDER = /^(.*?)\{([^{}]+)\}(.*)$/s;

/** A form-encoded text, decoded; as it is where its escapes are damaged. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Attackers send damaged escapes on purpose, and then what was sent is what to show.
    return text;
  }
}

/** Values of a template's places in a path. Example: `/orders/{id}` and `/orders/7` give `[['id', '7']]`. */
export function pathValues(template: string, path: string): readonly (readonly [name: string, value: string])[] {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return wanted.flatMap((segment, index): (readonly [string, string])[] => {
    const [, before = '', name, after = ''] = PLACEHOLDER.exec(segment) ?? [];
    const value = given[index];
    if (name === undefined || value === undefined || value.length < before.length + after.length) return [];
    return [[name, decode(value.slice(before.length, value.length - after.length))]];
  });
}

/** Parameters of a query string in their order, repeated ones each time. */
export const queryValues = (query: string): readonly (readonly [name: string, value: string])[] =>
  query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
    });

/** At most `most` of the ids, evenly from the first to the last. */
const spread = (ids: ArrayLike<number>, most: number): readonly number[] =>
  ids.length <= most ? Array.from(ids) : Array.from({ length: most }, (_, at) => ids[Math.floor((at * ids.length) / most)] ?? 0);

/** The parameters of an endpoint's calls, those in the path first. Secrets are masked in the store, so they are here. */
export function readParameters(
  db: SqlDriver,
  calls: ArrayLike<number>,
  template: string,
): { readonly parameters: readonly ParameterSeen[]; readonly parametersOf: number } {
  const one = db.prepare('SELECT path, query FROM call WHERE id = ?');
  const rows = spread(calls, LOOKED_AT).flatMap((id) => one.get<{ path: string | null; query: string | null }>(id) ?? []);
  const tallies = new Map<string, Tally>();
  for (const { path, query } of rows) {
    const seen = new Set<string>();
    const add = (place: Tally['place'], name: string, value: string): void => {
      const key = `${place} ${name}`;
      let tally = tallies.get(key);
      if (tally === undefined) tallies.set(key, (tally = { place, name, calls: 0, values: new Map() }));
      if (!seen.has(key)) tally.calls += 1;
      seen.add(key);
      tally.values.set(value, (tally.values.get(value) ?? 0) + 1);
    };
    for (const [name, value] of pathValues(template, path ?? '')) add('path', name, value);
    for (const [name, value] of queryValues(query ?? '')) add('query', name, value);
  }
  const ordered = [...tallies.values()].sort((a, b) => (a.place === b.place ? (a.place === 'path' ? 0 : b.calls - a.calls) : a.place < b.place ? -1 : 1)); // prettier-ignore
  return { parameters: ordered.slice(0, SHOWN_PARAMETERS).map(toSeen), parametersOf: rows.length };
}

function toSeen({ place, name, calls, values }: Tally): ParameterSeen {
  const top = [...values].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, SHOWN_VALUES);
  return { place, name, calls, distinct: values.size, values: top.map(([value, count]) => ({ value, calls: count })) };
}
