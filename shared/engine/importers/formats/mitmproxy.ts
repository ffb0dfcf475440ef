import type { ByteRange } from '../../../model/call.ts';
import type { ByteSource, DocumentImporter, Imported, ReadContext } from '../importer.ts';
import { handshakeIdOf, toFlowCall, toSocketCall } from '../mitm/flow-call.ts';
import type { Handshake } from '../mitm/flow-call.ts';
import { isDict, toDict, toText } from '../mitm/tnet-fields.ts';
import { parseTnet, TnetCutter } from '../mitm/tnetstring.ts';
import type { TnetDict, TnetFrame } from '../mitm/tnetstring.ts';
import { Batch, checkCancelled, createTimeCheck, toIssue } from '../read/reading.ts';

/** Largest flow that is read, bodies included. Units: bytes; as large as an entry of a HAR may be. */
export const MAX_FLOW_BYTES = 64 * 1024 * 1024;
/** WebSocket handshakes that are remembered for the flow with their messages. */
const MAX_HANDSHAKES = 10_000;
/** Keys that a flow begins with, in any version. */
const FIRST_KEYS = new Set([
  'version', 'type', 'id', 'error', 'request', 'response', 'websocket', 'client_conn', 'server_conn', 'marked', 'metadata', 'intercepted',
  'mode', 'backup', 'comment', 'is_replay', 'timestamp_created', 'messages',
]); // prettier-ignore

/**
 * Flow dumps of mitmproxy (`mitmdump -w`), versions 0.10 to 11: tnetstrings one after the other, each a flow.
 * Source: mitmproxy, `io/tnetstring.py` and `io/compat.py`, with the dumps of its tests. Numbers in file names are not the format's
 * version; bodies are as they went over the wire. Certificates are not kept.
 */
export const mitmproxy = {
  id: 'mitmproxy',
  title: 'mitmproxy flow dump',
  extensions: ['.mitm', '.flow', '.flows', '.dump'],
  holds:
    'time, duration and its phases, method, URL, status, headers and bodies of both sides, client, server address, TLS, WebSocket messages',
  recognize(head) {
    const start = new TextDecoder('latin1').decode(head.subarray(0, 128)).trimStart();
    const match = /^\d{1,12}:(\d{1,2}):([a-z_]+)[,;]/.exec(start);
    const key = match?.[2] ?? '';
    if (!FIRST_KEYS.has(key) || key.length !== Number(match?.[1])) return { strength: 'none', why: 'no tnetstring of a flow' };
    return { strength: 'magic', why: `a tnetstring whose first key is ${key}, as mitmproxy writes flows` };
  },
  records: 'document',
  read: readFlows,
} as const satisfies DocumentImporter;

/** What is remembered from flow to flow. Lifetime: one read. */
interface Session {
  readonly handshakes: Map<string, Handshake>;
  readonly versions: Set<string>;
  flows: number;
}

async function* readFlows(source: ByteSource, context: ReadContext): AsyncGenerator<readonly Imported[]> {
  const cutter = new TnetCutter(MAX_FLOW_BYTES);
  const session: Session = { handshakes: new Map(), versions: new Set(), flows: 0 };
  const batch = new Batch();
  const checkTime = createTimeCheck();
  let length = 0;
  for await (const chunk of source.chunks()) {
    checkCancelled(context.signal);
    length += chunk.length;
    for (const frame of cutter.push(chunk)) {
      session.flows += 1;
      const where = { record: session.flows, at: { start: frame.start, length: frame.length } };
      const item = readFlow(frame, where, session);
      batch.add(item);
      const doubt = item.kind === 'call' ? checkTime(item.call, where, '') : undefined;
      if (doubt !== undefined) batch.add(doubt);
      if (batch.full) yield batch.take();
    }
    context.onBytes(length);
  }
  const reject = toEndIssue(cutter, session.flows, length);
  if (reject !== undefined) batch.add(reject);
  if (length === 0) batch.add({ kind: 'note', text: 'The file is empty.' });
  if (session.versions.size > 0)
    batch.add({ kind: 'note', text: `Flows of mitmproxy's format ${[...session.versions].sort().join(', ')}.` });
  if (!batch.empty) yield batch.take();
}

interface Where {
  readonly record: number;
  readonly at: ByteRange;
}

function readFlow(frame: TnetFrame, where: Where, session: Session): Imported {
  if (frame.tooLong) {
    const what = `a flow of ${String(frame.length)} bytes; the limit is ${String(MAX_FLOW_BYTES)}`;
    return toIssue('reject', 'LINE_TOO_LONG', what, where, excerptOf(frame.bytes));
  }
  const flow = parseTnet(frame.bytes);
  if (!isDict(flow)) return toIssue('reject', 'DUMP_SYNTAX', 'not a dictionary of tnetstrings', where, excerptOf(frame.bytes));
  session.versions.add(versionOf(flow));
  const type = toText(flow.get('type'));
  if (type === 'websocket') {
    const call = toSocketCall(flow, session.handshakes.get(handshakeIdOf(flow) ?? ''));
    return { kind: 'call', ...where, call };
  }
  if (type !== undefined && type !== 'http')
    return toIssue('skip', 'NOT_HTTP', `a flow of ${type.slice(0, 20)}`, where, excerptOf(frame.bytes));
  const call = toFlowCall(flow);
  if (call === undefined || (call.method === undefined && call.path === undefined && call.host === undefined))
    return toIssue('reject', 'FIELD_MISSING', 'no request in the flow', where, excerptOf(frame.bytes));
  if (toDict(flow.get('metadata')).get('websocket') === true) remember(session, toText(flow.get('id')), call);
  return { kind: 'call', ...where, call };
}

function remember({ handshakes }: Session, id: string | undefined, call: Handshake): void {
  if (id === undefined) return;
  const { scheme, host, port, path, query, clientIp, upstream, requestHeaders } = call;
  handshakes.set(id, { scheme, host, port, path, query, clientIp, upstream, requestHeaders });
  const [oldest] = handshakes.keys();
  if (handshakes.size > MAX_HANDSHAKES && oldest !== undefined) handshakes.delete(oldest);
}

/** A number since 1.0, a list of three before. */
function versionOf(flow: TnetDict): string {
  const version = flow.get('version');
  return Array.isArray(version) ? version.join('.') : typeof version === 'number' ? String(version) : 'unknown';
}

function toEndIssue(cutter: TnetCutter, flows: number, length: number): Imported | undefined {
  const rest = cutter.end();
  const start = cutter.brokenAt ?? rest?.start;
  if (start === undefined) return undefined;
  const where = { record: flows + 1, at: { start, length: length - start } };
  const what =
    rest === undefined
      ? `no tnetstring begins at byte ${String(start)}; nothing after it was read`
      : `the file ends at byte ${String(length)}, inside flow ${String(flows + 1)}`;
  return toIssue('reject', 'DUMP_SYNTAX', what, where, rest === undefined ? '' : excerptOf(rest.bytes));
}

const excerptOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 512));
