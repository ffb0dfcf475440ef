import { groupBy } from '#shared/lib/group-by.ts';
import type { Form } from '#test/support/scenarios/core/truth.ts';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { needBuild } from './places.ts';
import { medianOf } from './statistics.ts';
import { cleanScores, judgeIncident, type FalseAlarm, type IncidentResult } from './truth/detect.ts';
import { falseFigures, incidentFigures } from './truth/detect-figures.ts';
import { openKeptResults, type KeptResults } from './truth/kept-results.ts';
import { playScene, slug, twoAtATime, type Scene } from './truth/play.ts';
import { cleanScenes, toFigures } from './truth/score-bench.ts';
import { pool, toRatios, type Scores } from './truth/score.ts';
import { toTable } from './truth/table.ts';

const FORMS: readonly Form[] = ['loud', 'quiet'];
const DAYS = 3;
const SCALE = { small: 0.15, full: 0.3 };
/** Quiet traffic is cheap to look at, and false alarms are rare: more of it. */
const CLEAN_SCALE = { small: 0.6, full: 4 };

interface Row extends IncidentResult {
  readonly name: string;
}

/** Every chosen incident in both forms, in every chosen world, with every seed. */
async function playIncidents(context: BenchContext, kept: KeptResults): Promise<readonly Row[]> {
  const scenes = cleanScenes(context, DAYS, context.small ? SCALE.small : SCALE.full).flatMap((scene): Scene[] =>
    context.incidents.flatMap((id) => FORMS.map((form) => ({ ...scene, incident: { id, form } }))),
  );
  const results = await twoAtATime(scenes, (scene) =>
    kept(slug(scene), () =>
      playScene(context.folder, scene, async ({ truth, read }) => {
        const exported = await read('whole');
        return truth.scenario.incidents.map((incident): Row => ({
          name: `${incident.id} ${incident.form} ${scene.world}`,
          ...judgeIncident(truth, exported, incident),
        }));
      }),
    ),
  );
  return results.flat();
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
): Promise<{ readonly scores: Scores; readonly figures: readonly Figure[] }> {
  const scenes = cleanScenes(context, DAYS, context.small ? CLEAN_SCALE.small : CLEAN_SCALE.full);
  const results = await twoAtATime(scenes, (scene) =>
    kept(slug(scene), () =>
      playScene(context.folder, scene, async ({ truth, read }) => {
        const exported = await read('whole');
        return { calls: truth.recordsOf.size, ...cleanScores(truth, exported) };
      }),
    ),
  );
  const alarms = results.flatMap((result) => result.alarms);
  const calls = results.reduce((sum, result) => sum + result.calls, 0);
  sayFalseAlarms(alarms, calls, context);
  return { scores: pool(results.map(({ scores }) => scores)), figures: falseFigures(alarms, calls) };
}

/** Findings against incidents that were played, and against days on which nothing happened. */
export const detectBench: Bench = {
  id: 'detect',
  question: 'Which incidents are found, how well are they told, and what is raised where nothing happened?',
  run: async (context) => {
    needBuild();
    const kept = openKeptResults('detect');
    const rows = await playIncidents(context, kept);
    const lines = [...groupBy(rows, ({ name }) => name)].map(([name, group]) => sayRow(name, group));
    for (const line of toTable([HEAD, ...lines])) context.say(line);
    const clean = await playClean(context, kept);
    const figures = toFigures('detect', pool([...rows.map(({ scores }) => scores), clean.scores]), {
      'recall.loud': 'loud incidents that are found',
      'recall.quiet': 'quiet incidents that are found',
      class: 'found incidents whose first finding names the class',
      principal: 'found incidents with a guilty principal among the first three named',
      credential: 'found incidents with a guilty credential among the first three named',
      'evidence.precision': 'calls of findings about an incident that are its evidence',
      'evidence.recall': 'evidence of all incidents that findings about them hold',
      findings: 'findings for each found incident',
      'false-per-million': 'false findings, medium or worse, for each million clean calls',
    });
    return [...figures, ...incidentFigures(rows), ...clean.figures];
  },
};
