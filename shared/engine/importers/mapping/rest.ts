import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import type { Mapping, SourcePath, SourcePaths } from '../../../model/mapping.ts';
import { compilePath, parsePath, quoteKey } from './paths.ts';
import { toAnyText } from './values.ts';

/** Keys that fields take, as a tree: an empty node is taken whole. */
type Taken = Map<string, Taken>;

/** Every list of paths that a mapping has. */
export function listPaths(mapping: Mapping): readonly SourcePaths[] {
  const headers = [mapping.requestHeaders, mapping.responseHeaders].flatMap((each) => [
    ...(each?.maps ?? []).map((path) => [path]),
    ...Object.values(each?.named ?? {}),
  ]);
  const lengths = [mapping.duration, ...Object.values(mapping.timings ?? {})].flatMap((each) => (each === undefined ? [] : [each.from]));
  const bodies = [mapping.requestBody, mapping.responseBody].flatMap((each) => (each === undefined ? [] : [each.from]));
  const times = mapping.time === undefined ? [] : [mapping.time.from, mapping.time.date ?? []];
  const fields = Object.values(mapping.fields).filter((paths) => paths !== undefined);
  return [...times, ...lengths, ...fields, ...headers, ...bodies].filter((paths) => paths.length > 0);
}

/**
 * Makes a function that gathers what a record says beside the mapped fields, so that nothing of it is lost.
 * Shape: the members of an object that is used in part are named with dots; of several paths for one field, those that were not
 *        used are given too when they say something else.
 */
export function compileRest(mapping: Mapping): (record: JsonObject) => ImportedCall['extras'] {
  const lists = listPaths(mapping);
  const taken: Taken = new Map();
  for (const path of lists.flat()) take(taken, path);
  const prefixes = [mapping.requestHeaders?.prefix, mapping.responseHeaders?.prefix].filter((prefix) => prefix !== undefined);
  const others = lists.filter((paths) => paths.length > 1).map((paths) => paths.map((path) => ({ path, get: compilePath(path) })));
  return (record) => {
    const extras: Header[] = [];
    addRest(record, '', taken, prefixes, extras);
    for (const paths of others) {
      let used: string | undefined;
      for (const { path, get } of paths) {
        const value = get(record);
        const text = value === undefined ? undefined : toAnyText(value);
        if (text === undefined) continue;
        if (used === undefined) used = text;
        else if (text !== used && !extras.some(([name]) => name === path)) extras.push([path, text]);
      }
    }
    return extras.length === 0 ? undefined : extras;
  };
}

function take(taken: Taken, path: SourcePath): void {
  let node = taken;
  // An element of a list is not told from its list: the list counts as used.
  const keys = parsePath(path).filter((step) => typeof step === 'string');
  for (const [index, key] of keys.entries()) {
    const next = node.get(key);
    if (next?.size === 0) return;
    const made: Taken = next ?? new Map<string, Taken>();
    if (index === keys.length - 1) made.clear();
    node.set(key, made);
    node = made;
  }
  // The same path as one key, which wins over the walk.
  if (keys.length > 1) taken.set(path, new Map());
}

function addRest(record: JsonObject, before: string, taken: Taken, prefixes: readonly string[], extras: Header[]): void {
  for (const key of Object.keys(record)) {
    const value = record[key];
    const node = taken.get(key);
    if (value === undefined || node?.size === 0) continue;
    if (node !== undefined && isJsonObject(value)) {
      addRest(value, `${before}${key}.`, node, [], extras);
      continue;
    }
    if (node !== undefined && typeof value === 'object' && value !== null) continue;
    if (prefixes.some((prefix) => key.startsWith(prefix))) continue;
    const text = toAnyText(value);
    if (text !== undefined) extras.push([before === '' ? key : `${before}${quoteKey(key)}`, text]);
  }
}
