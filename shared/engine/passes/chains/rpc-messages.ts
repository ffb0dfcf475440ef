import { INNER_MESSAGE_KINDS } from '../../../model/inner-operation.ts';
import { scanJson } from '../../intake/json-leaves.ts';
import type { StoredDetail } from '../../intake/masking/masked-call.ts';
import type { CodecPort } from '../../ports.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { getDetail } from '../../store/read/calls/details.ts';

/** Calls whose details are read between two pauses. */
const PAGE = 200;
/** Members of a body that are looked at for its id: it stands beside the method, in front of or behind the parameters. */
const MAX_LEAVES = 2_000;

/** A request of JSON-RPC, MCP or A2A: the call that carries it, and what tells it from the others of its session. */
export interface RpcMessage {
  readonly callId: number;
  /** Operation and message id as one text. */
  readonly key: string;
}

interface Row {
  readonly id: number;
  readonly tool: string | null;
  readonly route: string | null;
  readonly requestId: string | null;
}

/** `"7"` and `7` are told apart by the protocol, not by the logs. */
const plainId = (id: string): string => id.replace(/^"(.*)"$/, '$1');

/** The id in the message itself. Batches have none of their own. */
function idInBody(text: string | undefined): string | undefined {
  let id: string | undefined;
  let leaves = 0;
  scanJson(text ?? '', ({ pointer, text: value }) => {
    leaves += 1;
    if (pointer === '$.id') id = value;
    return id === undefined && leaves < MAX_LEAVES;
  });
  return id;
}

/** The id of the message: as the log of an MCP program has it, else in the message, else as a span names it. */
function idOf({ extras, requestBody }: StoredDetail, requestId: string | null): string | undefined {
  const logged = extras?.find(([name]) => name === 'rpc-id')?.[1];
  const id = logged ?? idInBody(requestBody?.text) ?? requestId ?? undefined;
  return id === undefined || id === '' ? undefined : plainId(id);
}

/** The operation in words that all kinds of records share: the tool, else the method. Logs of MCP write `tools/call:search` as their route. */
const operationOf = ({ tool, route }: Row): string | undefined => tool?.slice(tool.indexOf(':') + 1) ?? route ?? undefined;

/** Visits every call that carries a message of JSON-RPC with an id. Cost: unpacks the details of those calls, some 10 µs each; nothing without such calls. */
export async function visitRpcMessages(
  db: SqlDriver,
  codec: CodecPort,
  visit: (message: RpcMessage) => void,
  breathe: () => Promise<void>,
): Promise<void> {
  const tools = INNER_MESSAGE_KINDS.map((kind) => `value GLOB '${kind}:*'`).join(' OR ');
  const page = db.prepare(
    `SELECT c.id, t.value AS tool, r.value AS route, c.request_id AS requestId
       FROM call c LEFT JOIN term t ON t.id = c.tool_id LEFT JOIN term r ON r.id = c.route_id
      WHERE c.id > ? AND (c.tool_id IN (SELECT id FROM term WHERE ${tools}) OR c.source_id IN (SELECT id FROM source WHERE format GLOB 'mcp-*'))
      ORDER BY c.id LIMIT ${String(PAGE)}`,
  );
  for (let rows = page.all<Row>(0); rows.length > 0; rows = page.all<Row>(rows.at(-1)?.id ?? Infinity)) {
    for (const row of rows) {
      const operation = operationOf(row);
      const id = operation === undefined ? undefined : idOf(getDetail(db, codec, row.id), row.requestId);
      if (operation !== undefined && id !== undefined) visit({ callId: row.id, key: `${operation} ${id}` });
    }
    await breathe();
  }
}
