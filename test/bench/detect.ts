import { groupBy } from '#shared/lib/group-by.ts';
import { textHash } from '#shared/lib/text-hash.ts';
import type { Form } from '#test/support/scenarios/core/truth.ts';

import type { Bench, BenchContext, Figure, SceneKind } from './bench.ts';
import { readBudgets } from './budget.ts';
import { needBuild } from './places.ts';
import { medianOf } from './statistics.ts';
import { cleanScores, judgeIncident, type FalseAlarm, type IncidentResult } from './truth/detect.ts';
import { falseFigures, incidentFigures } from './truth/detect-figures.ts';
import { goalsTable } from './truth/goals-table.ts';
import { openKeptResults, type KeptResults } from './truth/kept-results.ts';
import { playScene, slug, twoAtATime, type Scene } from './truth/play.ts';
import { cleanScenes, toFigures } from './truth/score-bench.ts';
import { pool, toRatios, type Scores } from './truth/score.ts';
import { toTable } from './truth/table.ts';

const isForm = (kind: SceneKind): kind is Form => kind !== 'clean';
const DAYS = 3;
const MINUTE_MS = 60_000;
const SCALE = { small: 0.15, full: 0.3 };
/** Quiet traffic is cheap to look at, and false alarms are rare: more of it, in many small scenes, so that the last one that is begun ends soon. */
const CLEAN_SCALE = { small: 0.6, full: 0.5 };

/** How long new scenes are begun, all in all and with incidents. Units: minutes; share. */
const MINUTES = 25;
const INCIDENT_SHARE = 0.6;
/** Clean seeds at least: three worlds of one hold some 65,000 calls, and false findings are counted in a million. */
const CLEAN_SEEDS = 16;

interface Row extends IncidentResult {
  readonly name: string;
  readonly form: Form;
}

/** True once a share of the time is over. What was kept from an earlier run costs none. */
function clockOf({ minutes = MINUTES }: BenchContext): (share: number) => () => boolean {
  const began = performance.now();
  return (share) => () => performance.now() - began > share * minutes * MINUTE_MS;
}

/** In an order that hangs on their names alone: what the time cuts off is then no class, form or world. */
const inFairOrder = (scenes: readonly Scene[]): readonly Scene[] => scenes.toSorted((a, b) => textHash(slug(a)) - textHash(slug(b)));

const sayPlayed = (context: BenchContext, what: string, played: number, chosen: number): void => {
  if (played < chosen)
    context.say(`${String(played)} of ${String(chosen)} ${what} were played in the time; the same command goes on where this one ended`);
};

/** Every chosen incident in both forms, in every chosen world, with every seed, as far as the time goes. */
async function playIncidents(context: BenchContext, kept: KeptResults, isOver: () => boolean): Promise<readonly Row[]> {
  const chosen = cleanScenes(context, DAYS, context.small ? SCALE.small : SCALE.full).flatMap((scene): Scene[] =>
    context.incidents.flatMap((id) => context.scenes.filter(isForm).map((form) => ({ ...scene, incident: { id, form } }))),
  );
  const results = await twoAtATime(
    inFairOrder(chosen),
    (scene) =>
      kept(slug(scene), () =>
        playScene(context.folder, scene, async ({ truth, read }) => {
          const exported = await read('whole');
          return truth.scenario.incidents.map((incident): Row => ({
            name: `${incident.id} ${incident.form} ${scene.world}`,
            form: incident.form,
            ...judgeIncident(truth, exported, incident),
          }));
        }),
      ),
    isOver,
  );
  sayPlayed(context, 'scenes', results.length, chosen.length);
  return results.flat().toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const middle = (values: readonly (number | undefined)[]): string => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? '-' : medianOf(known).toFixed(0);
};

/** One line for an incident in one form and world, all seeds together. */
function sayRow(name: string, rows: readonly Row[]): readonly string[] {
  const ratios = toRatios(pool(rows.map(({ scores }) => scores)));
  const share = (key: string): string => ratios[key]?.toFixed(2) ?? '-';
  return [
    name,
    `${String(rows.filter(({ recalled }) => recalled).length)}/${String(rows.length)}`,
    middle(rows.map(({ rank }) => rank)),
    ...['class', 'principal', 'credential', 'evidence.precision', 'evidence.recall'].map(share),
    ratios['findings']?.toFixed(1) ?? '-',
    middle(rows.map(({ minutes }) => minutes)),
    [...new Set(rows.flatMap(({ detectors }) => detectors))].join(' '),
  ];
}

