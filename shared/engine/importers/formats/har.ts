// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- declares a package without types; there is nothing to import
/// <reference path="../har/har-validator.d.ts" />
import { entry as checkEntry } from 'har-validator/lib/async.js';
import type { HarComplaint } from 'har-validator/lib/async.js';
import { takeHead } from '../../../lib/bytes.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { JsonCutter } from '../../../lib/json-cutter.ts';
import type { CutEnd, PathStep, Piece, Treatment, ValueKind } from '../../../lib/json-cutter.ts';
import { isUtf8 } from '../../../lib/lines.ts';
import type { TextBytes } from '../../../lib/text-bytes.ts';
import type { ByteRange } from '../../../model/call.ts';
import { findHeader, toLooseText } from '../read/fields.ts';
import { toHarCall } from '../har/har-entry.ts';
import { normalizeHarEntry } from '../har/har-quirks.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { MAX_JSON_DEPTH, parseJsonRecord } from '../read/json-records.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { Batch, createTimeCheck, damaged, openText, toIssue, toRange } from '../read/reading.ts';

/**
 * Longest text of an entry that is kept: of a longer body, its start. Units: bytes; a capture of a download of gigabytes is read
 * like any other then, and the rest stands in the evidence.
 */
const MAX_TEXT_BYTES = 8 * 1024 * 1024;
/** Largest entry that is read, bodies included. Units: bytes; 64 MB parses without trouble, and bounds memory. */
export const MAX_ENTRY_BYTES = 64 * 1024 * 1024;
/** What is looked at to tell a capture from entries without one. Units: bytes. */
const HEAD_BYTES = 64 * 1024;
/** Complaints of har-validator that a warning spells out. */
const SPELLED_COMPLAINTS = 3;

/**
 * HAR 1.1 and 1.2, as browsers, proxies and API tools write it, with or without a JSONP call around it.
 * Source: the HAR 1.2 specification. Read entry by entry, so that memory does not grow with the file and one bad entry costs
 * only itself; har-validator advises and never refuses, because it objects to most real captures.
 */
export const har = {
  id: 'har',
  title: 'HAR capture',
  extensions: ['.har', '.zhar', '.harp'],
  holds:
    'time, duration and its phases, method, URL, status, headers, cookies and bodies of both sides, initiator and redirect; no client address',
  recognize(head, name) {
    const [first] = listJsonKeys(head);
    if (first?.has('log.entries') === true) return { strength: 'magic', why: 'JSON with a log.entries list' };
    if (first?.has('log') === true && ['log.creator', 'log.pages', 'log.version', 'log.browser'].some((key) => first.has(key))) {
      return { strength: 'magic', why: 'JSON with a log that has a creator, a version or pages' };
    }
    if (isBareEntry(first)) return { strength: 'magic', why: 'JSON with request, response and startedDateTime, an entry without its log' };
    const named = /\.(?:z?har|harp)$/i.test(name);
    if (first?.has('log') === true && named) return { strength: 'shape', why: 'JSON with a log, and the name of a HAR file' };
    if (named && (first !== undefined || head.length === 0)) return { strength: 'name', why: 'the name of a HAR file' };
    return { strength: 'none', why: 'no log.entries' };
  },
  records: 'document',
  read: readHar,
} as const satisfies DocumentImporter;

/** Entries that were taken out of their capture: one, a list, or one a line. */
const isBareEntry = (keys: ReadonlySet<string> | undefined): boolean =>
  keys !== undefined && ['startedDateTime', 'request.url', 'request.method', 'response'].every((key) => keys.has(key));

/** Where the parts of interest stand; anything else is passed over without being kept. */
function treat(path: readonly PathStep[], kind: ValueKind): Treatment {
  const [top, member] = path;
  if (path.length === 0) return kind === 'object' ? 'enter' : 'skip';
  if (path.length === 1) return top === 'log' && kind === 'object' ? 'enter' : 'skip';
  if (path.length === 2) {
    if ((member === 'entries' || member === 'pages') && kind === 'array') return 'enter';
    return member === 'creator' || member === 'browser' || member === 'version' || member === 'comment' ? 'cut' : 'skip';
  }
  return 'cut';
}

/** What a capture says about itself, gathered while it is read. */
interface Capture {
  readonly name: string;
  readonly seen: Map<string, string>;
  pages: number;
  entries: number;
  withSecrets: number;
}

