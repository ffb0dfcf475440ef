import type { Random } from '../../large/random.ts';
import { parametersOf, type Field, type Operation, type Shape } from '../core/api.ts';
import type { Party } from '../core/party.ts';
import type { Roles } from '../core/roles.ts';
import type { Body, Given } from '../core/given.ts';
import type { Stage } from '../core/stage.ts';
import type { Item, Json } from '../core/store.ts';

/** The parts of a path: those that are known by their kind, any for the rest. */
export function partsOf(
  { world, store }: Stage,
  operation: string,
  random: Random,
  known: Readonly<Record<string, Given | Item>> = {},
): readonly (Given | Item)[] {
  return parametersOf(world.operation(operation).path).map((entity) => known[entity] ?? store.any(entity, random));
}

/** Whether a token's scopes allow an operation; a cookie names none, and allows what its owner may. */
export function isAllowed({ scopes }: Operation, party: Party, at: number): boolean {
  const held = party.credentialAt(at)?.scopes ?? [];
  return held.length === 0 || scopes.every((scope) => held.includes(scope));
}

/** The administrators' function to look with, and the one to change with. */
export function lookAndChange({ world }: Stage, { administer }: Roles): { readonly look: string; readonly change: string } {
  const isLook = (id: string): boolean => world.operation(id).method === 'GET';
  const first = administer[0] ?? '';
  return { look: administer.find(isLook) ?? first, change: administer.findLast((id) => !isLook(id)) ?? first };
}

/** What reads the thing that an operation changes: best at the same path. */
export function readerOf({ world }: Stage, operation: string, entity: string): string | undefined {
  const { path } = world.operation(operation);
  const readers = world.catalogue.operations.filter(
    ({ method, answer, published }) => method === 'GET' && published === 'documented' && 'one' in answer && answer.one === entity,
  );
  return (readers.find((reader) => reader.path === path) ?? readers[0])?.id;
}

/** The shape of an operation's body; empty when it has none. */
function bodyShape({ world }: Stage, operation: string): Shape {
  return world.catalogue.shapes[world.operation(operation).body ?? ''] ?? {};
}

/** The shape of what an operation answers. */
export function answerShape({ world }: Stage, id: string): Shape {
  const { catalogue } = world;
  const { answer } = world.operation(id);
  const name = 'shape' in answer ? answer.shape : catalogue.entities['one' in answer ? answer.one : answer.list]?.shape;
  return catalogue.shapes[name ?? ''] ?? {};
}

/** Where the first field of a kind stands in a shape: `total.amount`. */
export function findField(shape: Shape, isWanted: (field: Field) => boolean): string | undefined {
  for (const [name, field] of Object.entries(shape)) {
    if (isWanted(field)) return name;
    const inner = typeof field === 'object' && 'object' in field ? findField(field.object, isWanted) : undefined;
    if (inner !== undefined) return `${name}.${inner}`;
  }
  return undefined;
}

/** The usual body of an operation, with other values in the fields for which there are some. */
export function bodyWith(
  stage: Stage,
  operation: string,
  session: { readonly random: Random; readonly party: Party; readonly at: number },
  valueOf: (field: Field) => Body | undefined,
): Readonly<Record<string, Body>> {
  const name = stage.world.operation(operation).body;
  if (name === undefined) return {};
  const usual = stage.store.body(name, session.party.person ?? 0, session.at, session.random);
  return replaceFields(bodyShape(stage, operation), usual, valueOf);
}

function replaceFields(shape: Shape, usual: Json, valueOf: (field: Field) => Body | undefined): Readonly<Record<string, Body>> {
  const record = usual as Readonly<Record<string, Json>>; // made from this shape
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]): [string, Body] => {
      const given = valueOf(field);
      if (given !== undefined) return [name, given];
      const value = record[name] ?? null;
      return [name, typeof field === 'object' && 'object' in field ? replaceFields(field.object, value, valueOf) : value];
    }),
  );
}

/** A document with another value at `a.b`. */
export function withValue(document: Json, pointer: string, value: Json): Json {
  const [name = '', ...rest] = pointer.split('.');
  const record = document as Readonly<Record<string, Json>>; // the pointer was found in its shape
  return { ...record, [name]: rest.length === 0 ? value : withValue(record[name] ?? {}, rest.join('.'), value) };
}