const HEAD = ['incident', 'found', 'rank', 'class', 'principal', 'credential', 'precision', 'recall', 'findings', 'minutes', 'by'];

/** How often each detector raised a false alarm, and at which trap. */
function sayFalseAlarms(alarms: readonly FalseAlarm[], calls: number, context: BenchContext): void {
  context.say(`${String(alarms.length)} false findings in ${calls.toLocaleString('en-US')} clean calls`);
  const groups = groupBy(alarms, ({ detector, trap }) => `${detector}, ${trap === undefined ? 'no trap' : `trap ${trap}`}`);
  for (const [name, group] of groups) context.say(`  ${String(group.length)} × ${name}: ${group[0]?.title ?? ''}`);
}

async function playClean(
  context: BenchContext,
  kept: KeptResults,
  isOver: () => boolean,
): Promise<{ readonly scores: Scores; readonly figures: readonly Figure[] }> {
  const seeds = context.small ? context.seeds : Math.max(CLEAN_SEEDS, context.seeds);
  const scenes = context.scenes.includes('clean')
    ? cleanScenes({ ...context, seeds }, DAYS, context.small ? CLEAN_SCALE.small : CLEAN_SCALE.full)
    : [];
  const results = await twoAtATime(
    inFairOrder(scenes),
    (scene) =>
      kept(slug(scene), () =>
        playScene(context.folder, scene, async ({ truth, read }) => {
          const exported = await read('whole');
          return { calls: truth.recordsOf.size, ...cleanScores(truth, exported) };
        }),
      ),
    isOver,
  );
  sayPlayed(context, 'clean scenes', results.length, scenes.length);
  if (results.length === 0) return { scores: {}, figures: [] };
  const alarms = results.flatMap((result) => result.alarms);
  const calls = results.reduce((sum, result) => sum + result.calls, 0);
  sayFalseAlarms(alarms, calls, context);
  return { scores: pool(results.map(({ scores }) => scores)), figures: falseFigures(alarms, calls) };
}

/** Measures that are figures, in words. */
const WORDS = {
  'recall.loud': 'loud incidents that are found',
  'recall.quiet': 'quiet incidents that are found',
  class: 'found incidents whose first finding names the class',
  'class.of-all': 'all incidents, found and with the class named by the first finding',
  principal: 'found incidents with a guilty principal among the first three named',
  'principal.of-all': 'all incidents, found and with a guilty principal among the first three named',
  credential: 'found incidents with a guilty credential among the first three named',
  'credential.of-all': 'all incidents, found and with a guilty credential among the first three named',
  'evidence.precision': 'calls of findings about an incident that are its evidence',
  'evidence.recall': 'evidence of all incidents that findings about them hold',
  findings: 'findings for each found incident',
  'false-per-million': 'false findings, medium or worse, for each million clean calls',
};

const figuresOf = (rows: readonly Row[], clean: Scores = {}): readonly Figure[] => [
  ...toFigures('detect', pool([...rows.map(({ scores }) => scores), clean]), WORDS),
  ...incidentFigures(rows),
];

/** Findings against incidents that were played, and against days on which nothing happened. */
export const detectBench: Bench = {
  id: 'detect',
  question: 'Which incidents are found, how well are they told, and what is raised where nothing happened?',
  run: async (context) => {
    needBuild();
    const kept = openKeptResults('detect');
    const isOver = clockOf(context);
    const rows = await playIncidents(context, kept, isOver(context.scenes.includes('clean') ? INCIDENT_SHARE : 1));
    const lines = [...groupBy(rows, ({ name }) => name)].map(([name, group]) => sayRow(name, group));
    if (lines.length > 0) for (const line of toTable([HEAD, ...lines])) context.say(line);
    const clean = await playClean(context, kept, isOver(1));
    const figures = [...figuresOf(rows, clean.scores), ...clean.figures];
    const byForm = context.scenes
      .filter(isForm)
      .map((form) => ({ title: form, figures: figuresOf(rows.filter((row) => row.form === form)) }));
    for (const line of goalsTable(readBudgets(), [{ title: 'all', figures }, ...byForm])) context.say(line);
    return figures;
  },
};
