import { changesThings } from '../../../model/endpoint-words.ts';
import { operationOfEndpoint, operationOfTool, printEndpoint } from '../../../model/inner-operation.ts';
import { sayStep } from '../../../model/named-operation.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { CALLED_KINDS } from '../../store/hop-sql.ts';
import { pageCalls, type CallRow } from '../rows/page-calls.ts';

/** What a run of a tool is called: a trace names the tool and no path. `undefined` for a call that has one. */
const toolOf = (db: SqlDriver, { id, path, method }: CallRow): string | undefined =>
  path === ''
    ? operationOfTool(
        method === '' ? 'POST' : method,
        db.prepare('SELECT t.value AS tool FROM call c JOIN term t ON t.id = c.tool_id WHERE c.id = ?').get<{ tool: string }>(id)?.tool,
      )
    : undefined;

/** The bare name of the tool that a call runs, in lower case: `mcp:web_fetch` and `tool:web_fetch` are one. */
export const toolNameOf = (db: SqlDriver, { id }: CallRow): string | undefined =>
  db
    .prepare('SELECT t.value AS tool FROM call c JOIN term t ON t.id = c.tool_id WHERE c.id = ?')
    .get<{ tool: string }>(id)
    ?.tool.replace(/^(?:tool|mcp):/, '')
    .toLowerCase();

/** A call in short: method and path, or the tool where a trace names nothing else. */
export const shortName = (db: SqlDriver, call: CallRow): string => toolOf(db, call) ?? sayStep(call.method, call.path);

/** What a call asked for: its method and its path, with the tool or query where the path does not say it. */
export function placeOf(db: SqlDriver, call: CallRow): string {
  const row = db
    .prepare('SELECT key, method, host, template FROM endpoint WHERE id = ?')
    .get<{ key: string; method: string; template: string; host: string }>(call.endpoint);
  const inner = row === undefined ? undefined : operationOfEndpoint(row);
  return `${shortName(db, call)}${inner === undefined ? '' : ` · ${inner}`}`;
}

/** True for a call that changes something, or tries to: by its endpoint, or by its name where it is a tool of a trace. */
export function isWriting(db: SqlDriver, call: CallRow, changing: ReadonlySet<number>): boolean {
  if (changing.has(call.endpoint)) return true;
  const tool = toolOf(db, call);
  return tool !== undefined && changesThings(printEndpoint({ method: 'POST', host: '', template: '' }, tool));
}

/** Row ids among some calls whose cause stands among them: what a tool of a trace then sent is shown by the gateway, too. */
export function carriedOut(db: SqlDriver, ids: readonly number[]): ReadonlySet<number> {
  const known = new Set(ids);
  return new Set(hops(db, ids).filter((id) => known.has(id)));
}

/** The calls that tools of a trace made: the same acts where a gateway or a proxy shows them. */
export function carriedOutBy(db: SqlDriver, ids: readonly number[]): readonly CallRow[] {
  const known = new Set(ids);
  return hops(db, ids)
    .filter((id) => !known.has(id))
    .flatMap((id) => [...pageCalls(db, 'c.id = ?', id)].flat());
}

const hops = (db: SqlDriver, ids: readonly number[]): readonly number[] =>
  db
    .prepare(
      `SELECT DISTINCT e.to_call AS id FROM json_each(?) j JOIN call c ON c.id = j.value AND c.path IS NULL JOIN edge e ON e.from_call = c.id
       WHERE e.kind IN ${CALLED_KINDS} ORDER BY e.to_call`,
    )
    .all<{ id: number }>(JSON.stringify(ids))
    .map(({ id }) => id);
