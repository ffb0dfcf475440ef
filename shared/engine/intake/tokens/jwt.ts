import { isJsonObject, type JsonObject } from '../../../lib/json.ts';
import { base64Decoded } from '../value-forms.ts';

/** Longer headers and claims are not decoded: no real token has them, and a hostile one must not fill the case. Units: characters of base64. */
export const MAX_PART = 16_384;
const MAX_DEPTH = 8;
const MAX_KEYS = 200;
const MAX_TEXT = 1024;

/** A JWT at the start of a run of token letters; `ewo` and `eyA` are headers printed with white space. */
export const JWT_PATTERN = /e(?:yJ|yA|wo)[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{2,}(?:\.[A-Za-z0-9_-]*){0,3}/y;

/** Header and claims of a JWT; the signature is not kept; `check-token.ts` looks at it once. */
export interface DecodedJwt {
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

/** Decodes `header.claims[.signature]`; `undefined` for anything else, encrypted tokens included. */
export function decodeJwt(token: string): DecodedJwt | undefined {
  const parts = token.split('.');
  if (parts.length < 2 || parts.length > 3) return undefined;
  const header = decodePart(parts[0]);
  const claims = decodePart(parts[1]);
  return header === undefined || claims === undefined ? undefined : { header, claims };
}

function decodePart(part: string | undefined): JsonObject | undefined {
  if (part === undefined || part.length > MAX_PART) return undefined;
  const text = base64Decoded(part);
  if (text?.trimStart().startsWith('{') !== true) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const bounded = bound(value, 0);
    return isJsonObject(bounded) ? bounded : undefined;
  } catch {
    // Base64 of something that only begins like an object: an opaque token, not a JWT.
    return undefined;
  }
}

/** Keeps a claim set small and free of keys that mean something to JavaScript. */
function bound(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.slice(0, MAX_KEYS).map((item) => bound(item, depth + 1));
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.slice(0, MAX_KEYS).map(([key, item]) => [key, bound(item, depth + 1)]));
}
