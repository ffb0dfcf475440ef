import { isUtf8 } from '../../../lib/lines.ts';
import { inflateBody } from '../../../lib/inflate.ts';
import type { Inflated } from '../../../lib/inflate.ts';
import type { Header, ImportedBody } from '../../../model/call.ts';
import { findHeader } from './fields.ts';

/** A body is unpacked up to here, which is as far as bodies are searched; a gzip bomb stops here. Units: bytes. */
export const MAX_UNPACKED = 4 * 1024 * 1024;
/** Bytes that `String.fromCharCode` takes at once without overflowing the stack. */
const STEP = 8192;

/** Bytes as base64. */
function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += STEP) text += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return btoa(text);
}

/**
 * A body out of the bytes that went over the wire: unpacked when they are gzip or deflate, read as text when they are text.
 * Shape: `undefined` without bytes. What cannot be unpacked (Brotli, Zstandard, a body that only claims to be gzip) stays as it
 * was, in base64, and the note says so.
 */
export function toRawBody(bytes: Uint8Array, headers: readonly Header[] | undefined): ImportedBody | undefined {
  if (bytes.length === 0) return undefined;
  const mime = findHeader(headers, 'content-type');
  const encoding = findHeader(headers, 'content-encoding')?.trim().toLowerCase();
  const packed = encoding === undefined || encoding === '' || encoding === 'identity' ? undefined : encoding;
  if (packed === undefined) return toPlainBody(bytes, mime, bytes.length);
  const inflated = inflateBody(bytes, packed, MAX_UNPACKED);
  if (inflated !== undefined && (inflated.end === 'whole' || inflated.content.length > 0))
    return toUnpackedBody(inflated, mime, bytes.length);
  // Some tools store the body unpacked and leave the header as it was.
  if (isText(bytes)) return { ...toPlainBody(bytes, mime, bytes.length), note: `declared as ${packed}, but is text` };
  return { text: toBase64(bytes), mime, encoding: 'base64', bytes: bytes.length, note: `compressed body (${packed}), not decoded` };
}

function toUnpackedBody({ content, end }: Inflated, mime: string | undefined, bytes: number): ImportedBody | undefined {
  if (end === 'whole') return content.length === 0 ? undefined : toPlainBody(content, mime, bytes);
  const why = end === 'limit' ? 'unpacked' : 'cut short; unpacked';
  return { ...toPlainBody(withoutCutLetter(content), mime, bytes), note: `${why} to ${String(content.length)} bytes` };
}

/** Without the last letter of UTF-8 when some of its bytes are missing. */
function withoutCutLetter(content: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= content.length; back += 1) {
    const byte = content[content.length - back] ?? 0;
    if (byte < 0x80) return content;
    if (byte < 0xc0) continue;
    const wanted = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return back < wanted ? content.subarray(0, content.length - back) : content;
  }
  return content;
}

const CONTROL = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

const isText = (bytes: Uint8Array): boolean =>
  isUtf8(bytes) && !CONTROL.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, 512)));

function toPlainBody(content: Uint8Array, mime: string | undefined, bytes: number): ImportedBody {
  const charset = /charset="?([\w-]+)/i.exec(mime ?? '')?.[1];
  if (isUtf8(content))
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(content), mime, encoding: 'text', bytes, note: undefined };
  const decoder = charset === undefined ? undefined : findDecoder(charset);
  if (decoder !== undefined) return { text: decoder.decode(content), mime, encoding: 'text', bytes, note: undefined };
  return { text: toBase64(content), mime, encoding: 'base64', bytes, note: undefined };
}

function findDecoder(label: string): { decode(bytes: Uint8Array): string } | undefined {
  try {
    return new TextDecoder(label);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // a charset that no standard knows
    throw error;
  }
}
