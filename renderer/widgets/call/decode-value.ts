import { bytesOfBase64 } from '#shared/lib/base64.ts';
import { toVisibleParts } from '#shared/lib/visible-text.ts';
import { indentJson } from './indent-json.ts';

/** One wrapping taken off a value, and what was inside. */
export interface DecodedLayer {
  readonly as: 'URL encoding' | 'base64' | 'JSON' | 'token' | 'Unix time';
  readonly text: string;
}

/** Wrappings taken off one value at most; people nest two or three. */
const MOST_LAYERS = 5;
/** Longest value that is looked into. Units: UTF-16 code units. */
const LONGEST = 100_000;
/** Shorter base64 is as likely a word. Units: characters. */
const SHORTEST_BASE64 = 12;
/** Years in which a bare number is taken for a time. */
const TIME_YEARS = [2010, 2040] as const;

/**
 * Takes off the wrappings of a captured value one after the other: `eyJhIjoxfQ%3D%3D` is URL encoding, then base64, then
 * JSON. Only what decodes to readable text counts, so that an id is not shown as gibberish.
 * Shape: the layers from the outside in; empty for a value that is what it says.
 */
export function decodeValue(text: string): readonly DecodedLayer[] {
  const layers: DecodedLayer[] = [];
  let inner = text.trim();
  while (inner.length <= LONGEST && layers.length < MOST_LAYERS) {
    const layer = peel(inner);
    if (layer === undefined) break;
    layers.push(layer);
    if (layer.as === 'JSON' || layer.as === 'token' || layer.as === 'Unix time') break;
    inner = layer.text;
  }
  return layers;
}

const peel = (text: string): DecodedLayer | undefined =>
  fromUrl(text) ?? fromToken(text) ?? fromJson(text) ?? fromTime(text) ?? fromBase64(text);

function fromUrl(text: string): DecodedLayer | undefined {
  if (!/%[0-9A-Fa-f]{2}/.test(text)) return undefined;
  try {
    return { as: 'URL encoding', text: decodeURIComponent(text.replaceAll('+', '%20')) };
  } catch {
    return undefined; // escapes of bytes that are no UTF-8: not meant to be read
  }
}

function fromJson(text: string): DecodedLayer | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const pretty = indentJson(text);
  // What is on several lines already needs no layer to be read.
  return pretty === text ? undefined : { as: 'JSON', text: pretty };
}

/** Header and claims of a token; what is masked or cut does not decode and is left as it is. */
function fromToken(text: string): DecodedLayer | undefined {
  const [header, claims] = /^(?:Bearer\s+)?([\w-]{8,})\.([\w-]{8,})\.[\w-]*$/i.exec(text)?.slice(1) ?? [];
  if (header === undefined || claims === undefined) return undefined;
  const parts = [readable(header), readable(claims)];
  return parts.every((part) => part?.startsWith('{') === true)
    ? { as: 'token', text: parts.map((part) => indentJson(part ?? '')).join('\n') }
    : undefined;
}

function fromTime(text: string): DecodedLayer | undefined {
  if (!/^\d{10}(?:\d{3})?$/.test(text)) return undefined;
  const time = new Date(Number(text) * (text.length === 10 ? 1000 : 1));
  const year = time.getUTCFullYear();
  return year >= TIME_YEARS[0] && year < TIME_YEARS[1]
    ? {
        as: 'Unix time',
        text: `${time
          .toISOString()
          .replace('T', ' ')
          .replace(/\.000Z$|Z$/, '')} UTC`,
      }
    : undefined;
}

function fromBase64(text: string): DecodedLayer | undefined {
  // A path or a word may consist of the same letters; a real encoding mixes cases or digits, or carries its padding.
  if (text.length < SHORTEST_BASE64 || !/^[\w+/-]+={0,2}$/.test(text)) return undefined;
  if (!text.endsWith('=') && !(/[a-z]/.test(text) && /[A-Z]/.test(text))) return undefined;
  const inner = readable(text);
  return inner === undefined ? undefined : { as: 'base64', text: inner };
}

/** The text behind base64 if all of it can be read. */
function readable(text: string): string | undefined {
  const bytes = bytesOfBase64(text);
  if (bytes === undefined) return undefined;
  try {
    const inner = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return inner !== '' && toVisibleParts(inner, { keepLines: true }).every((part) => part.kind === 'text') ? inner : undefined;
  } catch {
    return undefined; // bytes that are no text
  }
}
