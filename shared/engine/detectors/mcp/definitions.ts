import { textHash } from '../../../lib/text-hash.ts';
import { callFlag } from '../../store/call-flags.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { readCommonClock } from '../../store/read/clock-offsets.ts';
import type { DetectorTools } from '../detector.ts';
import { readModelLists } from './model-lists.ts';
import { readList, type Definition, type Sighting } from './read-list.ts';
import { serverOf, SERVER_PARTS, type ServerParts } from './server-name.ts';

/** Lists that are read, in order of time: agents ask for them at the begin of every session. */
export const MAX_LISTS = 5_000;
/** Calls that one version of a definition names as its evidence. */
const SHOWN = 200;
/** Wordings of one definition that are kept: a server that says something else each time has shown what it is. */
const MAX_VERSIONS = 50;

/** One wording of a definition, and who was shown it. */
export interface Version {
  readonly definition: Definition;
  /** At first sight: of the server, or of the program that told its model of it, where the evidence says so by then. */
  readonly release: string | undefined;
  /** Units: µs. */
  readonly first: number;
  last: number;
  /** Calls whose answers hold it, in order of time; the first `SHOWN`. */
  readonly calls: number[];
  lists: number;
  /** Row ids of principals. */
  readonly callers: Set<number>;
}

/** One answer that held a wording. Units: µs. */
export interface Show {
  readonly time: number;
  readonly call: number;
  readonly principal: number | null;
  readonly version: Version;
  /** As in `Version`, by then. */
  readonly release: string | undefined;
}

/** A tool, prompt or resource of a server with all its wordings, by first sight, and each answer that showed one, in order of time. */
export interface Told {
  readonly server: string;
  /** The program that told its model of it; `undefined` where the server itself listed it. Programs put definitions into forms of their own. */
  readonly teller: string | undefined;
  readonly kind: Definition['kind'];
  readonly name: string;
  readonly versions: Version[];
  readonly shows: Show[];
}

/** All that servers of the case told of themselves. */
export interface Definitions {
  readonly told: readonly Told[];
  /** Answers that were read. */
  readonly lists: number;
  /** True where a limit left answers or requests unread. */
  readonly left: boolean;
  /** Answers of which only the begin was kept. */
  readonly cut: number;
}

interface Row extends ServerParts {
  readonly recorded: number;
  readonly standing: number;
  readonly sourceId: number;
  readonly time: number | null;
  readonly principal: number | null;
}

/** Requests whose answers tell what a server can do, or which version it is. */
const LISTINGS = `(SELECT id FROM term WHERE value IN ('rpc:tools/list', 'rpc:prompts/list', 'rpc:resources/list', 'rpc:resources/templates/list', 'rpc:initialize', 'rpc:server/discover')
  OR (value GLOB 'rpc:batch *' AND value GLOB '*/list*'))`;

/** Answers to such requests, in order of time on the common clock: calls of a tool may stand in another log than its list. */
function readRows(db: SqlDriver): readonly Row[] {
  const clock = readCommonClock(db);
  const rows = db
    .prepare(
      `SELECT c.id AS recorded, ifnull(f.same_as, c.id) AS standing, c.source_id AS sourceId, c.time, f.principal_id AS principal, ${SERVER_PARTS}
         FROM call c JOIN call_fact f ON f.call_id = c.id WHERE c.tool_id IN ${LISTINGS} AND c.flags & ? <> 0
        ORDER BY c.time IS NULL, c.time, c.id LIMIT ?`,
    )
    .all<Row>(callFlag.responseBody, MAX_LISTS + 1);
  return rows
    .map((row) => (row.time === null ? row : { ...row, time: clock(row.sourceId, row.time) }))
    .sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity));
}

/** The wording of a definition in short; most requests repeat a list that was read before. */
function wordingReader(): (definition: Definition) => string {
  const known = new Map<Definition, string>();
  return (definition) => {
    const wording = known.get(definition) ?? textHash(definition.leaves.map(({ pointer, text }) => `${pointer}\u0000${text}`).join('\u0001')).toString(36);
    known.set(definition, wording);
    return wording;
  };
} // prettier-ignore

