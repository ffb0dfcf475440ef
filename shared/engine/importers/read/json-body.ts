import type { Json } from '../../../lib/json.ts';
import type { ImportedBody } from '../../../model/call.ts';

/** A body out of a member that holds what was asked or answered: a text as it stands, anything else as JSON. */
export function toJsonBody(value: Json | undefined): ImportedBody | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { text, mime: 'application/json', encoding: 'text', bytes: undefined, note: undefined };
}
