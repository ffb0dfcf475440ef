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

/** True for values that stand for nothing in this record. */
type IsUnknown = (key: string, value: Json) => boolean;

const isNothing = (value: Json | undefined): boolean => value === undefined || value === null || value === '' || value === '-';

/**
 * Opens a record for reading by the names that its members have. `isUnknown` adds values that say nothing in its format.
 * Cost: no copy; about as much as reading the members directly.
 */
export function openFields(record: JsonObject, isUnknown?: IsUnknown): RecordFields {
  const used = new Set<string>();
  const says = (key: string, value: Json | undefined): value is Json =>
    value !== undefined && !isNothing(value) && isUnknown?.(key, value) !== true;
  const take = (...names: readonly string[]): Json | undefined => {
    for (const name of names) {
      const value = record[name];
      if (!says(name, value)) continue;
      used.add(name);
      return value;
    }
    return undefined;
  };
  return {
    take,
    text: (...names) => toLooseText(take(...names)),
    has: (name) => Object.hasOwn(record, name),
    rest() {
      const extras: Header[] = [];
      for (const key of Object.keys(record)) {
        const value = record[key];
        if (!used.has(key) && says(key, value)) addExtra(extras, key, value);
      }
      return extras;
    },
  };
}

interface Member {
  /** As it stands in the record. */
  readonly key: string;
  readonly value: Json;
}

/**
 * Opens objects whose members may be spelt in several ways: `toName` makes one of them. Where two members get the same name the
 * first that says something counts, and the others stay in the rest unless they say the same.
 * Shape: names that are asked for must be spelt as `toName` gives them.
 */
export function openSpelledFields(objects: readonly JsonObject[], toName: (key: string) => string): RecordFields {
  const members = new Map<string, Member>();
  const others: Member[] = [];
  for (const object of objects) {
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (value === undefined) continue;
      const name = toName(key);
      const first = members.get(name);
      if (first === undefined || isNothing(first.value)) members.set(name, { key, value });
      else if (!isNothing(value) && value !== first.value) others.push({ key, value });
    }
  }
  const used = new Set<string>();
  const take = (...names: readonly string[]): Json | undefined => {
    for (const name of names) {
      const value = members.get(name)?.value;
      if (isNothing(value)) continue;
      used.add(name);
      return value;
    }
    return undefined;
  };
  return {
    take,
    text: (...names) => toLooseText(take(...names)),
    has: (name) => members.has(name),
    rest() {
      const extras: Header[] = [];
      for (const [name, { key, value }] of members) if (!used.has(name)) addExtra(extras, key, value);
      for (const { key, value } of others) addExtra(extras, key, value);
      return extras;
    },
  };
}

/** What was not asked for in a part of a record, under the part's name: `client.device`. */
export const restOf = (part: string, fields: RecordFields): readonly Header[] =>
  fields.rest().map(([name, value]) => [`${part}.${name}`, value]);

function addExtra(extras: Header[], key: string, value: Json): void {
  if (typeof value === 'object' && value !== null) {
    const text = JSON.stringify(value);
    if (text !== '{}' && text !== '[]') extras.push([key, text]);
    return;
  }
  const text = toLooseText(value);
  if (text !== undefined) extras.push([key, text]);
}
