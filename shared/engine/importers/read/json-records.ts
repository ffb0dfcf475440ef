import { countMembers, inspectJson } from '../../../lib/json-check.ts';
import { quoteLongNumbers } from '../../../lib/exact-numbers.ts';
import type { Json } from '../../../lib/json.ts';
import type { ByteRange } from '../../../model/call.ts';
import type { Imported } from '../importer.ts';
import { toIssue } from './reading.ts';

/** Deepest nesting that is read: real records have about ten levels. Units: levels of brackets. */
export const MAX_JSON_DEPTH = 512;

/** What became of one record's text. */
export type ParsedRecord =
  /** `isRepaired`: the text itself is no JSON. `warnings` are about a value that is used. */
  { readonly value: Json; readonly isRepaired: boolean; readonly warnings: readonly Imported[] } | { readonly reject: Imported };

/** Parses one record's text; `bytes` is the text in UTF-8 where the caller has it. */
export function parseJsonRecord(
  text: string,
  where: { readonly record: number; readonly at: ByteRange },
  bytes?: Uint8Array,
): ParsedRecord {
  const shape = inspectJson(text, bytes);
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
  let valid = text;
  let value = tryParse(valid);
  const isRepaired = value instanceof SyntaxError && text.includes(HEX_ESCAPE);
  if (isRepaired) {
    valid = repairEscapes(text);
    value = tryParse(valid);
  }
  if (value instanceof SyntaxError) return { reject: toIssue('reject', 'JSON_SYNTAX', describeSyntaxError(value), where, text) };
  const warnings: Imported[] = [];
  if (isRepaired) {
    const message = 'not valid JSON because of escapes as in \\x22, which nginx writes by default; they were undone';
    warnings.push({ ...toIssue('warning', 'JSON_ESCAPE', message, where, text), once: true });
  }
  if (countMembers(value) < shape.members)
    warnings.push(toIssue('warning', 'JSON_DUP_KEY', 'a key stands twice in one object; the last value counts', where, text));
  if (shape.inexact !== undefined) {
    const exact = quoteLongNumbers(valid);
    value = JSON.parse(exact.text) as Json; // valid before, and no less with numbers as texts
    if (exact.odd !== undefined) {
      const message = `the number ${exact.odd.slice(0, 40)} has more digits than a program calculates with; this and all such numbers are kept as texts, digit by digit`;
      warnings.push({ ...toIssue('warning', 'NUM_RANGE', message, where, text), once: true });
    }
  }
  return { value, isRepaired, warnings };
}

function tryParse(text: string): Json | SyntaxError {
  try {
    return JSON.parse(text) as Json; // JSON.parse gives nothing else
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

const HEX_ESCAPE = String.raw`\x`;
const HEX_ESCAPES = /\\(?:x[0-9A-Fa-f]{2}(?:\\x[0-9A-Fa-f]{2})*|[^x])/g;

/**
 * Undoes the `\xHH` that nginx writes into JSON with `escape=default`, where JSON has no such escape.
 * Source: ngx_http_log_module, "escape": `"`, `\`, bytes below 32 and above 126. Bytes that are UTF-8 together become their
 * character; others the character of that number, so that none is lost.
 */
export function repairEscapes(text: string): string {
  return text.replaceAll(HEX_ESCAPES, (escape) => {
    if (escape[1] !== 'x') return escape;
    const bytes = Uint8Array.from(escape.slice(2).split(HEX_ESCAPE), (hex) => Number.parseInt(hex, 16));
    const plain = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const characters = plain.includes('\uFFFD') ? String.fromCharCode(...bytes) : plain;
    return JSON.stringify(characters).slice(1, -1);
  });
}

/** V8 quotes the input in its message, which may hold a secret: keep what comes before the quotation. */
function describeSyntaxError(error: SyntaxError): string {
  const place = /at position (\d+)/.exec(error.message)?.[1];
  const what = error.message.split(/,? *(?:\.\.\.)?"|in JSON/)[0]?.trim() ?? 'not JSON';
  return place === undefined ? what : `${what} at character ${place} of the record`;
}
