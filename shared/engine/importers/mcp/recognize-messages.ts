import { JsonCutter } from '../../../lib/json-cutter.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { headText } from '../../../lib/text-bytes.ts';
import type { Recognition } from '../importer.ts';
import { treatmentFor } from '../read/framing.ts';
import { listJsonKeys } from '../read/json-signature.ts';
import { findLoggedMessage } from './logged-json.ts';
import { isMcpMethod, isRequest } from './messages.ts';

/** Share of the first objects that must be messages, and of their methods that must be MCP's. */
const NEEDED_SHARE = 0.6;
/** Objects of the head that are looked at. */
const LOOKED_AT = 30;
/** Pieces of the head that are tried: lines of a server's error stream stand between. */
const TRIED = 300;

/** Recognition of logs of JSON-RPC messages by their methods: other protocols speak JSON-RPC too. */
export function recognizeMessages(head: Uint8Array): Recognition {
  const text = headText(head);
  const objects = sampleObjects(text);
  if (objects.length === 0) return recognizeBeginning(head);
  const messages = objects.flatMap((value) => findLoggedMessage(value, '', 0)?.message ?? []);
  if (messages.length / objects.length < NEEDED_SHARE) return { strength: 'none', why: 'no JSON-RPC messages' };
  const requests = messages.filter(isRequest).filter(({ method }) => method !== 'ping');
  const ofMcp = requests.filter(isMcpMethod);
  const [first] = ofMcp;
  if (first !== undefined && ofMcp.length / requests.length >= NEEDED_SHARE)
    return { strength: 'magic', why: `JSON-RPC messages with methods of MCP, such as ${first.method}` };
  if (requests.length > 0) return { strength: 'none', why: 'JSON-RPC messages of another protocol than MCP' };
  const answers = messages.filter((message) => !isRequest(message) && (message.error !== undefined || isJsonObject(message.result)));
  const spoken = objects.filter((value) => value['jsonrpc'] === '2.0').length;
  return spoken > 0 && answers.length > 0
    ? { strength: 'shape', why: 'JSON-RPC answers without the requests' }
    : { strength: 'none', why: 'JSON-RPC messages that are not of MCP' };
}

/** A single message that is longer than the head: its members tell. */
function recognizeBeginning(head: Uint8Array): Recognition {
  const [keys] = listJsonKeys(head);
  const isMessage = keys?.has('jsonrpc') === true && (keys.has('result') || keys.has('params.name') || keys.has('params._meta'));
  return isMessage ? { strength: 'shape', why: 'the beginning of a JSON-RPC message' } : { strength: 'none', why: 'no JSON objects' };
}

/** The first whole objects: one a line where lines are objects or batches, else one after the other or in a list. */
function sampleObjects(text: string): readonly JsonObject[] {
  const lines = text.split(/\r\n|\n|\r/, TRIED).flatMap(parseObjects);
  if (lines.length > 0) return lines.slice(0, LOOKED_AT);
  const cutter = new JsonCutter(treatmentFor(undefined), text.length * 3 + 1);
  const decoder = new TextDecoder();
  const pieces = cutter.push(new TextEncoder().encode(text)).slice(0, LOOKED_AT);
  return pieces.flatMap((piece) => parseObjects(decoder.decode(piece.bytes)));
}

function parseObjects(text: string): readonly JsonObject[] {
  if (!/^\s*[{[]/.test(text)) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isJsonObject) : isJsonObject(value) ? [value] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return []; // a line of something else
    throw error;
  }
}
