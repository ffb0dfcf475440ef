import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openLineFile } from '../../large/line-file.ts';
import type { Random } from '../../large/random.ts';
import type { Operation } from './api.ts';
import type { Trap, Incident, Play } from './incident.ts';
import { DAY_MS, DEFAULT_START, HOUR_MS, hoursOf, MINUTE_MS, type Span } from './calendar.ts';
import { labelledFields } from './fields.ts';
import type { Exchange } from './exchange.ts';
import { openLogbook } from './logbook.ts';
import type { SourceSpec } from './source.ts';
import { makeStage, type Stage } from './stage.ts';
import type { CallTruth, EndpointTruth, Form, IncidentTruth, PrincipalTruth, ScenarioTruth, SourceTruth } from './truth.ts';
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
/** They begin when some share of the time is over, by the seed; a quiet incident needs hours after that. */
const LOUD_AT = [0.3, 0.8] as const;
const QUIET_AT = [0.3, 0.7] as const;
const TRAPS_AT = [0.15, 0.85] as const;
/** What was switched off on the first morning has been silent for a while, where the evidence is long enough. */
const SILENT_BEFORE = 14 * HOUR_MS;

/** A moment between two shares of a span, by chance. Units: epoch ms. */
function momentOf({ start, end }: Span, [from, to]: readonly [number, number], random: Random): number {
  return start + Math.round((from + random.next() * (to - from)) * (end - start));
}

function toCallTruth(exchange: Exchange): CallTruth {
  const {
    id,
    at,
    hop,
    session,
    party,
    credential,
    method,
    host,
    operation,
    status,
    causes,
    label,
    echoes = [],
    requestId,
    trace,
    headers: { referer },
  } = exchange;
  return {
    id,
    at,
    hop,
    session,
    principal: party.id,
    kind: party.kind,
    method,
    host,
    status,
    ...(credential === undefined ? {} : { credential: credential.id, credentialKind: credential.kind }),
    ...(operation === undefined ? {} : { template: operation.path }),
    ...(causes.length === 0
      ? {}
      : {
          causes: causes.map(({ from, kind, fromAt, toAt }) => ({
            from: from.id,
            kind,
            ...(fromAt === undefined ? {} : { fromAt }),
            ...(toAt === undefined ? {} : { toAt }),
          })),
        }),
    ...(echoes.length === 0 || hop === 'inner' ? {} : { echoes: echoes.map((echo) => ({ ...echo, from: echo.from.id })) }),
    ids: { request: requestId, ...(trace === undefined ? {} : { trace: trace.traceId }) },
    ...(trace === undefined ? {} : { span: trace.spanId }),
    ...(trace?.parentSpanId === undefined ? {} : { parentSpan: trace.parentSpanId }),
    ...(referer === undefined || hop === 'inner' ? {} : { referer }),
    ...(label === undefined ? {} : { label }),
  };
}

interface Tally {
  add(exchange: Exchange, recorded: boolean): void;
  endpoints(): readonly EndpointTruth[];
  principals(): readonly PrincipalTruth[];
}

/** Outside, an API has a description or none; inside, a service, of what only services call. */
function isDescribed({ catalogue: { apis, services } }: World, { api, service }: Operation, hop: Exchange['hop']): boolean {
  const { described = false } = apis[api] ?? {};
  return hop === 'client' ? described : api === 'inner' && services[service]?.description !== undefined;
}

/** What the traffic amounts to: operations that were called, and what each principal may do and does. */
function makeTally(world: World): Tally {
  const endpoints = new Map<string, { readonly exchange: Exchange; recorded: boolean }>();
  const principals = new Map<
    string,
    { readonly kind: PrincipalTruth['kind']; readonly granted: Set<string>; readonly used: Set<string> }
  >();
  return {
    add: (exchange, recorded) => {
      const { operation, host, party, credential, status, label, hop } = exchange;
      if (operation !== undefined) {
        const key = `${operation.method} ${host} ${operation.path}`;
        const known = endpoints.get(key);
        if (known === undefined) endpoints.set(key, { exchange, recorded });
        else known.recorded ||= recorded;
      }
      if (hop !== 'client') return;
      let principal = principals.get(party.id);
      if (principal === undefined) principals.set(party.id, (principal = { kind: party.kind, granted: new Set(), used: new Set() }));
      if (credential?.kind === 'jwt') for (const scope of credential.scopes) principal.granted.add(scope);
      if (status < 400 && label?.kind !== 'incident') for (const scope of operation?.scopes ?? []) principal.used.add(scope);
    },
    endpoints: () =>
      [...endpoints.values()].flatMap(({ exchange: { operation, host, hop }, recorded }) =>
        operation === undefined
          ? []
          : [
              {
                method: operation.method,
                host,
                template: operation.path,
                published: isDescribed(world, operation, hop) ? operation.published : ('no-description' as const),
                fields: recorded ? labelledFields(world.catalogue, operation) : [],
              },
            ],
      ),
    principals: () =>
      [...principals].map(([id, { kind, granted, used }]) => ({
        id,
        kind,
        granted: [...granted].toSorted(),
        used: [...used].toSorted(),
      })),
  };
}