async function* readHar(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const { chunks: text, places } = openText(source, context);
  const { head, all: chunks } = await takeHead(text, HEAD_BYTES);
  const isBare = isBareEntry(listJsonKeys(head)[0]);
  const found: { log?: ValueKind; entries?: ValueKind; top?: ValueKind } = {};
  const cutter = new JsonCutter(
    (path, kind) => {
      if (path.length === 0 && (kind === 'object' || found.top === undefined)) found.top = kind;
      if (path.length === 1 && path[0] === 'log') found.log = kind;
      if (path.length === 2 && path[1] === 'entries' && path[0] === 'log') found.entries = kind;
      return isBare ? (path.length === 0 && kind === 'array' ? 'enter' : 'cut') : treat(path, kind);
    },
    MAX_ENTRY_BYTES,
    MAX_TEXT_BYTES,
  );
  const capture: Capture = { name: source.name, seen: new Map(), pages: 0, entries: 0, withSecrets: 0 };
  const batch = new Batch();
  const takeEntry = createEntryReader(places, batch, capture, context.zoneOffsetMinutes);
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    for (const piece of cutter.push(chunk)) {
      if (isBare || piece.path[1] === 'entries') takeEntry(piece);
      else if (piece.path[1] === 'pages') capture.pages += 1;
      else capture.seen.set(String(piece.path[1]), describe(piece));
      if (batch.full) yield batch.take();
    }
  }
  const { end } = cutter.end();
  if (length === 0) {
    batch.add({ kind: 'note', text: 'The file is empty.' });
  } else {
    if (!isBare && found.entries !== 'array') refuse(source.name, found, end, places);
    const reject = toEndIssue(end, capture.entries, places, length);
    if (reject !== undefined) batch.add(reject);
    for (const text of toNotes(capture)) batch.add({ kind: 'note', text });
  }
  if (!batch.empty) yield batch.take();
}

function createEntryReader(places: TextBytes, batch: Batch, capture: Capture, zoneOffsetMinutes: number): (piece: Piece) => void {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const checkTime = createTimeCheck();
  return (piece) => {
    capture.entries += 1;
    const where = { record: capture.entries, at: toRange(places, piece.start, piece.length) };
    const rejected = checkPiece(piece, where);
    if (rejected !== undefined) {
      batch.add(rejected);
      return;
    }
    const text = decoder.decode(piece.bytes);
    const parsed = parseJsonRecord(text, where);
    if ('reject' in parsed) {
      batch.add(parsed.reject);
      return;
    }
    if (!isJsonObject(parsed.value)) {
      batch.add(toIssue('reject', 'FIELD_TYPE', 'the entry is not an object', where, text));
      return;
    }
    const entry = normalizeHarEntry(parsed.value);
    const call = toHarCall(entry, zoneOffsetMinutes);
    if (call === undefined) {
      batch.add(toIssue('reject', 'FIELD_MISSING', 'neither URL nor method in the request', where, text));
      return;
    }
    batch.add({ kind: 'call', ...where, call });
    for (const warning of parsed.warnings) batch.add(warning);
    if (piece.leftOut > 0) {
      const said = `texts of more than ${String(MAX_TEXT_BYTES)} bytes are kept up to there; ${String(piece.leftOut)} bytes were left out`;
      batch.add(toIssue('warning', 'TEXT_TOO_LONG', said, where, text));
    }
    for (const warning of [checkTime(call, where, text), toAdvice(entry, where, text), checkBody(call.responseBody?.note, where, text)]) {
      if (warning !== undefined) batch.add(warning);
    }
    if (text.includes('\uFFFD') && !isUtf8(piece.bytes))
      batch.add(toIssue('warning', 'ENC_INVALID', 'bytes that are not UTF-8; shown as U+FFFD', where, text));
    if (
      findHeader(call.requestHeaders, 'cookie') ??
      findHeader(call.requestHeaders, 'authorization') ??
      findHeader(call.responseHeaders, 'set-cookie')
    ) {
      capture.withSecrets += 1;
    }
  };
}

function checkPiece(piece: Piece, where: { readonly record: number; readonly at: ByteRange }): Imported | undefined {
  const excerpt = (): string => new TextDecoder().decode(piece.bytes.subarray(0, 512));
  if (piece.tooLong) {
    return toIssue(
      'reject',
      'LINE_TOO_LONG',
      `an entry of ${String(piece.length)} bytes; the limit is ${String(MAX_ENTRY_BYTES)}`,
      where,
      excerpt(),
    );
  }
  if (piece.depth > MAX_JSON_DEPTH) {
    return toIssue(
      'reject',
      'JSON_DEPTH',
      `nested ${String(piece.depth)} levels deep; the limit is ${String(MAX_JSON_DEPTH)}`,
      where,
      excerpt(),
    );
  }
  return undefined;
}

