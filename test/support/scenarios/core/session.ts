import { seededRandom, type Random } from '../../large/random.ts';
import { parametersOf } from './api.ts';
import { askOperation } from './asking.ts';
import type { Cause, Exchange, Foreign, Label } from './exchange.ts';
import { encodeQuery, resolveBody, valueAt, type Body, type Given, type Taken } from './given.ts';
import { mishap } from './mishap.ts';
import type { Party } from './party.ts';
import { openSender, type Outgoing } from './sender.ts';
import type { Stage } from './stage.ts';
import type { Item, Json } from './store.ts';

export interface CallInput {
  /** Path parameters in their order: ids as text, things of the company, or values taken from an answer. */
  readonly params?: readonly (Given | Item)[];
  readonly query?: Readonly<Record<string, Given>>;
  readonly body?: Readonly<Record<string, Body>>;
  /** Of a list: whose things and how many; otherwise any. */
  readonly listed?: readonly Item[];
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Takes the place of what the operation usually answers. */
  readonly answer?: Json;
  readonly role?: Label['role'];
  readonly causes?: readonly Cause[];
  /** Another credential than the party's own, or none. */
  readonly bare?: boolean;
  /** Changes the size of the answer. */
  readonly responseBytes?: number;
  /** Takes the place of how long the operation usually takes, about. Units: ms. */
  readonly millis?: number;
}

export interface SessionOptions {
  readonly label?: Omit<Label, 'role'> & { readonly role?: Label['role'] };
  /** Name of its random source and of the session in the truth; unique in the scenario. */
  readonly name: string;
}

/** What one party does in one go: its calls follow one another. */
export interface Session {
  readonly random: Random;
  readonly party: Party;
  readonly stage: Stage;
  /** Units: epoch ms; moves on with each call. */
  at: number;
  think(millis: number): void;
  call(operation: string, input?: CallInput): Exchange;
  /** A request to a host outside of the company. */
  web(
    foreign: Foreign,
    method: string,
    body: Readonly<Record<string, Body>> | undefined,
    answer: Json,
    more?: Partial<CallInput>,
  ): Exchange;
  /** A request that matches no operation: the edge of that API answers. */
  probe(api: string, method: string, path: string, status: number, more?: Partial<CallInput>): Exchange;
  /** Reads a value from an answer; its pointer has names and numbers only, as `data[0].id`. */
  take(from: Exchange, pointer: string): Taken;
}

/** How long foreign hosts and refusals of unknown paths take. Units: ms. */
const FOREIGN_MILLIS = 380;
const PROBE_MILLIS = 4;
/** Before another try. Units: ms. */
const BEFORE_RETRY = 1600;

/** A request to a host outside of the company. Nobody else gets a credential of the company: what that host asks for stands in the headers. */
function askForeign(
  foreign: Foreign,
  method: string,
  body: Readonly<Record<string, Body>> | undefined,
  answer: Json,
  more: Partial<CallInput>,
): Outgoing {
  const causes: Cause[] = [];
  const requestBody = body === undefined ? undefined : resolveBody(body, 'body $', causes);
  const query = encodeQuery(more.query, causes);
  return {
    target: { method, host: foreign.host, path: foreign.path, operation: undefined, to: foreign.address, service: undefined },
    query,
    requestBody,
    answer,
    millis: FOREIGN_MILLIS,
    causes,
    input: { ...more, bare: true },
  };
}

/** Begins a session; every call of it is given to the stage at once. */
export function openSession(stage: Stage, party: Party, start: number, options: SessionOptions): Session {
  const { world, store } = stage;
  const random = seededRandom(`${stage.seed}/session/${options.name}`);
  const sender = openSender(stage, party, random, options);
  const send = (outgoing: Outgoing): Exchange => {
    const exchange = sender(session.at, outgoing);
    session.at += exchange.durationMs;
    return exchange;
  };
  const session: Session = {
    random,
    party,
    stage,
    at: start,
    think: (millis) => {
      session.at += Math.round(random.around(millis, 0.4));
    },
    take: (from, pointer) => {
      const found = valueAt(from.responseBody, pointer);
      return { value: typeof found === 'object' ? JSON.stringify(found) : String(found), from, at: `response $.${pointer}` };
    },
    call: (id, input = {}) => {
      const operation = world.operation(id);
      const failed = input.status === undefined ? mishap(stage, party, options.label, operation, random) : undefined;
      const params = parametersOf(operation.path).map((entity, place) => input.params?.[place] ?? store.any(entity, random));
      const shaped = operation.body !== undefined && input.body === undefined && stage.reads(party);
      const body = shaped ? store.body(operation.body ?? '', party.person ?? 0, session.at, random) : undefined;
      const attempt = (asked: CallInput): Exchange => send(askOperation(operation, session, { ...asked, params }, body));
      if (failed === undefined) return attempt(input);
      const { answer: _answer, responseBytes: _bytes, millis: _millis, ...asked } = input;
      const first = attempt({ ...asked, status: failed.status });
      if (!failed.again) return first;
      session.think(BEFORE_RETRY);
      return attempt(input);
    },
    web: (foreign, method, body, answer, more = {}) => send(askForeign(foreign, method, body, answer, more)),
    probe: (api, method, path, status, more = {}) =>
      send({
        target: { method, host: world.apiHost(api), path, operation: undefined, to: '', service: undefined },
        query: encodeQuery(more.query, []),
        requestBody: undefined,
        answer: undefined,
        millis: PROBE_MILLIS,
        causes: [],
        input: { ...more, status },
      }),
  };
  return session;
}
