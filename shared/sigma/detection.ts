import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import { joined, readCondition } from './condition.ts';
import { readFieldTest } from './field-test.ts';
import { CannotRun, type SigmaNode } from './rule.ts';
import { MAX_SIGMA_CONDITIONS } from './sizes.ts';

/** Keys of a detection that are no search. */
const NOT_SEARCHES: ReadonlySet<string> = new Set(['condition', 'timeframe']);

/** Reads the `detection` of a rule: named searches and the condition over them. Errors: CannotRun. */
export function readDetection(detection: JsonObject): SigmaNode {
  let values = 0;
  const count = (more: number): void => {
    values += more;
    if (values > MAX_SIGMA_CONDITIONS) throw new CannotRun(`it has more than ${String(MAX_SIGMA_CONDITIONS)} values`);
  };
  const searches = new Map<string, SigmaNode>();
  for (const [name, search] of Object.entries(detection)) if (!NOT_SEARCHES.has(name)) searches.set(name, readSearch(name, search, count));
  const { condition } = detection;
  const conditions = typeof condition === 'string' ? [condition] : Array.isArray(condition) ? condition : [];
  if (conditions.length === 0) throw new CannotRun('it has no condition');
  return joined(
    'or',
    conditions.map((text: Json) => {
      if (typeof text !== 'string') throw new CannotRun('its condition is no text');
      return readCondition(text, searches);
    }),
  );
}

/** A map: all lines must hold. A list: one of its maps or texts is enough. */
function readSearch(name: string, search: Json, count: (values: number) => void): SigmaNode {
  if (isJsonObject(search)) {
    const lines = Object.entries(search).map(([key, value]) => readFieldTest(key, value, count));
    if (lines.length === 0) throw new CannotRun(`its search ${name.slice(0, 40)} is empty`);
    return joined('and', lines);
  }
  const items: readonly Json[] = Array.isArray(search) ? search : [search];
  if (items.length === 0) throw new CannotRun(`its search ${name.slice(0, 40)} is empty`);
  return joined(
    'or',
    items.map((item) => (isJsonObject(item) ? readSearch(name, item, count) : readFieldTest('', item, count))),
  );
}
