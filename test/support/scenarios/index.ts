import { makeScenario, type MadeScenario, type ScenarioOptions } from './core/scenario.ts';
import type { Form } from './core/truth.ts';
import { incidents } from './incidents/index.ts';
import { traps } from './traps/index.ts';
import { worlds } from './worlds/index.ts';

export type PlayOptions = Pick<ScenarioOptions, 'seed' | 'days' | 'scale' | 'folder'> & {
  readonly world: string;
  readonly incidents: readonly { readonly id: string; readonly form: Form }[];
};

function find<T extends { readonly id: string }>(what: string, items: readonly T[], id: string): T {
  const found = items.find((item) => item.id === id);
  if (found === undefined) throw new RangeError(`no ${what} ${id}; there are ${items.map((item) => item.id).join(', ')}`);
  return found;
}

/** Plays incidents, or none, in a world with all its ordinary traffic and all traps. */
export function playScenario({ world, incidents: chosen, ...options }: PlayOptions): MadeScenario {
  const played = find('world', worlds, world);
  return makeScenario({
    ...options,
    world: played,
    incidents: chosen.map(({ id, form }) => ({ incident: find('incident', incidents, id), form })),
    traps,
    documents: played.documents,
  });
}
