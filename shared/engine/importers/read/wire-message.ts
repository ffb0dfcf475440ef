import type { Header } from '../../../model/call.ts';

/** An HTTP/1 message as it went over the wire. */
export interface WireMessage {
  readonly startLine: string;
  readonly headers: readonly Header[];
  /** After the chunks of a chunked body were put together. */
  readonly body: Uint8Array;
}

const [LF, CR] = [0x0a, 0x0d];

/** The bytes of a base64 text; `undefined` when it is none. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const clean = text.replaceAll(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  if (clean === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(clean) || clean.replace(/=+$/, '').length % 4 === 1) return undefined;
  return Uint8Array.from(atob(clean), (character) => character.charCodeAt(0));
}

/** Takes an HTTP/1 request or response apart; `undefined` when it has no start line. */
export function parseWireMessage(bytes: Uint8Array): WireMessage | undefined {
  const end = findHeadEnd(bytes);
  const head = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, end.head));
  const [startLine = '', ...lines] = head.split(/\r?\n/);
  if (!/^(?:[A-Z][A-Z0-9_-]{1,19} \S|HTTP\/\d)/.test(startLine)) return undefined;
  const headers = lines.flatMap((line): Header[] => {
    const colon = line.indexOf(':', 1);
    return colon === -1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
  });
  const chunked = headers.some(([name, value]) => name.toLowerCase() === 'transfer-encoding' && /chunked\s*$/i.test(value));
  const body = bytes.subarray(end.body);
  return { startLine, headers, body: chunked ? (joinChunks(body) ?? body) : body };
}

function findHeadEnd(bytes: Uint8Array): { readonly head: number; readonly body: number } {
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    const next = bytes[at + 1] === CR ? at + 2 : at + 1;
    if (bytes[next] === LF) return { head: bytes[at - 1] === CR ? at - 1 : at, body: next + 1 };
  }
  return { head: bytes.length, body: bytes.length };
}

/** The body that chunks carry; `undefined` when they do not fit: some tools keep the header and write the body plain. */
function joinChunks(bytes: Uint8Array): Uint8Array | undefined {
  const joined = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length;) {
    const lineEnd = bytes.indexOf(LF, at);
    if (lineEnd === -1 || lineEnd - at > 64) return undefined;
    const line = String.fromCharCode(...bytes.subarray(at, lineEnd)).trim();
    if (!/^[0-9a-f]{1,8}(?:\s*;.*)?$/i.test(line)) return undefined;
    const size = Number.parseInt(line, 16);
    if (size === 0) return joined.subarray(0, length);
    const from = lineEnd + 1;
    if (from + size > bytes.length) return undefined;
    joined.set(bytes.subarray(from, from + size), length);
    length += size;
    at = from + size + (bytes[from + size] === CR ? 2 : 1);
  }
  return length === 0 ? undefined : joined.subarray(0, length);
}
