import type { Json, JsonObject } from '../../../lib/json.ts';
import type { Header } from '../../../model/call.ts';
import { toLooseText } from './fields.ts';

/**
 * The members of one JSON record, which remember what was asked for, so that what no field of a call holds can be kept under
 * its own name. Lifetime: one record.
 */
export interface RecordFields {
  /** The first of these members that says something; `null`, `""` and `-` do not. */
  take(...names: readonly string[]): Json | undefined;
  /** The same as text. */
  text(...names: readonly string[]): string | undefined;
  /** Whether a member of this name is there, whatever it says. */
  has(name: string): boolean;
  /** Members that were not asked for and say something; lists and objects as JSON. */
  rest(): readonly Header[];
}

interface Member {
  /** As it stands in the record. */
  readonly key: string;
  readonly value: Json;
}

const saysNothing = (value: Json | undefined): boolean => value === undefined || value === null || value === '' || value === '-';

/**
 * Opens records for reading by name. `toName` makes one of the spellings under which a member may stand; where two members get
 * the same name the first counts, and the others stay in the rest unless they say the same.
 * Shape: names that are asked for must be spelt as `toName` gives them.
 */
export function openFields(objects: readonly JsonObject[], toName: (key: string) => string = sameName): RecordFields {
  const members = new Map<string, Member>();
  const others: Member[] = [];
  for (const object of objects) {
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (value === undefined) continue;
      const name = toName(key);
      const first = members.get(name);
      if (first === undefined || saysNothing(first.value)) members.set(name, { key, value });
      else if (!saysNothing(value) && value !== first.value) others.push({ key, value });
    }
  }
  const used = new Set<string>();
  const take = (...names: readonly string[]): Json | undefined => {
    for (const name of names) {
      const value = members.get(name)?.value;
      if (saysNothing(value)) continue;
      used.add(name);
      return value;
    }
    return undefined;
  };
  return {
    take,
    text: (...names) => toLooseText(take(...names)),
    has: (name) => members.has(name),
    rest: () => [...[...members].filter(([name]) => !used.has(name)).map(([, member]) => member), ...others].flatMap(toExtra),
  };
}

const sameName = (key: string): string => key;

function toExtra({ key, value }: Member): readonly Header[] {
  if (typeof value === 'object' && value !== null) {
    const text = JSON.stringify(value);
    return text === '{}' || text === '[]' ? [] : [[key, text]];
  }
  const text = toLooseText(value);
  return text === undefined ? [] : [[key, text]];
}
