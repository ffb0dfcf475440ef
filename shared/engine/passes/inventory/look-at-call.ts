import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Header } from '../../../model/call.ts';
import type { ContractBody } from '../../../model/operation-contract.ts';
import type { StoredBody, StoredDetail } from '../../intake/masking/masked-call.ts';
import { createBodyChecks, type BodyCheck } from './body-check.ts';
import { isJsonType, schemaFor, toMediaType, type Contract } from './contracts.ts';
import type { DriftCall, DriftTally } from './drift.ts';
import { isAnswered, type InventoryTally } from './tallies.ts';

/** Headers of answers that tell about controls and the life of an endpoint. */
const TOLD = new Set(['deprecation', 'sunset', 'access-control-allow-origin', 'access-control-allow-credentials']);
/** Headers with values of their own in each answer would make rows without end. */
const MAX_HEADER_VALUES = 50;
/** Keys of an error body that make its shape. */
const MAX_SHAPE_KEYS = 12;

/** The first header of that name, in lower case. */
const headerOf = (headers: readonly Header[] | undefined, name: string): string | undefined =>
  headers?.find((header) => header[0].toLowerCase() === name)?.[1];

/** Looks at sampled calls one after the other. Lifetime: one run of the pass; checks are compiled once for each schema. */
export interface Looker {
  look(tally: InventoryTally, contract: Contract | undefined, endpoint: number, status: number | null, call: DriftCall, detail: StoredDetail): void;
} // prettier-ignore

/** A looker that adds what it sees to `drift`. */
export function createLooker(drift: DriftTally): Looker {
  const makeCheck = createBodyChecks();
  const checks = new Map<object, BodyCheck | undefined>();
  const checkOf = (body: ContractBody, type: string | undefined, side: 'request' | 'response'): BodyCheck | undefined => {
    const known = schemaFor(body, type);
    if (known === undefined || !isJsonObject(known.schema)) return undefined;
    if (!checks.has(known.schema)) checks.set(known.schema, makeCheck(known.schema, side));
    return checks.get(known.schema);
  };
  return {
    look(tally, contract, endpoint, status, call, detail) {
      noteHeaders(tally, call, detail.responseHeaders);
      noteErrorShape(tally, status, detail);
      if (contract === undefined) return;
      const seen = (kind: Parameters<DriftTally['add']>[1], place: string): void => {
        drift.add(endpoint, kind, place, call);
      };
      // A request that was refused says what its sender got wrong, not what the operation takes.
      const isTaken = status === null || isAnswered(status);
      const sent = isTaken
        ? compare(detail.requestBody, detail.requestHeaders, contract.contract.request, 'request', checkOf, seen)
        : false;
      const answer = status === null ? undefined : contract.answer(status);
      const received =
        answer !== undefined &&
        compare(detail.responseBody, detail.responseHeaders, answer, 'response', checkOf, seen, !isAnswered(status));
      if (sent || received) tally.bodiesChecked += 1;
    },
  };
}

/** Compares one body; true when it was. `lenient`: gateways answer errors in types of their own. */
function compare(
  body: StoredBody | undefined,
  headers: readonly Header[] | undefined,
  described: ContractBody | undefined,
  side: 'request' | 'response',
  checkOf: (body: ContractBody, type: string | undefined, side: 'request' | 'response') => BodyCheck | undefined,
  seen: (kind: Parameters<DriftTally['add']>[1], place: string) => void,
  lenient = false,
): boolean {
  const text = body?.text;
  if (body === undefined || text === undefined || text === '') return false;
  if (described === undefined) {
    if (text !== '{}' && text !== 'null') seen('undocumented-body', side);
    return true;
  }
  const types = Object.keys(described.content);
  if (types.length === 0) return false;
  const type = toMediaType(headerOf(headers, 'content-type') ?? body.mime);
  if (type !== undefined && schemaFor(described, type) === undefined) {
    if (!lenient) seen('undocumented-content-type', `${side} ${type}`);
    return false;
  }
  const check = checkOf(described, type, side);
  if (check === undefined) return false;
  const value = toValue(text, type);
  if (value === undefined) return false;
  for (const { kind, pointer } of check(value.body, value.isTyped)) seen(kind, `${side} ${pointer}`);
  return true;
}

/** A body as data; `undefined` for one that was cut, or of a type that is not compared. Forms have no types: all is text there. */
function toValue(text: string, type: string | undefined): { readonly body: Json; readonly isTyped: boolean } | undefined {
  if (type === 'application/x-www-form-urlencoded') {
    const names = text.split('&').map((part) => part.split('=', 1)[0] ?? '');
    return { body: Object.fromEntries(names.filter((name) => /^[\w.-]+$/.test(name)).map((name) => [name, ''])), isTyped: false };
  }
  if (type !== undefined && !isJsonType(type)) return undefined;
  try {
    return { body: JSON.parse(text) as Json, isTyped: true }; // JSON.parse gives nothing else
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

function noteHeaders(tally: InventoryTally, call: DriftCall, headers: readonly Header[] | undefined): void {
  if (headers === undefined || headers.length === 0) return;
  tally.answersWithHeaders += 1;
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (!TOLD.has(lower)) continue;
    const key = `${lower}\n${value.slice(0, 200)}`;
    const known = tally.headers.get(key);
    if (known !== undefined) {
      known.calls += 1;
      if (call.order < known.order) Object.assign(known, { example: call.id, order: call.order });
    } else if (tally.headers.size < MAX_HEADER_VALUES) tally.headers.set(key, { calls: 1, example: call.id, order: call.order });
  }
}

/** What error answers look like: the names at their top, or their media type. */
function noteErrorShape(tally: InventoryTally, status: number | null, detail: StoredDetail): void {
  if (status === null || status < 400 || detail.responseBody?.text === undefined) return;
  const type = toMediaType(headerOf(detail.responseHeaders, 'content-type') ?? detail.responseBody.mime);
  const value = toValue(detail.responseBody.text, type)?.body;
  const shape = isJsonObject(value) ? `{${Object.keys(value).sort().slice(0, MAX_SHAPE_KEYS).join(', ')}}` : type;
  if (shape !== undefined) tally.errorShapes.set(shape, (tally.errorShapes.get(shape) ?? 0) + 1);
}
