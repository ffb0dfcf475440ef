import { groupBy } from '#shared/lib/group-by.ts';
import type { Bench, BenchContext, Figure } from '../bench.ts';
import { needBuild } from '../places.ts';
import { playScene, twoAtATime, type Played, type Scene } from './play.ts';
import { pool, toRatios, type Scores } from './score.ts';
import { ratioTable } from './table.ts';

const DAYS = 2;
const SCALE = { small: 0.3, full: 1.5 };

/** Scenes without incidents: every chosen world with every seed. */
export function cleanScenes({ worlds, seeds, firstSeed }: BenchContext, days: number, scale: number): readonly Scene[] {
  return worlds.flatMap((world) =>
    Array.from({ length: seeds }, (_, index): Scene => ({ world, seed: String(firstSeed + index), days, scale })),
  );
}

/** Pooled scores as figures: those that have a line in `what` and something to be measured on. */
export function toFigures(bench: string, scores: Scores, what: Readonly<Record<string, string>>): readonly Figure[] {
  const ratios = toRatios(scores);
  return Object.entries(what).flatMap(([name, words]): Figure[] => {
    const value = ratios[name];
    return value === undefined ? [] : [{ id: `${bench}.${name}`, value, unit: 'share', what: words }];
  });
}

/** A bench that scores ordinary traffic of all chosen worlds and seeds. `what` says which measures are figures, in words. */
export function scoreBench(
  options: Pick<Bench, 'id' | 'question'> & {
    readonly score: (played: Played) => Promise<Scores>;
    readonly what: Readonly<Record<string, string>>;
  },
): Bench {
  const { id, question, score, what } = options;
  return {
    id,
    question,
    run: async (context) => {
      needBuild();
      const scenes = cleanScenes(context, DAYS, context.small ? SCALE.small : SCALE.full);
      const results = await twoAtATime(scenes, (scene) =>
        playScene(context.folder, scene, async (played) => ({
          world: scene.world,
          calls: played.truth.scenario.calls,
          scores: await score(played),
        })),
      );
      context.say(
        `${String(scenes.length)} scenarios of ${String(DAYS)} days, ${results.reduce((sum, { calls }) => sum + calls, 0).toLocaleString('en-US')} calls`,
      );
      const all = pool(results.map(({ scores }) => scores));
      const columns = [...groupBy(results, ({ world }) => world)].map(
        ([world, ofWorld]) => [world, toRatios(pool(ofWorld.map(({ scores }) => scores)))] as const,
      );
      for (const line of ratioTable([...columns, ['all', toRatios(all)]])) context.say(line);
      return toFigures(id, all, what);
    },
  };
}
