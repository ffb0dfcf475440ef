import { concatBytes } from '../../../lib/bytes.ts';
import type { Header } from '../../../model/call.ts';
import { findHeader } from './fields.ts';

const CR = 0x0d;
const LF = 0x0a;
/** Headers beyond this are no headers. Units: bytes. */
export const MAX_HEAD_BYTES = 1024 * 1024;

/** A request or response as it stood on the wire. */
export interface RawMessage {
  /** `GET /a HTTP/1.1` or `HTTP/1.1 200 OK`. */
  readonly startLine: string;
  readonly headers: readonly Header[] | undefined;
  /** The body, with chunks put together. */
  readonly body: Uint8Array;
}

/** Cuts an HTTP/1 message into its parts; a message without an empty line is all head. Source: RFC 9112. */
export function parseRawMessage(bytes: Uint8Array): RawMessage {
  const end = findHeadEnd(bytes);
  const head = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, end.at));
  const [startLine = '', ...lines] = head.split(/\r?\n/);
  const headers: [string, string][] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    // RFC 9112, 5.2: a line that begins with a blank goes on with the header before.
    if (/^[ \t]/.test(line) && last !== undefined) last[1] += ` ${line.trim()}`;
    // A colon may begin a name: some tools write the pseudo-headers of HTTP/2 so.
    const colon = line.indexOf(':', 1);
    if (colon !== -1 && !/^[ \t]/.test(line)) headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  const found = headers.length === 0 ? undefined : headers;
  const body = bytes.subarray(end.at + end.length);
  const isChunked = /\bchunked\s*$/i.test(findHeader(found, 'transfer-encoding') ?? '');
  return { startLine, headers: found, body: isChunked ? (joinChunks(body) ?? body) : body };
}

function findHeadEnd(bytes: Uint8Array): { readonly at: number; readonly length: number } {
  const limit = Math.min(bytes.length, MAX_HEAD_BYTES);
  for (let at = bytes.indexOf(LF); at !== -1 && at < limit; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return { at, length: 2 };
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return { at, length: 3 };
  }
  return { at: limit, length: 0 };
}

/** The content of a chunked body; `undefined` when the bytes are not chunks, as in tools that store it put together. */
function joinChunks(body: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < body.length;) {
    const lineEnd = body.indexOf(LF, at);
    if (lineEnd === -1 || lineEnd - at > 256) return undefined;
    const size = /^([0-9a-f]{1,8})\s*(?:;|$)/i.exec(new TextDecoder().decode(body.subarray(at, lineEnd)).trim())?.[1];
    if (size === undefined) return undefined;
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    parts.push(body.subarray(lineEnd + 1, lineEnd + 1 + length));
    at = lineEnd + 1 + length;
    if (body[at] === CR) at += 1;
    if (body[at] === LF) at += 1;
  }
  return parts.length === 0 ? new Uint8Array(0) : concatBytes(parts);
}