/** What har-validator says about the entry, in one sentence. */
function toAdvice(entry: JsonObject, where: { readonly record: number; readonly at: ByteRange }, text: string): Imported | undefined {
  let complaints: readonly HarComplaint[] = [];
  // The callback runs before the call returns. Its error is a plain object with `errors`, whatever `instanceof` says.
  checkEntry(entry, (error) => {
    complaints = error?.errors ?? [];
  });
  if (complaints.length === 0) return undefined;
  const spelled = complaints
    .slice(0, SPELLED_COMPLAINTS)
    .map((complaint) => `${complaint.dataPath === '' ? 'entry' : complaint.dataPath.slice(1)} ${complaint.message ?? complaint.keyword}`);
  const more = complaints.length - spelled.length;
  return toIssue('warning', 'HAR_ADVICE', spelled.join('; ') + (more > 0 ? `; and ${String(more)} more` : ''), where, text);
}

function checkBody(
  note: string | undefined,
  where: { readonly record: number; readonly at: ByteRange },
  text: string,
): Imported | undefined {
  return note?.startsWith('declared as base64') === true
    ? toIssue('warning', 'FIELD_TYPE', `the response body is ${note}`, where, text)
    : undefined;
}

function toEndIssue(end: CutEnd, entries: number, places: TextBytes, length: number): Imported | undefined {
  if (end.kind === 'complete') return undefined;
  const from = places.toSource(end.at);
  const at: ByteRange = { start: from, length: places.toSource(length) - from };
  if (end.kind === 'truncated') {
    const inside = end.path[1] === 'entries' && end.start !== undefined;
    const where = { record: entries + 1, at };
    const excerpt = end.start === undefined ? '' : new TextDecoder().decode(end.start);
    const what = inside
      ? `the file ends at byte ${String(from + at.length)}, inside entry ${String(entries + 1)}`
      : `the file ends at byte ${String(from + at.length)}, before its last bracket`;
    return toIssue('reject', 'HAR_TRUNCATED', what, where, excerpt);
  }
  const message = `${end.found} cannot stand at byte ${String(from)}; nothing after it was read`;
  return toIssue('reject', 'JSON_SYNTAX', message, { record: entries + 1, at }, '');
}

/** Errors: always throws AppError `damaged-file` HAR_NO_LOG, saying what stands there instead. */
function refuse(name: string, found: { log?: ValueKind; entries?: ValueKind; top?: ValueKind }, end: CutEnd, places: TextBytes): never {
  const names: Record<ValueKind, string> = { object: 'an object', array: 'a list', string: 'a text', scalar: 'a number or a word' };
  const said =
    found.top !== 'object'
      ? `the file holds ${found.top === undefined ? 'no JSON' : names[found.top]} instead of an object`
      : found.log === undefined
        ? 'there is no log'
        : found.log !== 'object'
          ? `log is ${names[found.log]}`
          : found.entries === undefined
            ? 'log has no entries'
            : `log.entries is ${names[found.entries]}`;
  const where = end.kind === 'complete' ? '' : ` (reading stopped at byte ${String(places.toSource(end.at))})`;
  damaged('HAR_NO_LOG', `${name}: not a HAR capture: ${said}${where}`, end.kind === 'complete' ? 0 : places.toSource(end.at));
}

/** `creator` and `browser` as "name version", plain texts as they are. */
function describe(piece: Piece): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(piece.bytes.subarray(0, 4096));
  const parsed = parseJsonRecord(text, { record: 0, at: { start: piece.start, length: piece.length } });
  if ('reject' in parsed) return '';
  const { value } = parsed;
  if (isJsonObject(value)) {
    return [toLooseText(value['name']), toLooseText(value['version'])]
      .filter((part) => part !== undefined)
      .join(' ')
      .slice(0, 200);
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) : '';
}

function toNotes(capture: Capture): string[] {
  const { seen } = capture;
  const creator = seen.get('creator') ?? '';
  const browser = seen.get('browser') ?? '';
  const notes: string[] = [];
  const facts = [
    seen.get('version') ? `HAR ${String(seen.get('version'))}` : 'HAR',
    creator === '' ? 'without a creator' : `written by ${creator}`,
    ...(browser === '' || browser === creator ? [] : [`of ${browser}`]),
    ...(capture.pages === 0 ? [] : [`${String(capture.pages)} ${capture.pages === 1 ? 'page' : 'pages'}`]),
  ];
  notes.push(`${facts.join(', ')}.`);
  if (seen.get('comment')) notes.push(`The capture's comment: ${String(seen.get('comment'))}`);
  // Chrome's "Save as HAR (sanitized)" drops them all, and says nothing about it in the file.
  if (/^WebInspector\b/.test(creator) && capture.entries > 0 && capture.withSecrets === 0) {
    notes.push('No entry has a Cookie, Set-Cookie or Authorization header: the capture may have been sanitised at its source.');
  }
  return notes;
}
