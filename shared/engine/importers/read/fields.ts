import type { Header } from '../../../model/call.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';

/** A text that says something: `undefined` for anything but a string, for `""` and for `-`, which logs write for "not known". */
export function toKnownText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value !== '-' ? value : undefined;
}

/** A text or a number as text; `undefined` for the rest. */
export function toLooseText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return toKnownText(value);
}

/** A number that stands as a number or as its text (`75` and `"75"`: gateways write both); `undefined` when it is not finite. */
export function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A count of bytes: a whole number from 0 up; `undefined` otherwise (HAR writes −1 for "not known"). */
export function toCount(value: unknown): number | undefined {
  const number = toNumber(value);
  return number !== undefined && number >= 0 ? Math.round(number) : undefined;
}

/** An HTTP status: 1 to 999. Zero means that there was no answer, and is absent. */
export function toStatus(value: unknown): number | undefined {
  const number = toNumber(value);
  return number !== undefined && Number.isInteger(number) && number > 0 && number < 1000 ? number : undefined;
}

/** The member when it is an object, else an empty one. Lua writes `{}` where a list is meant, and the reverse. */
export function toObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Headers out of `{name: value | [values]}`; a repeated header is a list there. */
export function toHeaders(value: unknown): readonly Header[] | undefined {
  const headers: Header[] = [];
  for (const [name, entry] of Object.entries(toObject(value))) {
    for (const one of Array.isArray(entry) ? entry : [entry]) {
      if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') headers.push([name, String(one)]);
    }
  }
  return headers.length === 0 ? undefined : headers;
}

/** The first header of that name, compared without case. */
export function findHeader(headers: readonly Header[] | undefined, name: string): string | undefined {
  return headers?.find((header) => header[0].toLowerCase() === name)?.[1];
}

/** Pairs whose value is known; `undefined` when none is. */
export function toExtras(pairs: readonly (readonly [name: string, value: string | undefined])[]): readonly Header[] | undefined {
  const extras = pairs.flatMap(([name, value]): Header[] => (value === undefined ? [] : [[name, value]]));
  return extras.length === 0 ? undefined : extras;
}

/** An IP address as a log has it; `undefined` for the names that audit logs write in its place: `AWS Internal`, `private`. */
export function toAddress(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-fA-F.:]+$/.test(text) && /[.:]/.test(text) ? text : undefined;
}
