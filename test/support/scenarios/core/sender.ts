import type { Random } from '../../large/random.ts';
import type { Operation } from './api.ts';
import { findEchoes } from './echoes.ts';
import type { Cause, Exchange, Trace } from './exchange.ts';
import { durationOf } from './mishap.ts';
import type { Party } from './party.ts';
import type { CallInput, SessionOptions } from './session.ts';
import type { Stage } from './stage.ts';
import type { Json } from './store.ts';

/** Size of an answer that nobody reads, about. Units: bytes. */
const LIST_ROW = 380;
const ONE_BYTES = 420;
const UNKNOWN_BYTES = 300;
const ERROR_BYTES = 92;
const SIZE_SPREAD = 0.3;

/** A request that is ready to go. */
export interface Outgoing {
  readonly target: Pick<Exchange, 'method' | 'host' | 'path' | 'operation' | 'to' | 'service'>;
  readonly query: string;
  readonly requestBody: Json | undefined;
  readonly answer: Json | undefined;
  /** How long it usually takes. Units: ms. */
  readonly millis: number;
  readonly causes: readonly Cause[];
  readonly input: CallInput;
}

function usualBytes(operation: Operation | undefined): number {
  if (operation === undefined) return UNKNOWN_BYTES;
  return 'list' in operation.answer ? LIST_ROW * operation.answer.count[1] : ONE_BYTES;
}

function responseBytesOf({ target, answer, input }: Outgoing, status: number, random: Random): number {
  if (input.responseBytes !== undefined) return input.responseBytes;
  if (answer !== undefined) return JSON.stringify(answer).length;
  return status >= 400 ? ERROR_BYTES : Math.round(random.around(usualBytes(target.operation), SIZE_SPREAD));
}

/** The trace context that a party sends: of each call, of its whole run, or none. */
function tracer({ traced }: Party, random: Random): () => Trace | undefined {
  if (traced === 'none') return () => undefined;
  if (traced !== 'run') return () => ({ traceId: random.hex(32), spanId: random.hex(16), parentSpanId: undefined });
  const traceId = random.hex(32);
  let first: string | undefined;
  return () => {
    const spanId = random.hex(16);
    const made = { traceId, spanId, parentSpanId: first };
    first ??= spanId;
    return made;
  };
}

/** Sends the requests of one session, one after the other: each is given to the stage with its times, sizes, headers and ids. */
export function openSender(
  stage: Stage,
  party: Party,
  random: Random,
  { name, label }: SessionOptions,
): (at: number, outgoing: Outgoing) => Exchange {
  const trace = tracer(party, random);
  const echoes = findEchoes();
  let count = 0;
  // A recorded browser stays where it is; a phone is where it is.
  const partyAt = (at: number): Party => {
    const ip = party.recordedBy === undefined ? party.ipAt?.(at) : undefined;
    return ip === undefined || ip === party.ip ? party : { ...party, ip };
  };
  return (at, outgoing) => {
    const { target, query, requestBody, answer, input } = outgoing;
    count += 1;
    const here = partyAt(at);
    const credential = input.bare === true ? undefined : party.credentialAt(at);
    const status = input.status ?? 200;
    const exchange: Exchange = {
      ...target,
      hop: 'client',
      id: `${name}.${String(count)}`,
      session: name,
      at,
      durationMs: durationOf(target.operation, status, input.millis, outgoing.millis, random),
      query,
      status,
      requestBytes: requestBody === undefined ? 0 : JSON.stringify(requestBody).length,
      responseBytes: responseBytesOf(outgoing, status, random),
      party: here,
      credential,
      headers: {
        'user-agent': party.userAgent,
        accept: 'application/json',
        ...party.headers,
        ...(requestBody === undefined ? {} : { 'content-type': 'application/json' }),
        ...(credential === undefined ? {} : { [credential.header[0]]: credential.header[1] }),
        ...input.headers,
      },
      requestBody,
      responseBody: answer,
      responseHeaders: { 'content-type': 'application/json; charset=utf-8' },
      requestId: random.uuid(),
      trace: trace(),
      from: here.ip,
      parent: undefined,
      causes: [...outgoing.causes, ...(input.causes ?? [])],
      echoes: echoes.find({ operation: target.operation, path: target.path, query, requestBody }),
      label: label === undefined ? undefined : { kind: label.kind, id: label.id, role: input.role ?? label.role ?? 'evidence' },
    };
    stage.emit(exchange);
    echoes.add(exchange);
    return exchange;
  };
}
