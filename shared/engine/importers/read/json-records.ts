import { countMembers, inspectJson } from '../../../lib/json-check.ts';
import type { Json } from '../../../lib/json.ts';
import type { ByteRange } from '../../../model/call.ts';
import type { Imported } from '../importer.ts';
import { toIssue } from './reading.ts';

/** Deepest nesting that is read: real records have about ten levels. Units: levels of brackets. */
export const MAX_JSON_DEPTH = 512;

/** Parses one record's text. Shape: the value, or the issue that rejects it; `warnings` are about a value that is used. */
export function parseJsonRecord(
  text: string,
  where: { readonly record: number; readonly at: ByteRange },
): { readonly value: Json; readonly warnings: readonly Imported[] } | { readonly reject: Imported } {
  const shape = inspectJson(text);
  if (shape.depth > MAX_JSON_DEPTH) {
    return {
      reject: toIssue(
        'reject',
        'JSON_DEPTH',
        `nested ${String(shape.depth)} levels deep; the limit is ${String(MAX_JSON_DEPTH)}`,
        where,
        text,
      ),
    };
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json; // JSON.parse gives nothing else
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { reject: toIssue('reject', 'JSON_SYNTAX', describeSyntaxError(error), where, text) };
  }
  const warnings: Imported[] = [];
  if (countMembers(value) < shape.members)
    warnings.push(toIssue('warning', 'JSON_DUP_KEY', 'a key stands twice in one object; the last value counts', where, text));
  if (shape.inexact !== undefined) {
    warnings.push(toIssue('warning', 'NUM_RANGE', `the number ${shape.inexact.slice(0, 40)} is not exact in a double`, where, text));
  }
  return { value, warnings };
}

/** V8 quotes the input in its message, which may hold a secret: keep what comes before the quotation. */
function describeSyntaxError(error: SyntaxError): string {
  const place = /at position (\d+)/.exec(error.message)?.[1];
  const what = error.message.split(/,? *(?:\.\.\.)?"|in JSON/)[0]?.trim() ?? 'not JSON';
  return place === undefined ? what : `${what} at character ${place} of the record`;
}
