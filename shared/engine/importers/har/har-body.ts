import { append } from '../../../lib/append.ts';
import type { Header, ImportedBody } from '../../../model/call.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { toCount, toKnownText, toLooseText, toObject } from '../read/fields.ts';
import { toSocketText } from '../read/socket-body.ts';

/** Base64 with or without line breaks; Firefox once marked plain text as base64. */
const BASE64 = /^[A-Za-z0-9+/_\s-]*(?:={1,2}\s*)?$/;

/** The body of a response, from `content`; `undefined` when the entry says nothing about one. */
export function toResponseBody(response: JsonObject): ImportedBody | undefined {
  const content = toObject(response['content']);
  const text = typeof content['text'] === 'string' ? content['text'] : undefined;
  const bytes = toCount(content['size']);
  const mime = toKnownText(content['mimeType']);
  const stored = toKnownText(content['_file']);
  if (text === undefined || text === '') {
    const note = stored === undefined ? toKnownText(content['comment']) : `the body stands in a file of its own: ${stored}`;
    if (note === undefined && (bytes === undefined || bytes === 0)) return undefined;
    return { text: undefined, mime, encoding: 'text', bytes, note: note ?? 'the capture does not hold this body' };
  }
  if (content['encoding'] !== 'base64') return { text, mime, encoding: 'text', bytes, note: undefined };
  if (BASE64.test(text)) return { text, mime, encoding: 'base64', bytes, note: undefined };
  return { text, mime, encoding: 'text', bytes, note: 'declared as base64, but is not; read as text' };
}

/** The body of a request, from `postData`: its text, or its form fields when only those were kept. */
export function toRequestBody(request: JsonObject): ImportedBody | undefined {
  const postData = toObject(request['postData']);
  const mime = toKnownText(postData['mimeType']);
  const bytes = toCount(request['bodySize']);
  const text = toKnownBody(postData['text']);
  if (text !== undefined) {
    const encoded = postData['encoding'] === 'base64' && BASE64.test(text);
    return { text, mime, encoding: encoded ? 'base64' : 'text', bytes, note: undefined };
  }
  const { params } = postData;
  if (!Array.isArray(params) || params.length === 0) return undefined;
  return { text: params.flatMap(toFormPair).join('&'), mime, encoding: 'text', bytes, note: 'rebuilt from postData.params' };
}

// "-" is a body of one character, not a sign for "unknown", so toKnownText does not fit.
const toKnownBody = (value: Json | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function toFormPair(param: Json): string[] {
  if (!isJsonObject(param)) return [];
  const file = toKnownText(param['fileName']);
  const value = typeof param['value'] === 'string' ? param['value'] : (file ?? '');
  return [`${encodeForm(toLooseText(param['name']) ?? '')}=${encodeForm(value)}`];
}

/** Form encoding; a lone surrogate, which no byte sequence stands for, becomes U+FFFD. */
const encodeForm = (text: string): string => encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/gu, '\uFFFD')).replaceAll('%20', '+');

/** What a WebSocket carried in one direction, message after message; Chrome keeps it beside the entry. */
export function toSocketBody(entry: JsonObject, direction: 'send' | 'receive'): ImportedBody | undefined {
  const messages = entry['_webSocketMessages'];
  if (!Array.isArray(messages)) return undefined;
  return toSocketText(
    messages
      .filter(isJsonObject)
      .filter((message) => message['type'] === direction)
      // RFC 6455: opcode 2 is binary, which HAR writes in base64.
      .map((message) => (message['opcode'] !== 2 && typeof message['data'] === 'string' ? message['data'] : undefined)),
  );
}

/**
 * Headers of a message without HTTP/2 pseudo-headers. When no cookie header was kept but the cookie list was, the header is
 * put together from the list, so that a session is found either way.
 */
export function toHarHeaders(message: JsonObject, cookieHeader: 'cookie' | 'set-cookie'): readonly Header[] | undefined {
  const headers: Header[] = [];
  for (const item of toList(message['headers'])) {
    const name = toKnownText(item['name']);
    const { value } = item;
    if (name === undefined || name.startsWith(':')) continue;
    if (typeof value === 'string' || typeof value === 'number') headers.push([name, String(value)]);
  }
  if (!headers.some(([name]) => name.toLowerCase() === cookieHeader)) {
    const cookies = toList(message['cookies']).flatMap((cookie) => {
      const name = toKnownText(cookie['name']);
      return name === undefined ? [] : [`${name}=${typeof cookie['value'] === 'string' ? cookie['value'] : ''}`];
    });
    if (cookieHeader === 'cookie' && cookies.length > 0) headers.push(['cookie', cookies.join('; ')]);
    if (cookieHeader === 'set-cookie')
      append(
        headers,
        cookies.map((cookie): Header => ['set-cookie', cookie]),
      );
  }
  return headers.length === 0 ? undefined : headers;
}

/** The value of an HTTP/2 pseudo-header such as `:authority`, which Chrome lists among the headers. */
export function findPseudoHeader(message: JsonObject, name: string): string | undefined {
  return toKnownText(toList(message['headers']).find((header) => header['name'] === name)?.['value']);
}

function toList(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
