import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { Imported, LogRecord } from '../importer.ts';
import { toKindedTool } from '../../../model/inner-operation.ts';
import { toIssue } from '../read/reading.ts';
import type { CompiledMapping } from './apply.ts';

/** What a format knows beyond its mapping. */
type Finish = (call: ImportedCall, value: JsonObject) => ImportedCall;

/** How spans name the same, whose records know no HTTP either. */
const TOOL_CALL = { method: 'POST', path: '/execute_tool' } as const;

/**
 * Makes a call of a record by a mapping. `undefined`: the record does not have what the mapping requires.
 * Shape: a record without method and path is a call of its tool where it names one; else it is of the format, yet is no call.
 */
export function readMapped(
  mapping: CompiledMapping,
  record: LogRecord,
  zoneOffsetMinutes: number,
  finish: Finish = (call) => call,
): Imported | undefined {
  const { value, text, at } = record;
  if (!isJsonObject(value) || !mapping.matches(value)) return undefined;
  const call = finish(mapping.toCall(value, text, zoneOffsetMinutes), value);
  if (call.method !== undefined || call.path !== undefined) return { kind: 'call', record: record.record, at, call };
  return call.tool === undefined
    ? toIssue('skip', 'NOT_HTTP', 'neither method, path nor tool: not about a call', record, text)
    : { kind: 'call', record: record.record, at, call: { ...call, ...TOOL_CALL, tool: toKindedTool(call.tool) } };
}
