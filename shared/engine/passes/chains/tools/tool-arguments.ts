import { addTo } from '../../../../lib/group-values.ts';
import { numberAt } from '../../../../lib/numbers.ts';
import { scanJson } from '../../../intake/json-leaves.ts';
import type { CodecPort } from '../../../ports.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { getDetail } from '../../../store/read/calls/details.ts';
import { NONE, type CallColumns } from '../call-columns.ts';

/** Calls whose details are read between two pauses. */
const PAGE = 200;
/** Arguments of one call that are looked at; more is data, not a question. */
const MAX_ARGUMENTS = 200;
/** Longer arguments are texts. Units: characters. */
const MAX_LENGTH = 2_000;
/** Members of a message around the arguments; `name` is the tool's. */
const ENVELOPE = /^\$(?:\.params)?\.(?:jsonrpc|id|method|name)$|\._meta\b/;

/** Calls of tools, by what they were given. Secrets stand in it as masks, which are the same for the same secret. */
export interface ToolCalls {
  /** In time order. */
  readonly list: readonly number[];
  /** Where in its request the call of a tool was given such a text; undefined where it was not. */
  pointerOf(at: number, text: string): string | undefined;
  /** In time order; empty where no tool was given such a text. */
  withArgument(text: string): readonly number[];
}

/** How an address is spelt in look-ups, whatever its scheme, port and query: `host/path`. `undefined` for what is no URL with a path. */
export function addressIn(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { hostname, pathname } = new URL(text);
  return `${hostname}${pathname}`;
}

/** What a tool was given, by text, with where that stands first; a URL by its address, too. */
function argumentsIn(body: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  scanJson(body ?? '', ({ pointer, kind, text }) => {
    if (kind === 'literal' || text === '' || text.length > MAX_LENGTH || ENVELOPE.test(pointer)) return true;
    for (const known of [text, addressIn(text)]) if (known !== undefined && !found.has(known)) found.set(known, pointer);
    return found.size < MAX_ARGUMENTS;
  });
  return found;
}

/** Reads the calls of tools that the evidence shows with what they were given and with their end. Cost: unpacks the details of those calls; nothing without. */
export async function readToolCalls(
  db: SqlDriver,
  codec: CodecPort,
  calls: CallColumns,
  standingOf: (id: number) => number,
  breathe: () => Promise<void>,
): Promise<ToolCalls> {
  const given = new Map<number, ReadonlyMap<string, string>>();
  const page = db.prepare(
    `SELECT id FROM call WHERE id > ? AND tool_id IN (SELECT id FROM term WHERE value GLOB 'mcp:*' OR value GLOB 'tool:*')
      ORDER BY id LIMIT ${String(PAGE)}`,
  );
  for (let rows = page.all<{ id: number }>(0); rows.length > 0; rows = page.all<{ id: number }>(rows.at(-1)?.id ?? Infinity)) {
    for (const { id } of rows) {
      const at = standingOf(id);
      // What has no end is open for ever, and anything lies within it.
      if (at === NONE || given.has(at) || !(numberAt(calls.end, at) > numberAt(calls.start, at))) continue;
      given.set(at, argumentsIn(getDetail(db, codec, id).requestBody?.text));
    }
    await breathe();
  }
  const list = [...given.keys()].sort((a, b) => a - b);
  const byText = new Map<string, number[]>();
  for (const at of list) for (const text of given.get(at)?.keys() ?? []) addTo(byText, text, at);
  return {
    list,
    pointerOf: (at, text) => given.get(at)?.get(text),
    withArgument: (text) => byText.get(text) ?? [],
  };
}
