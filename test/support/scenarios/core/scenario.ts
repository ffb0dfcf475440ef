import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openLineFile } from '../../large/line-file.ts';
import { toCallTruth } from './call-truth.ts';
import { DAY_MS, DEFAULT_START, HOUR_MS, hoursOf, MINUTE_MS, type Span } from './calendar.ts';
import type { Exchange } from './exchange.ts';
import type { Incident, Trap } from './incident.ts';
import { openLogbook, type Logbook } from './logbook.ts';
import { playIncident, playTrap } from './plays.ts';
import type { SourceSpec } from './source.ts';
import { makeStage, type Stage } from './stage.ts';
import { makeTally } from './tally.ts';
import type { Form, ScenarioTruth, SourceTruth } from './truth.ts';
import type { World } from './world.ts';

export interface ScenarioOptions {
  readonly world: World;
  readonly seed: string;
  readonly days: number;
  readonly scale: number;
  readonly incidents: readonly { readonly incident: Incident; readonly form: Form }[];
  readonly traps: readonly Trap[];
  /** Gets `evidence/` and `truth/`. */
  readonly folder: string;
  /** Descriptions and other files that are no logs, by path. */
  readonly documents: Readonly<Record<string, string>>;
}

export interface MadeScenario {
  readonly truth: ScenarioTruth;
  readonly evidence: string;
  readonly truthFolder: string;
  /** Units: bytes. */
  readonly bytes: number;
}

/** Records are held back so long after the hour that made them, for sessions that began in it. */
const SLACK = 6 * MINUTE_MS;
/** When a source wrote nothing, where that falls into the scenario. */
function silenceOf({ silent }: SourceSpec, { start, end }: Span): Pick<SourceTruth, 'silent'> {
  if (silent === undefined || start + silent.from >= end) return {};
  const toTime = (after: number): string => new Date(Math.min(start + after, end)).toISOString();
  return { silent: { from: toTime(silent.from), to: toTime(silent.to) } };
}

/** Files of the truth, and where the evidence goes. */
function openFolders(folder: string) {
  const evidence = join(folder, 'evidence');
  const truthFolder = join(folder, 'truth');
  mkdirSync(evidence, { recursive: true });
  mkdirSync(truthFolder, { recursive: true });
  return {
    evidence,
    truthFolder,
    calls: openLineFile(join(truthFolder, 'calls.ndjson')),
    records: openLineFile(join(truthFolder, 'records.ndjson')),
  };
}

/** Takes what happens on the stage: the logbooks that see it, and the truth. */
function makeRecorder(world: World, span: Span, logbooks: readonly Logbook[], write: (line: string) => void) {
  const tally = makeTally(world);
  let calls = 0;
  return {
    tally,
    calls: () => calls,
    record: (exchange: Exchange): void => {
      if (exchange.at >= span.end) return;
      const seeing = logbooks.filter(({ spec }) => spec.sees(exchange));
      if (seeing.length === 0) return;
      calls += 1;
      write(`${JSON.stringify(toCallTruth(exchange))}\n`);
      tally.add(
        exchange,
        seeing.some(({ spec }) => spec.writer.format === 'har'),
      );
      for (const logbook of seeing) logbook.note(exchange);
    },
  };
}

function playDays(world: World, stage: Stage, logbooks: readonly Logbook[]): void {
  const actors = world.actors(stage);
  for (const hour of hoursOf(stage.span)) {
    for (const actor of actors) actor.hour(stage, hour);
    for (const logbook of logbooks) logbook.flush(hour + HOUR_MS - SLACK);
  }
}

/** Ends a source's file. */
function closeLogbook(logbook: Logbook, span: Span): { readonly source: SourceTruth; readonly bytes: number } {
  logbook.flush(undefined);
  const { records, broken, bytes } = logbook.close();
  const { path, writer } = logbook.spec;
  return { source: { name: path, format: writer.format, records, broken, ...silenceOf(logbook.spec, span) }, bytes };
}

/** Writes files that are no logs. Returns their size, in UTF-16 units. */
function writeDocuments(evidence: string, documents: ScenarioOptions['documents']): number {
  let size = 0;
  for (const [path, text] of Object.entries(documents)) {
    mkdirSync(join(evidence, path, '..'), { recursive: true });
    writeFileSync(join(evidence, path), text);
    size += text.length;
  }
  return size;
}

/** Plays a scenario into files. Shape: the same options give the same bytes; without its incidents, the same lines but theirs. */
export function makeScenario(options: ScenarioOptions): MadeScenario {
  const { world, folder, seed, scale } = options;
  const span = { start: DEFAULT_START, end: DEFAULT_START + options.days * DAY_MS };
  const files = openFolders(folder);
  const logbooks = world.sources.map((spec) =>
    openLogbook(files.evidence, `${seed}/${world.id}`, span.start, spec, (record) => files.records.write(`${JSON.stringify(record)}\n`)),
  );
  const recorder = makeRecorder(world, span, logbooks, (line) => files.calls.write(line));
  const stage = makeStage(world, { seed, span, scale }, recorder.record);
  const incidents = options.incidents.map(({ incident, form }) => playIncident(stage, incident, form));
  for (const trap of options.traps) playTrap(stage, trap);
  playDays(world, stage, logbooks);
  const closed = logbooks.map((logbook) => closeLogbook(logbook, span));
  const bytes = closed.reduce((sum, { bytes: size }) => sum + size, writeDocuments(files.evidence, options.documents));
  files.calls.close();
  files.records.close();
  const truth: ScenarioTruth = {
    world: world.id,
    seed,
    scale,
    ...span,
    incidents,
    traps: options.traps.map(({ id }) => id),
    sources: closed.map(({ source }) => source),
    endpoints: recorder.tally.endpoints(),
    principals: recorder.tally.principals(),
    calls: recorder.calls(),
  };
  writeFileSync(join(files.truthFolder, 'scenario.json'), `${JSON.stringify(truth, null, 1)}\n`);
  return { truth, evidence: files.evidence, truthFolder: files.truthFolder, bytes };
}
