import { HOSTILE, hostility } from '../injection/hostile-text.ts';
import type { Told, Version } from './definitions.ts';
import type { Definition } from './read-list.ts';
import { parametersOf, signsOf } from './tool-signs.ts';

/** What one part of a definition became. */
export interface PartChange {
  readonly pointer: string;
  readonly older: string;
  readonly newer: string;
}

/** How one wording of a definition became the next. */
export interface Change {
  readonly told: Told;
  readonly older: Version;
  readonly newer: Version;
  readonly parts: readonly PartChange[];
  /** What it now may do that it could not: in words, those that weigh most first. */
  readonly gains: readonly Gain[];
}

/** `sink` a new place to send data to, `order` to the model, `parameter` new or wider, `hint` about its effects. */
export interface Gain {
  readonly kind: 'sink' | 'order' | 'parameter' | 'hint';
  readonly what: string;
}

const HOST = /\bhttps?:\/\/([a-z0-9.-]{3,120})|\b[\w.+-]{1,60}@([a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,5})\b/gi;

const byPointer = ({ leaves }: Definition): ReadonlyMap<string, string> => {
  const parts = new Map<string, string>();
  for (const { pointer, text } of leaves) {
    const known = parts.get(pointer);
    parts.set(pointer, known === undefined ? text : `${known}, ${text}`);
  }
  return parts;
};

function changedParts(older: Definition, newer: Definition): readonly PartChange[] {
  const [before, after] = [byPointer(older), byPointer(newer)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((pointer) => ({ pointer, older: before.get(pointer) ?? '', newer: after.get(pointer) ?? '' }))
    .filter((part) => part.older !== part.newer);
}

/** Hosts and mail domains that the texts of a definition name. */
const placesIn = ({ leaves }: Definition): ReadonlySet<string> =>
  new Set(
    leaves.flatMap(({ pointer, text }) =>
      pointer.endsWith('$schema') || pointer.endsWith('$id')
        ? []
        : [...text.matchAll(HOST)].map(([, host, mail]) => (host ?? mail ?? '').toLowerCase()),
    ),
  );

const without = (from: ReadonlySet<string>, what: ReadonlySet<string>): readonly string[] => [...from].filter((item) => !what.has(item));

/** Parameters that took fewer values before: a type more, or no list of values any more. */
function widened(parts: readonly PartChange[], known: ReadonlySet<string>): readonly string[] {
  return parts.flatMap(({ pointer, older, newer }) => {
    const [, name = '', end = ''] = /^inputSchema\.properties\.([^.[]+)\.(type|enum|maxLength|pattern|format)(?:\[\*\])?$/.exec(pointer) ?? [];
    if (!known.has(name) || older === '') return [];
    const [before, after] = [new Set(older.split(', ')), new Set(newer.split(', '))];
    const isWider = end === 'type' || end === 'enum' ? newer === '' || without(after, before).length > 0 : newer === '';
    return isWider ? [name] : [];
  }); // prettier-ignore
}

/** Hints that say less harm than the new wording does. */
const HINTS: readonly (readonly [pointer: string, now: string, what: string])[] = [
  ['annotations.readOnlyHint', 'false', 'no longer says that it only reads'],
  ['annotations.destructiveHint', 'true', 'now says that it destroys'],
  ['annotations.openWorldHint', 'true', 'now says that it reaches outside'],
];

function gainsOf(told: Told, older: Version, newer: Version, parts: readonly PartChange[], others: readonly Told[]): readonly Gain[] {
  const [before, after] = [signsOf(told, older, others), signsOf(told, newer, others)];
  const old = new Set(before.map(({ what }) => what));
  const orders = after.filter(({ what, weight }) => weight >= 2 && !old.has(what));
  const known = parametersOf(older.definition);
  return [
    ...without(placesIn(newer.definition), placesIn(older.definition)).map((host): Gain => ({ kind: 'sink', what: `names ${host}` })),
    ...(hostility(orders) >= HOSTILE ? [...new Set(orders.map(({ what }) => what))].map((what): Gain => ({ kind: 'order', what })) : []),
    ...without(parametersOf(newer.definition), known).map((name): Gain => ({ kind: 'parameter', what: `takes ${name}` })),
    ...[...new Set(widened(parts, known))].map((name): Gain => ({ kind: 'parameter', what: `takes more in ${name}` })),
    ...HINTS.flatMap(([pointer, now, what]): readonly Gain[] => (parts.some((part) => part.pointer === pointer && part.newer === now) ? [{ kind: 'hint', what }] : [])),
    ...parts.flatMap(({ pointer }): readonly Gain[] => (pointer.endsWith('x-mcp-header') ? [{ kind: 'hint', what: 'has another header written from its arguments' }] : [])),
  ]; // prettier-ignore
}

/** How each wording of a definition became the next, by first sight. */
export const changesOf = (told: Told, others: readonly Told[]): readonly Change[] =>
  told.versions.slice(1).flatMap((newer, index): readonly Change[] => {
    const older = told.versions[index];
    if (older === undefined) return [];
    const parts = changedParts(older.definition, newer.definition);
    return [{ told, older, newer, parts, gains: gainsOf(told, older, newer, parts, others) }];
  });
