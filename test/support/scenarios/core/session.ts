import { seededRandom, type Random } from '../../large/random.ts';
import { parametersOf, type Operation } from './api.ts';
import { findEchoes } from './echoes.ts';
import type { Cause, Exchange, Foreign, Label, Trace } from './exchange.ts';
import type { Party } from './party.ts';
import type { Item, Json } from './store.ts';
import type { Stage } from './stage.ts';

/** A value with the answer that it was read from. */
export interface Taken {
  readonly value: string;
  readonly from: Exchange;
  /** JSON pointer as in `report.json`: `response $.items[0].id`. */
  readonly at: string;
}

export type Given = string | Taken;
/** A body, or a part of one, in which values taken from answers may stand anywhere. */
export type Body = Given | Json | readonly Body[] | { readonly [name: string]: Body };

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

/** Whether a value was read from an answer. */
const isTaken = (value: unknown): value is Taken => typeof value === 'object' && value !== null && 'from' in value && 'at' in value;
const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && 'entity' in value;

/** The value at `a.b[0].c` of a document. Errors: RangeError when nothing is there. */
export function valueAt(document: Json | undefined, pointer: string): Json {
  let current: Json | undefined = document;
  for (const step of pointer.split(/[.[\]]+/).filter((part) => part !== '')) {
    if (typeof current !== 'object' || current === null) current = undefined;
    else current = (current as Readonly<Record<string, Json>>)[step];
  }
  if (current === undefined) throw new RangeError(`nothing at ${pointer} in ${JSON.stringify(document).slice(0, 200)}`);
  return current;
}

/** Replaces taken values by what they are, and notes where each went. */
function resolveBody(value: Body | undefined, at: string, causes: Cause[]): Json {
  if (value === undefined) return null;
  if (isTaken(value)) {
    causes.push({ from: value.from, kind: 'value', fromAt: value.at, toAt: at });
    return value.value;
  }
  if (Array.isArray(value)) return value.map((item: Body, index) => resolveBody(item, `${at}[${String(index)}]`, causes));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolveBody(item, `${at}.${name}`, causes)]));
  }
  return value;
}

/** Size of an answer that nobody reads, about. Units: bytes. */
const LIST_ROW = 380;
const ERROR_BYTES = 92;

/** Share of calls that go wrong for no reason of their own, and how; those of a token only where one is asked for. */
const MISHAPS = 0.008;
const MISHAP_STATUSES = [500, 502, 503, 503, 504, 504, 429, 404, 400] as const;
const RETRIED_STATUSES = [500, 500, 503, 503, 503, 504, 429] as const;
const TOKEN_STATUSES = [401, 403, 403] as const;
/** Share of mishaps that are about the token: it has run out, or the page is not theirs. */
const ABOUT_TOKEN = 0.3;
/** Before another try. Units: ms. */
const BEFORE_RETRY = 1600;
/** How long an answer takes that needs no work, or that never came. Units: ms. */
const FAILED_MILLIS: Readonly<Record<number, number>> = { 401: 4, 403: 6, 429: 3, 504: 30_000 };
/** A time-out hardly varies. */
const TIMEOUT_SPREAD = 0.0004;
const ERRORS: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  429: 'too_many_requests',
  500: 'internal_error',
  503: 'unavailable',
  504: 'timeout',
};

/** What becomes of a call that is to succeed: who needs its answer tries again. */
function mishap(
  stage: Stage,
  party: Party,
  label: SessionOptions['label'],
  { scopes }: Operation,
  random: Random,
): { readonly status: number; readonly again: boolean } | undefined {
  if (label?.kind === 'incident' || !random.chance(MISHAPS)) return undefined;
  const again = label !== undefined || stage.reads(party);
  const aboutToken = scopes.length > 0 && random.chance(ABOUT_TOKEN);
  return { status: random.pick(aboutToken ? TOKEN_STATUSES : again ? RETRIED_STATUSES : MISHAP_STATUSES), again };
}

