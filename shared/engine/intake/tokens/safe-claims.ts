import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import type { DecodedJwt } from './jwt.ts';

/** What a token says, with the secrets in it masked by `mask`: a token may carry another one, and its claims are kept. */
export const safeClaims = ({ header, claims }: DecodedJwt, mask: (text: string) => string): DecodedJwt => ({
  header: safeObject(header, mask),
  claims: safeObject(claims, mask),
});

const safeObject = (value: JsonObject, mask: (text: string) => string): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), safe(item, mask)]));

function safe(value: Json, mask: (text: string) => string): Json {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item: Json) => safe(item, mask));
  return isJsonObject(value) ? safeObject(value, mask) : value;
}
