import { numberAt } from '../../../lib/numbers.ts';
import type { Caller } from '../rows/callers.ts';
import type { IdCalls, Stretch } from './id-walk.ts';

/** Callers with objects of their own, and such objects, that show how a collection is used. */
const MIN_OWNERS = 8;
const MIN_OBJECTS = 10;
/** Share of the objects that have one user: below it sharing is how the collection is used. */
const MIN_PRIVATE = 0.9;
/** Objects of others in one walk, each of another one: a few may be shared with the caller. */
export const MIN_FOREIGN = 3;
/** Different objects in the walk: one every twelve seconds for ten minutes, which no person opens. */
export const MIN_WALKED = 50;

/** Whose objects a walk went through, where each of a collection is used by one caller alone. */
export interface ForeignObjects {
  readonly foreign: number;
  readonly owners: number;
  /** Objects that others used, and those of them with a single user. */
  readonly known: number;
  readonly single: number;
}

/**
 * Looks whether a walk went through other people's things, told from use alone: in this collection everybody has objects of his own, and those of several
 * others are among the many that it asked for. Programs of the estate go through everybody's things, and say nothing about whose they are.
 * Shape: `byPrincipal` are all calls to one endpoint; undefined where it says nothing of the kind.
 */
export function foreignObjects(
  byPrincipal: ReadonlyMap<number, IdCalls>,
  walker: Caller,
  callers: ReadonlyMap<number, Caller>,
  { from, to }: Stretch,
): ForeignObjects | undefined {
  const calls = byPrincipal.get(walker.id);
  if (calls === undefined || walker.weak || walker.kind === 'service') return undefined;
  const walked = new Set(calls.id.slice(from, to));
  if (walked.size < MIN_WALKED) return undefined;
  const users = new Map<number, Set<number>>();
  const owners = new Set<number>();
  for (const [principal, { id, status }] of byPrincipal) {
    if (principal === walker.id || callers.get(principal)?.kind === 'service') continue;
    for (const [at, object] of id.entries()) {
      if (numberAt(status, at) >= 400) continue;
      users.set(object, (users.get(object) ?? new Set()).add(principal));
      owners.add(principal);
    }
  }
  const single = [...users.values()].filter(({ size }) => size === 1).length;
  if (owners.size < MIN_OWNERS || users.size < MIN_OBJECTS || single < MIN_PRIVATE * users.size) return undefined;
  const foreign = [...users].filter(([object, { size }]) => size === 1 && walked.has(object));
  const foreignOwners = new Set(foreign.flatMap(([, who]) => [...who]));
  return foreignOwners.size < MIN_FOREIGN ? undefined : { foreign: foreign.length, owners: foreignOwners.size, known: users.size, single };
}
