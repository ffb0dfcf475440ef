import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CallTruth, RecordTruth, ScenarioTruth } from '#test/support/scenarios/core/truth.ts';

import { readLines } from './lines.ts';

/** Formats whose records hold bodies. */
const WITH_BODIES: ReadonlySet<string> = new Set(['har']);

/** What really happened, and where the evidence shows it. */
export interface Truth {
  readonly scenario: ScenarioTruth;
  readonly calls: ReadonlyMap<string, CallTruth>;
  /** By reference as in the truth, `kong/kong.jsonl#12`; broken and doubled records are among them. */
  readonly records: ReadonlyMap<string, RecordTruth>;
  /** The whole, single records of a call, in the order of the evidence; calls that no record shows have none. */
  readonly recordsOf: ReadonlyMap<string, readonly RecordTruth[]>;
  /** Calls whose bodies a record holds. */
  readonly withBodies: ReadonlySet<string>;
  /** Calls whose credential stands in a record. */
  readonly withCredentials: ReadonlySet<string>;
}

/** Joins the parts of a truth. */
export function toTruth(scenario: ScenarioTruth, calls: Iterable<CallTruth>, records: Iterable<RecordTruth>): Truth {
  const formats = new Map(scenario.sources.map(({ name, format }) => [name, format]));
  const byRef = new Map<string, RecordTruth>();
  const recordsOf = new Map<string, RecordTruth[]>();
  const [withBodies, credentialShown] = [new Set<string>(), new Set<string>()];
  for (const record of records) {
    byRef.set(record.ref, record);
    if (record.as !== 'record') continue;
    const known = recordsOf.get(record.call);
    if (known === undefined) recordsOf.set(record.call, [record]);
    else known.push(record);
    if (record.visible === 'credential') credentialShown.add(record.call);
    if (WITH_BODIES.has(formats.get(record.ref.slice(0, record.ref.lastIndexOf('#'))) ?? '')) withBodies.add(record.call);
  }
  const byId = new Map([...calls].map((call) => [call.id, call]));
  const withCredentials = new Set([...credentialShown].filter((id) => byId.get(id)?.credential !== undefined));
  return { scenario, calls: byId, records: byRef, recordsOf, withBodies, withCredentials };
}

/** Reads `DIR/truth`. Errors: Error when a file is not there. */
export function loadTruth(folder: string): Truth {
  // Written by the scenarios' own machine, whose types these are.
  const scenario = JSON.parse(readFileSync(join(folder, 'truth/scenario.json'), 'utf8')) as ScenarioTruth;
  const lines = <T>(name: string): readonly T[] => [...readLines(join(folder, 'truth', name))].map((line) => JSON.parse(line) as T);
  return toTruth(scenario, lines<CallTruth>('calls.ndjson'), lines<RecordTruth>('records.ndjson'));
}
