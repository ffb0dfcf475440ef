import { toLayer } from '../../../model/graph-layer.ts';
import { textHash } from '../../../lib/text-hash.ts';
import type { StoredDetail } from '../../intake/masking/masked-call.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { readCommonClock } from '../../store/read/clock-offsets.ts';
import type { DetectorTools } from '../detector.ts';
import { fewOf } from '../exhibits/few.ts';
import type { Definition, Sighting } from './read-list.ts';
import { readToldTools, toldTexts } from './told-tools.ts';
import { toolServers, type ServedTool } from './tool-servers.ts';

/** Requests to models that are read for the tools they name, evenly picked over time: most name what the one before did. */
export const MAX_TOLD = 5_000;

interface Row {
  readonly recorded: number;
  readonly standing: number;
  readonly sourceId: number;
  readonly time: number | null;
  readonly principal: number | null;
  readonly service: string | null;
}

/** Requests to models, in order of time. */
function readRows(db: SqlDriver): readonly Row[] {
  const models = db
    .prepare('SELECT id, template FROM endpoint')
    .all<{ id: number; template: string }>()
    .filter(({ template }) => toLayer(template, undefined) === 'model')
    .map(({ id }) => id);
  return db
    .prepare(
      `SELECT c.id AS recorded, ifnull(f.same_as, c.id) AS standing, c.source_id AS sourceId, c.time, f.principal_id AS principal, s.value AS service
         FROM call c JOIN call_fact f ON f.call_id = c.id LEFT JOIN term s ON s.id = c.service_id
        WHERE f.endpoint_id IN (SELECT value FROM json_each(?)) ORDER BY c.time IS NULL, c.time, c.id`,
    )
    .all<Row>(JSON.stringify(models));
}

const extraOf = ({ extras }: StoredDetail, ...names: readonly string[]): string | undefined =>
  names.map((name) => extras?.find(([key]) => key === name)?.[1]).find((text) => text !== undefined);

/** Which release of its program made a call, as its trace says. */
export const releaseOf = (detail: StoredDetail): string | undefined => extraOf(detail, 'gen_ai.agent.version', 'service.version');

/** Definitions by the server that they belong to, under the names that it gives them; those of no server are left out. */
function partByServer(definitions: readonly Definition[], serverOf: (name: string) => ServedTool | undefined): ReadonlyMap<string, readonly Definition[]> {
  const parts = new Map<string, Definition[]>();
  for (const definition of definitions) {
    const served = serverOf(definition.name);
    if (served === undefined) continue;
    const own = parts.get(served.server) ?? [];
    parts.set(served.server, own);
    own.push({ ...definition, name: served.name });
  }
  return parts;
} // prettier-ignore

/**
 * Reads what models were told of the tools of MCP servers, with each request by which one was: who has no answer of the server still sees there what
 * the agent was shown. Tools that an agent brings along itself are its makers' words and left out.
 * Cost: one look at each of `MAX_TOLD` requests; a list is read once for all requests that repeat it.
 */
export async function readModelLists(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<{ readonly sightings: readonly Sighting[]; readonly left: boolean }> {
  const rows = readRows(db);
  const clock = readCommonClock(db);
  const serverOf = toolServers(db);
  const lists = new Map<string, ReadonlyMap<string, readonly Definition[]>>();
  const sightings: Sighting[] = [];
  for (const [index, { recorded, standing, sourceId, time, principal, service }] of fewOf(rows, MAX_TOLD).entries()) {
    if (index % 50 === 0) await breathe();
    const detail = tools.detail(recorded);
    const texts = toldTexts(detail);
    if (texts.length === 0) continue;
    const program = service ?? undefined;
    const key = [program ?? '', ...texts.map(({ where, name, text }) => `${where} ${name} ${String(text.length)} ${textHash(text).toString(36)}`)].join();
    const byServer = lists.get(key) ?? partByServer(readToldTools(texts), (name) => serverOf(program, name));
    lists.set(key, byServer);
    const teller = extraOf(detail, 'gen_ai.agent.name', 'agent') ?? program ?? `principal ${String(principal ?? 0)}`;
    const shared = { call: standing, time: time === null ? Infinity : clock(sourceId, time), principal, teller, release: releaseOf(detail) };
    for (const [server, definitions] of byServer) sightings.push({ ...shared, server, definitions });
  }
  return { sightings, left: rows.length > MAX_TOLD };
} // prettier-ignore
