import type { ReadOptions } from '../../../model/read-settings.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { Imported, LogRecord, RecordReader } from '../importer.ts';
import { withOuterTime } from '../read/outer-time.ts';
import type { Stamp } from '../read/stamp.ts';
import { toExtras } from '../read/fields.ts';
import { askerOf, findMeta, isRequest, otherSide, readInfo, senderOf, type RpcAnswer, type RpcRequest, type Side } from './messages.ts';
import { Pairing, type Held } from '../read/pairing.ts';
import { readRpcFields, toRpcBody } from './rpc-fields.ts';

/** One message as a log wrote it down. */
export interface LoggedMessage {
  readonly message: RpcRequest | RpcAnswer;
  /** The message's own text. */
  readonly text: string;
  readonly stamp: Stamp;
  /** The name under which the client knows the server, or the server knows itself. */
  readonly server?: string | undefined;
  /** Id of the MCP session, for logs of several. */
  readonly session?: string | undefined;
  readonly sender?: Side | undefined;
  readonly extras?: readonly Header[] | undefined;
  /** Why the message is not whole. */
  readonly note?: string | undefined;
}

/** What a session said about itself when it began. */
interface Session {
  client?: string;
  server?: string;
}

interface Entry extends LoggedMessage {
  readonly record: LogRecord;
  readonly session: string | undefined;
  readonly about: Session;
}

/** Sessions remembered; a proxy for many clients begins new ones all day. */
const MAX_SESSIONS = 10_000;
/** A path for calls that no HTTP carried: the one that nearly every MCP server has. */
const MCP_PATH = '/mcp';

/** What a format makes of a record: its messages, an issue about it, or nothing. */
export type MessageFinder = (record: LogRecord) => readonly LoggedMessage[] | Imported | undefined;

/**
 * Reads logs that write every JSON-RPC message down for itself: a request becomes one call, its answer is joined to it, and a
 * notification is a call without an answer. The call stands where its request stood.
 * Shape: sessions are told apart by their id, else by the server's name; each side counts its own ids.
 */
export function createRpcReader({ zoneOffsetMinutes }: ReadOptions, find: MessageFinder): RecordReader {
  const pairing = new Pairing<Entry, Entry>();
  const sessions = new Map<string, Session>();

  const sessionOf = (key: string): Session => {
    let session = sessions.get(key);
    if (session === undefined) {
      if (sessions.size >= MAX_SESSIONS) sessions.clear();
      sessions.set(key, (session = {}));
    }
    return session;
  };
  const beginSession = (key: string): Session => {
    sessions.delete(key);
    return sessionOf(key);
  };

  const take = (logged: LoggedMessage, record: LogRecord): void => {
    const { message } = logged;
    const place = logged.session ?? logged.server ?? '';
    const units = logged.text.length;
    const stamp = withOuterTime({ ...logged.stamp }, record.outer, zoneOffsetMinutes);
    const entry = (about: Session): Entry => ({ ...logged, session: logged.session, stamp, record, about });
    if (!isRequest(message)) {
      const asker = logged.sender === undefined ? askerOf(message) : otherSide(logged.sender);
      const about = sessionOf(place);
      const server = readRpcFields(undefined, message).server;
      if (server !== undefined) about.server = server;
      if (!pairing.answer(toKey(place, asker, message.id), entry(about), units)) pairing.tell(undefined, entry(about), units);
      return;
    }
    const sender = logged.sender ?? senderOf(message.method);
    if (message.method === 'initialize') pairing.endAll(`${place}\n`);
    const about = message.method === 'initialize' ? beginSession(place) : sessionOf(place);
    const client = readInfo(findMeta(message.params, 'clientInfo'))?.name;
    if (client !== undefined) about.client = client;
    if (message.id !== undefined) {
      pairing.ask(toKey(place, sender, message.id), entry(about), units);
      return;
    }
    const { requestId, reason } = message.params;
    if (message.method === 'notifications/cancelled' && requestId !== undefined)
      pairing.end(toKey(place, sender, JSON.stringify(requestId)), typeof reason === 'string' && reason !== '' ? reason : 'cancelled');
    pairing.tell(entry(about), undefined, units);
  };

  const read = (record: LogRecord): Imported | readonly Imported[] | undefined => {
    const found = find(record);
    if (found === undefined || 'kind' in found) return found;
    for (const logged of found) take(logged, record);
    return pairing.take().map(toCall);
  };
  return Object.assign(read, { rest: () => pairing.rest().map(toCall) });
}

const toKey = (place: string, asker: Side, id: string): string => `${place}\n${asker}\n${id}`;

function toCall({ question, answer, ended }: Held<Entry, Entry>): Imported {
  const first = question ?? answer;
  if (first === undefined) throw new Error('a held place has a question or an answer');
  const request = question !== undefined && isRequest(question.message) ? question.message : undefined;
  const reply = answer === undefined || isRequest(answer.message) ? undefined : answer.message;
  const fields = readRpcFields(request, reply, first.sender === undefined || question === undefined ? undefined : first.sender);
  const { record, stamp, about, session } = first;
  const taken =
    question?.stamp.time === undefined || answer?.stamp.time === undefined ? undefined : answer.stamp.time - question.stamp.time;
  const call: ImportedCall = {
    ...stamp,
    timeKind: stamp.time === undefined ? 'unknown' : question === undefined ? 'end' : 'start',
    durationMs: taken === undefined || taken < 0 ? undefined : durationMs(taken / 1000),
    method: 'POST',
    path: MCP_PATH,
    requestHeaders: session === undefined ? undefined : [['mcp-session-id', session]],
    requestBody: question === undefined ? undefined : toRpcBody(question.text, question.note),
    responseBody: answer === undefined ? undefined : toRpcBody(answer.text, answer.note),
    // A name that the client gave itself, as a User-Agent is; these logs know nothing better.
    consumer: about.client ?? session,
    traceId: fields.traceId,
    parentSpanId: fields.parentSpanId,
    service: first.server ?? about.server,
    route: fields.route,
    tool: fields.tool,
    extras: toExtras([...fields.extras, ['no-answer', ended], ...(question?.extras ?? []), ...(answer?.extras ?? [])]),
    rawText: record.text,
  };
  return { kind: 'call', record: record.record, at: record.at, call };
}