/** When a source wrote nothing, where that falls into the scenario. */
function silenceOf({ silent }: SourceSpec, { start, end }: Span): Pick<SourceTruth, 'silent'> {
  if (silent === undefined || start + silent.from >= end) return {};
  const toTime = (after: number): string => new Date(Math.min(start + after, end)).toISOString();
  return { silent: { from: toTime(silent.from), to: toTime(silent.to) } };
}

/** Sessions of one incident or trap: named, labelled, and noted in the truth. */
function makePlay(
  stage: Stage,
  kind: 'incident' | 'trap',
  id: string,
  form: Form,
  start: number,
): { readonly play: Play; readonly emitted: Exchange[] } {
  const emitted: Exchange[] = [];
  let sessions = 0;
  const play: Play = {
    stage,
    roles: stage.world.roles(stage),
    form,
    start,
    end: stage.span.end - 10 * MINUTE_MS,
    open: (party, at) => {
      sessions += 1;
      return stage.open(party, at, { name: `${kind}/${id}/${form}/${String(sessions)}`, label: { kind, id } }, (exchange) => {
        emitted.push(exchange);
        stage.emit(exchange);
      });
    },
  };
  return { play, emitted };
}

/** Plays a scenario into files. Shape: the same options give the same bytes; without its incidents, the same lines but theirs. */
export function makeScenario(options: ScenarioOptions): MadeScenario {
  const { world, folder } = options;
  const evidence = join(folder, 'evidence');
  const truthFolder = join(folder, 'truth');
  mkdirSync(evidence, { recursive: true });
  mkdirSync(truthFolder, { recursive: true });
  const span = { start: DEFAULT_START, end: DEFAULT_START + options.days * DAY_MS };
  const callsFile = openLineFile(join(truthFolder, 'calls.ndjson'));
  const recordsFile = openLineFile(join(truthFolder, 'records.ndjson'));
  const logbooks = world.sources.map((spec) =>
    openLogbook(evidence, `${options.seed}/${world.id}`, span.start, spec, (record) => recordsFile.write(`${JSON.stringify(record)}\n`)),
  );
  const tally = makeTally(world);
  let calls = 0;
  const stage = makeStage(world, { seed: options.seed, span, scale: options.scale }, (exchange) => {
    if (exchange.at >= span.end) return;
    const seeing = logbooks.filter(({ spec }) => spec.sees(exchange));
    if (seeing.length === 0) return;
    calls += 1;
    callsFile.write(`${JSON.stringify(toCallTruth(exchange))}\n`);
    tally.add(
      exchange,
      seeing.some(({ spec }) => spec.writer.format === 'har'),
    );
    for (const logbook of seeing) logbook.note(exchange);
  });

  const incidents: IncidentTruth[] = options.incidents.map(({ incident, form }) => {
    const drawn = momentOf(span, form === 'loud' ? LOUD_AT : QUIET_AT, stage.random(`incident/${incident.id}`));
    const start = Math.max(drawn, span.start + Math.min(SILENT_BEFORE, 0.6 * (span.end - span.start)));
    const { play, emitted } = makePlay(stage, 'incident', incident.id, form, start);
    incident.play(play);
    const evidenceOf = emitted.filter(({ label }) => label?.role === 'evidence');
    return {
      id: incident.id,
      form,
      detectors: 'loud' in incident.detectors ? incident.detectors[form] : incident.detectors,
      principals: [...new Set(evidenceOf.map(({ party }) => party.id))],
      credentials: [...new Set(evidenceOf.flatMap(({ credential }) => (credential === undefined ? [] : [credential.id])))],
      start: Math.min(...evidenceOf.map(({ at }) => at)),
      end: Math.max(...evidenceOf.map(({ at }) => at)),
    };
  });
  for (const trap of options.traps) {
    const start = momentOf(span, TRAPS_AT, stage.random(`trap/${trap.id}`));
    trap.play(makePlay(stage, 'trap', trap.id, 'loud', start).play);
  }
  const actors = world.actors(stage);
  for (const hour of hoursOf(span)) {
    for (const actor of actors) actor.hour(stage, hour);
    for (const logbook of logbooks) logbook.flush(hour + HOUR_MS - SLACK);
  }
  let bytes = 0;
  const sources = logbooks.map((logbook) => {
    logbook.flush(undefined);
    const { records, broken, bytes: size } = logbook.close();
    bytes += size;
    const { path, writer } = logbook.spec;
    return { name: path, format: writer.format, records, broken, ...silenceOf(logbook.spec, span) };
  });
  for (const [path, text] of Object.entries(options.documents)) {
    mkdirSync(join(evidence, path, '..'), { recursive: true });
    writeFileSync(join(evidence, path), text);
    bytes += text.length;
  }
  callsFile.close();
  recordsFile.close();
  const truth: ScenarioTruth = {
    world: world.id,
    seed: options.seed,
    scale: options.scale,
    ...span,
    incidents,
    traps: options.traps.map(({ id }) => id),
    sources,
    endpoints: tally.endpoints(),
    principals: tally.principals(),
    calls,
  };
  writeFileSync(join(truthFolder, 'scenario.json'), `${JSON.stringify(truth, null, 1)}\n`);
  return { truth, evidence, truthFolder, bytes };
}