/** Calls that one wording names: an answer of the server says more than each turn of a run that repeats what its model knows. */
const shownOf = ({ teller }: Sighting): number => (teller === undefined ? SHOWN : 1);

/** Puts one definition to the wordings that are known of it. */
function take(
  told: Map<string, Told>,
  wordings: Map<string, Version>,
  sighting: Sighting,
  definition: Definition,
  wordingOf: (definition: Definition) => string,
): void {
  const { server, teller, release, time, call, principal } = sighting;
  const key = [server, definition.kind, definition.name, teller ?? ''].join('\u0000');
  const one = told.get(key) ?? { server, teller, kind: definition.kind, name: definition.name, versions: [], shows: [] };
  told.set(key, one);
  const wording = `${key}\u0000${wordingOf(definition)}`;
  let version = wordings.get(wording);
  if (version === undefined) {
    if (one.versions.length >= MAX_VERSIONS) return;
    version = { definition, release, first: time, last: time, calls: [], lists: 0, callers: new Set() };
    wordings.set(wording, version);
    one.versions.push(version);
  }
  version.last = time;
  version.lists += 1;
  one.shows.push({ time, call, principal, version, release });
  if (version.calls.length < shownOf(sighting) && version.calls.at(-1) !== call) version.calls.push(call);
  if (principal !== null) version.callers.add(principal);
}

/** What servers answered when they were asked for their tools, in order of time. */
async function readAnswers(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<{ readonly sightings: readonly Sighting[]; readonly left: boolean; readonly cut: number }> {
  const rows = readRows(db);
  const releases = new Map<string, string>();
  const sightings: Sighting[] = [];
  let cut = 0;
  for (const [index, row] of rows.slice(0, MAX_LISTS).entries()) {
    if (index % 50 === 0) await breathe();
    const body = tools.detail(row.recorded).responseBody?.text;
    if (body === undefined) continue;
    const { definitions, version, isCut } = readList(body);
    const server = serverOf(row);
    if (version !== undefined) releases.set(server, version);
    if (definitions.length === 0) continue;
    if (isCut) cut += 1;
    sightings.push({ call: row.standing, time: row.time ?? Infinity, principal: row.principal, server, teller: undefined, release: releases.get(server), definitions });
  }
  return { sightings, left: rows.length > MAX_LISTS, cut };
} // prettier-ignore

/**
 * Reads what the servers of the case told of their tools, prompts and resources, and what programs told their models of them: when who was told what.
 * Shape: `undefined` when neither is kept. Cost: one look at each of `MAX_LISTS` answers and `MAX_TOLD` requests.
 */
export async function readDefinitions(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<Definitions | undefined> {
  const answers = await readAnswers(db, tools, breathe);
  const requests = await readModelLists(db, tools, breathe);
  const sightings = [...answers.sightings, ...requests.sightings].sort((a, b) => (a.time === b.time ? 0 : a.time - b.time));
  if (sightings.length === 0) return undefined;
  const told = new Map<string, Told>();
  const wordings = new Map<string, Version>();
  const wordingOf = wordingReader();
  for (const sighting of sightings) for (const definition of sighting.definitions) take(told, wordings, sighting, definition, wordingOf);
  const sorted = [...told.values()].sort((a, b) => (`${a.server} ${a.name} ${a.teller ?? ''}` < `${b.server} ${b.name} ${b.teller ?? ''}` ? -1 : 1));
  return { told: sorted, lists: sightings.length, left: answers.left || requests.left, cut: answers.cut };
} // prettier-ignore

/** Why what was told cannot be judged in all, for the report. */
export function partlyRead({ left, cut }: Pick<Definitions, 'left' | 'cut'>): { readonly partly?: string } {
  const parts = [
    ...(left ? ['of more lists of tools, requests to models or calls of tools than are read at most, only so many were read'] : []),
    ...(cut > 0 ? [`of ${cut.toLocaleString('en-US')} lists only the begin is kept`] : []),
  ];
  return parts.length === 0 ? {} : { partly: parts.join('; ') };
}

/** Said by the detectors of tool lists where there are none. */
export const NO_LISTS = 'nothing in the evidence lists the tools of an MCP server: neither its own answer nor what a model was told';
