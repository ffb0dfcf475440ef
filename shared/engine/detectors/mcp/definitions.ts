import { textHash } from '../../../lib/text-hash.ts';
import { callFlag } from '../../store/call-flags.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { readCommonClock } from '../../store/read/clock-offsets.ts';
import type { DetectorTools } from '../detector.ts';
import { readList, type Definition } from './read-list.ts';
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
  /** Of the server, where it said so by then. */
  readonly server: string | undefined;
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
}

/** A tool, prompt or resource of a server with all its wordings, by first sight, and each answer that showed one, in order of time. */
export interface Told {
  readonly server: string;
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
  /** Answers that a limit left unread. */
  readonly left: number;
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

const wordingOf = ({ leaves }: Definition): string => leaves.map(({ pointer, text }) => `${pointer}\u0000${text}`).join('\u0001');

/** Puts one definition to the wordings that are known of it. */
function take(
  told: Map<string, Told>,
  wordings: Map<string, Version>,
  row: Row,
  name: string,
  definition: Definition,
  server: string | undefined,
): void {
  const key = `${name}\u0000${definition.kind}\u0000${definition.name}`;
  const one = told.get(key) ?? { server: name, kind: definition.kind, name: definition.name, versions: [], shows: [] };
  told.set(key, one);
  const wording = `${key}\u0000${textHash(wordingOf(definition)).toString(36)}`;
  const time = row.time ?? Infinity;
  let version = wordings.get(wording);
  if (version === undefined) {
    if (one.versions.length >= MAX_VERSIONS) return;
    version = { definition, server, first: time, last: time, calls: [], lists: 0, callers: new Set() };
    wordings.set(wording, version);
    one.versions.push(version);
  }
  version.last = time;
  version.lists += 1;
  one.shows.push({ time, call: row.standing, principal: row.principal, version });
  if (version.calls.length < SHOWN && version.calls.at(-1) !== row.standing) version.calls.push(row.standing);
  if (row.principal !== null) version.callers.add(row.principal);
}

/**
 * Reads what the servers of the case told of their tools, prompts and resources, and when which caller was told what.
 * Shape: `undefined` when no answer to such a question is kept. Cost: one look at each of `MAX_LISTS` answers.
 */
export async function readDefinitions(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<Definitions | undefined> {
  const rows = readRows(db);
  const told = new Map<string, Told>();
  const wordings = new Map<string, Version>();
  const versions = new Map<string, string>();
  let [lists, cut] = [0, 0];
  for (const [index, row] of rows.slice(0, MAX_LISTS).entries()) {
    if (index % 50 === 0) await breathe();
    const body = tools.detail(row.recorded).responseBody?.text;
    if (body === undefined) continue;
    const answer = readList(body);
    const server = serverOf(row);
    if (answer.version !== undefined) versions.set(server, answer.version);
    if (answer.definitions.length === 0) continue;
    lists += 1;
    if (answer.isCut) cut += 1;
    for (const definition of answer.definitions) take(told, wordings, row, server, definition, versions.get(server));
  }
  if (lists === 0) return undefined;
  const sorted = [...told.values()].sort((a, b) => (`${a.server} ${a.name}` < `${b.server} ${b.name}` ? -1 : 1));
  return { told: sorted, lists, left: rows.length > MAX_LISTS ? 1 : 0, cut };
}

/** Why what was told cannot be judged in all, for the report. */
export function partlyRead({ left, cut }: Definitions): { readonly partly?: string } {
  const parts = [
    ...(left > 0 ? [`only the first ${MAX_LISTS.toLocaleString('en-US')} lists of tools were read`] : []),
    ...(cut > 0 ? [`of ${cut.toLocaleString('en-US')} lists only the begin is kept`] : []),
  ];
  return parts.length === 0 ? {} : { partly: parts.join('; ') };
}

/** Said by the detectors of tool lists where there are none. */
export const NO_LISTS = 'no answer that lists the tools of an MCP server is in the evidence';