/** Begins a session; every call of it is given to the stage at once. */
export function openSession(stage: Stage, party: Party, start: number, { name, label }: SessionOptions): Session {
  const { world, store } = stage;
  const random = seededRandom(`${stage.seed}/session/${name}`);
  const runTrace = party.traced === 'run' ? random.hex(32) : undefined;
  const echoes = findEchoes();
  let count = 0;
  let lastSpan: string | undefined;

  // A recorded browser stays where it is; a phone is where it is.
  const partyAt = (at: number): Party => {
    const ip = party.recordedBy === undefined ? party.ipAt?.(at) : undefined;
    return ip === undefined || ip === party.ip ? party : { ...party, ip };
  };

  const trace = (): Trace | undefined => {
    if (party.traced === 'none') return undefined;
    const made = {
      traceId: runTrace ?? random.hex(32),
      spanId: random.hex(16),
      parentSpanId: party.traced === 'run' ? lastSpan : undefined,
    };
    if (party.traced === 'run') lastSpan ??= made.spanId;
    return made;
  };

  const send = (
    target: Pick<Exchange, 'method' | 'host' | 'path' | 'operation' | 'to' | 'service' | 'hop'>,
    input: CallInput,
    millis: number,
    causes: Cause[],
    answer: Json | undefined,
    requestBody: Json | undefined,
    query: string,
  ): Exchange => {
    count += 1;
    const here = partyAt(session.at);
    const credential = input.bare === true ? undefined : party.credentialAt(session.at);
    const status = input.status ?? 200;
    // A login looks at the password before it refuses.
    const quick = target.operation?.scopes.length === 0 && status < 500 ? undefined : FAILED_MILLIS[status];
    const spread = status === 504 ? TIMEOUT_SPREAD : 0.35;
    const requestBytes = requestBody === undefined ? 0 : JSON.stringify(requestBody).length;
    const usual =
      target.operation === undefined ? 300 : 'list' in target.operation.answer ? LIST_ROW * target.operation.answer.count[1] : 420;
    const exchange: Exchange = {
      ...target,
      id: `${name}.${String(count)}`,
      session: name,
      at: session.at,
      durationMs: Math.max(1, random.around(input.millis ?? quick ?? millis, spread)),
      query,
      status,
      requestBytes,
      responseBytes:
        input.responseBytes ??
        (answer === undefined ? (status >= 400 ? ERROR_BYTES : Math.round(random.around(usual, 0.3))) : JSON.stringify(answer).length),
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
      causes: [...causes, ...(input.causes ?? [])],
      echoes: echoes.find({ operation: target.operation, path: target.path, query, requestBody }),
      label: label === undefined ? undefined : { kind: label.kind, id: label.id, role: input.role ?? label.role ?? 'evidence' },
    };
    session.at += exchange.durationMs;
    stage.emit(exchange);
    echoes.add(exchange);
    return exchange;
  };

  const encodeQuery = (query: Readonly<Record<string, Given>> | undefined, causes: Cause[]): string =>
    Object.entries(query ?? {})
      .map(([key, value]) => {
        const text = isTaken(value) ? value.value : value;
        if (isTaken(value)) causes.push({ from: value.from, kind: 'value', fromAt: value.at, toAt: `query ${key}` });
        return `${encodeURIComponent(key)}=${encodeURIComponent(text)}`;
      })
      .join('&');

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
      const failed = input.status === undefined ? mishap(stage, party, label, operation, random) : undefined;
      const params = parametersOf(operation.path).map((entity, place) => input.params?.[place] ?? store.any(entity, random));
      const own = party.person ?? 0;
      const shaped = operation.body !== undefined && input.body === undefined && stage.reads(party);
      const shapedBody = shaped ? store.body(operation.body ?? '', own, session.at, random) : undefined;
      if (failed === undefined) return attempt(operation, { ...input, params }, shapedBody);
      const { answer: _answer, responseBytes: _bytes, millis: _millis, ...asked } = input;
      const first = attempt(operation, { ...asked, params, status: failed.status }, shapedBody);
      if (!failed.again) return first;
      session.think(BEFORE_RETRY);
      return attempt(operation, { ...input, params }, shapedBody);
    },
    web: (foreign, method, body, answer, more = {}) => {
      const causes: Cause[] = [];
      const requestBody = body === undefined ? undefined : resolveBody(body, 'body $', causes);
      return send(
        { method, host: foreign.host, path: foreign.path, operation: undefined, to: foreign.address, service: undefined, hop: 'client' },
        // Nobody else gets a credential of the company; what a foreign host asks for stands in the headers.
        { ...more, bare: true },
        380,
        causes,
        answer,
        requestBody,
        encodeQuery(more.query, causes),
      );
    },
    probe: (api, method, path, status, more = {}) =>
      send(
        { method, host: world.apiHost(api), path, operation: undefined, to: '', service: undefined, hop: 'client' },
        { ...more, status },
        4,
        [],
        undefined,
        undefined,
        encodeQuery(more.query, []),
      ),
  };

  /** One try: what it is asked is resolved, and what it answers is made. */
  const attempt = (operation: Operation, input: CallInput, shapedBody: Json | undefined): Exchange => {
    const causes: Cause[] = [];
    const names = parametersOf(operation.path);
    let subject: Item | undefined;
    let index = 0;
    const path = operation.path.replace(/\{([^}]+)\}/g, (_, entity: string) => {
      const given = input.params?.[index++] ?? store.any(entity, random);
      if (isTaken(given)) {
        causes.push({ from: given.from, kind: 'value', fromAt: given.at, toAt: `path {${names[index - 1] ?? ''}}` });
        subject = store.find(entity, given.value);
        return encodeURIComponent(given.value);
      }
      subject = isItem(given) ? given : store.find(entity, given);
      return isItem(given) ? store.idOf(given) : encodeURIComponent(given);
    });
    const query = encodeQuery(input.query, causes);
    const requestBody = input.body === undefined ? shapedBody : resolveBody(input.body, 'body $', causes);
    const usual = operation.method === 'POST' && !('list' in operation.answer) && operation.tool === undefined ? 201 : 200;
    const isGone =
      subject !== undefined &&
      operation.method === 'GET' &&
      'one' in operation.answer &&
      operation.answer.one === subject.entity &&
      store.isClosed(subject);
    const status = input.status ?? (isGone ? 404 : usual);
    let answer = isGone && status === 404 ? undefined : input.answer;
    if (answer === undefined && stage.reads(party))
      answer = status >= 400 ? { error: ERRORS[status] ?? 'refused' } : answerOf(operation, subject, input);
    const to = world.podOf(operation.service, random);
    return send(
      { method: operation.method, host: world.hostOf(operation), path, operation, to, service: operation.service, hop: 'client' },
      { ...input, status },
      operation.millis,
      causes,
      answer,
      requestBody,
      query,
    );
  };

  const answerOf = (operation: Operation, subject: Item | undefined, input: CallInput): Json => {
    const { answer } = operation;
    if (!('list' in answer)) {
      // What is made by a call is one of the caller's own.
      const made =
        'one' in answer && subject?.entity !== answer.one ? store.itemOf(answer.one, party.person ?? 0, random.int(0, 1_000_000)) : subject;
      return store.answer(answer, made, undefined, session.at, random);
    }
    const count = random.int(answer.count[0], answer.count[1]);
    const owner = subject === undefined ? undefined : store.ownerOf(subject);
    const listed =
      input.listed ??
      Array.from({ length: count }, (_, which) =>
        owner === undefined ? store.any(answer.list, random) : store.itemOf(answer.list, owner, which),
      );
    return store.answer(answer, subject, listed, session.at, random);
  };
  return session;
}
