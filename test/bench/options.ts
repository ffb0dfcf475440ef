import { parseArgs } from 'node:util';

import { incidents } from '#test/support/scenarios/incidents/index.ts';
import { worlds } from '#test/support/scenarios/worlds/index.ts';

import { SCENE_KINDS, type BenchContext } from './bench.ts';

/** What the command line asks for. */
export type Options = Pick<BenchContext, 'small' | 'runs' | 'seeds' | 'firstSeed' | 'worlds' | 'incidents' | 'scenes' | 'minutes'> & {
  /** Benches by id; none means all. */
  readonly names: readonly string[];
  /** Appends the figures to the history. */
  readonly keep: boolean;
};

const DEFAULT_RUNS = '3';

function toCount(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`--${name} is a whole number above 0, not ${text}`);
  return value;
}

/** Ids of a registry, or those of them that were asked for, in the order of the registry. Errors: RangeError for an unknown one. */
function choose<Id extends string>(what: string, all: readonly { readonly id: Id }[], asked: readonly string[] | undefined): readonly Id[] {
  const ids = all.map(({ id }) => id);
  const unknown = asked?.filter((id) => !ids.some((known) => known === id)) ?? [];
  if (unknown.length > 0) throw new RangeError(`no ${what} ${unknown.join(', ')}; there are ${ids.join(', ')}`);
  return ids.filter((id) => asked?.includes(id) !== false);
}

/** Reads `NAME… --small --runs N --seeds N --first-seed N --worlds a,b --incidents a,b --scenes a,b --minutes N --keep`. Errors: RangeError for what cannot be. */
export function readOptions(args: readonly string[], benches: readonly { readonly id: string }[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      small: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      runs: { type: 'string', default: DEFAULT_RUNS },
      seeds: { type: 'string', default: '1' },
      'first-seed': { type: 'string', default: '1' },
      worlds: { type: 'string' },
      incidents: { type: 'string' },
      scenes: { type: 'string' },
      minutes: { type: 'string' },
    },
  });
  choose('bench', benches, positionals);
  return {
    names: positionals,
    small: values.small,
    keep: values.keep,
    runs: toCount('runs', values.runs),
    seeds: toCount('seeds', values.seeds),
    firstSeed: toCount('first-seed', values['first-seed']),
    minutes: values.minutes === undefined ? undefined : toCount('minutes', values.minutes),
    worlds: choose('world', worlds, values.worlds?.split(',')),
    incidents: choose('incident', incidents, values.incidents?.split(',')),
    scenes: choose(
      'kind of scene',
      SCENE_KINDS.map((id) => ({ id })),
      values.scenes?.split(','),
    ),
  };
}
