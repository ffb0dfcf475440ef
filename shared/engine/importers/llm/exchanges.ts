import { append } from '../../../lib/append.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs, epochMicros, type DurationMs } from '../../../model/units.ts';
import type { Stamp } from '../read/stamp.ts';
import { metadataOf, ownerOf, threadOf, toModelCall, type ModelBodies } from './model-call.ts';
import { toNotedRequest } from './metadata.ts';
import { NO_STAMP, toToolCall } from './tool-call.ts';
import { asksIn, hostedIn, resultsIn, type ToolAsk, type ToolResult } from './tool-use.ts';
import { WaitingTools, type Asked } from './waiting-tools.ts';

/** Uses of tools that were given out, which later requests repeat. */
const MAX_TOLD = 100_000;
/** Stamps of these APIs are whole seconds: what they stamp may be as much later. Units: ms. */
const WHOLE_SECOND = 1000;

/** One call of a model as a log keeps it, and what stands around it. */
export interface Exchange extends ModelBodies {
  readonly stamp: Stamp;
  /** True where the stamp is a whole second. */
  readonly isCoarse: boolean;
  readonly durationMs: DurationMs | undefined;
  /** What went wrong, where it stands outside of the answer. */
  readonly error: Json | undefined;
  /** What the log knows of the request itself: status, address, ids. */
  readonly fields: Partial<ImportedCall>;
  readonly extras: readonly (readonly [string, string | undefined])[];
}

/** An ask with the place that its call takes when no answer comes. */
interface Waiting<Place> extends Asked {
  readonly bodies: ModelBodies;
  readonly place: Place;
}

/** A call with the record that it stands in. */
export interface Placed<Place> {
  readonly call: ImportedCall;
  readonly place: Place;
  /** True for the call of the model, of which the record is. */
  readonly isModel: boolean;
}

const entriesIn = (list: Json | undefined): readonly JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : [];

/** What a request sends again of the conversation: messages of a chat, items of the Responses API. */
const sentIn = (request: JsonObject | undefined): readonly JsonObject[] => [
  ...entriesIn(request?.['messages']),
  ...entriesIn(request?.['input']),
];

/** What an answer holds: the message of each choice, the items of the Responses API, or the answer itself. */
function answeredIn(response: JsonObject | undefined): readonly JsonObject[] {
  if (response === undefined) return [];
  const choices = entriesIn(response['choices']).flatMap((choice) => (isJsonObject(choice['message']) ? [choice['message']] : []));
  return [...choices, ...entriesIn(response['output']), ...(Array.isArray(response['content']) ? [response] : [])];
}

/** Ids of tools may begin anew in each conversation, so what was asked counts as well. */
const nameOf = ({ id = '', name, input }: ToolAsk): string => JSON.stringify([id, name, input ?? null]);

/**
 * Makes calls of requests to models that are logged with their answers: each is a call, and so is each tool that an answer asked for. Its result
 * stands in a later request, which sends the whole conversation again: only the first that tells it counts. Tools that the provider used by itself
 * stand in the answer with their results.
 * Lifetime: one read of one source. `Place`: what the caller needs to say where a call stands.
 */
export class Exchanges<Place> {
  readonly #tools = new WaitingTools<Waiting<Place>>();
  readonly #told = new Set<string>();

  /** The calls that an exchange shows, in their order. */
  take(exchange: Exchange, place: Place): readonly Placed<Place>[] {
    const placed: Placed<Place>[] = [];
    append(placed, this.#takeSent(exchange, place));
    // What is told of a tool follows from the answer that asked for it, as does the call that tells it.
    const asker = placed.at(-1)?.call.parentSpanId;
    const named = toCall(exchange);
    const call = named.parentSpanId === undefined && asker !== undefined ? { ...named, parentSpanId: asker } : named;
    placed.push({ call, place, isModel: true });
    const span = call.spanId;
    const end = endOf(exchange);
    for (const entry of answeredIn(exchange.response)) {
      for (const ask of asksIn(entry)) {
        const waiting = { ask, stamp: end, asker: span, bodies: exchange, place };
        const lost = this.#tools.add(waiting);
        if (lost !== undefined) placed.push(this.#toTool(lost, undefined, undefined, lost.place));
      }
      const hosted = hostedIn(entry);
      if (hosted === undefined || !this.#tell(hosted.ask)) continue;
      const use = {
        ...hosted,
        stamp: exchange.stamp,
        durationMs: exchange.durationMs,
        asker: span,
        extras: [['run-by', 'the provider of the model']],
      } as const;
      placed.push({ call: toToolCall({ ...use, ...ownedBy(exchange) }), place, isModel: false });
    }
    return placed;
  }

  /** Tools whose results stand nowhere. */
  rest(): readonly Placed<Place>[] {
    return this.#tools.rest().map((waiting) => this.#toTool(waiting, undefined, undefined, waiting.place));
  }

  /** Results that a request is the first to tell; of asks before the log begins the request shows both. */
  #takeSent(exchange: Exchange, place: Place): readonly Placed<Place>[] {
    // By id, or by name in older conversations without ids, where the last ask of a name is the one that a result follows.
    const asked = new Map<string, ToolAsk>();
    const keyOf = ({ id, name = '' }: Pick<ToolResult, 'id' | 'name'>): string => id ?? `named ${name}`;
    return sentIn(exchange.request).flatMap((entry): readonly Placed<Place>[] => {
      for (const ask of asksIn(entry)) asked.set(keyOf(ask), ask);
      return resultsIn(entry).flatMap((result): readonly Placed<Place>[] => {
        const shown = asked.get(keyOf(result));
        const isIts = (ask: ToolAsk): boolean => shown === undefined || nameOf(ask) === nameOf(shown);
        const waits = result.id === undefined ? undefined : this.#tools.peek(result.id);
        const waiting = result.id === undefined || (waits !== undefined && isIts(waits.ask)) ? this.#tools.take(result, isIts) : undefined;
        if (waiting !== undefined) {
          this.#tell(waiting.ask);
          return [this.#toTool(waiting, result, exchange, place)];
        }
        if (shown === undefined || !this.#tell(shown)) return [];
        const early = { ask: shown, stamp: NO_STAMP, asker: undefined, bodies: exchange, place };
        return [this.#toTool(early, result, undefined, place)];
      });
    });
  }

  /** True the first time. */
  #tell(ask: ToolAsk): boolean {
    const name = nameOf(ask);
    if (this.#told.has(name)) return false;
    const [oldest] = this.#told.size >= MAX_TOLD ? this.#told : [];
    if (oldest !== undefined) this.#told.delete(oldest);
    this.#told.add(name);
    return true;
  }

  #toTool(waiting: Waiting<Place>, result: ToolResult | undefined, until: Exchange | undefined, place: Place): Placed<Place> {
    const took = until === undefined ? undefined : between(waiting, until);
    const extras = [['took', took === undefined ? undefined : 'at most: from the answer that asked for it to the next request']] as const;
    return { call: toToolCall({ ...waiting, ...ownedBy(waiting.bodies), result, durationMs: took, extras }), place, isModel: false };
  }
}

/** When an answer was there, and the tools that it asks for may begin: its own stamp, where it does not say how long it took. */
function endOf({ stamp, durationMs: took }: Exchange): Stamp {
  if (stamp.time === undefined || took === undefined) return stamp;
  return { time: epochMicros(stamp.time + Math.round(took * 1000)), timeKind: 'start', zoneKnown: stamp.zoneKnown };
}

/** From the answer that asked for a tool to the request that tells its result; `undefined` where they run backwards or have no time. */
function between(waiting: Waiting<unknown>, { stamp, isCoarse }: Exchange): DurationMs | undefined {
  if (waiting.stamp.time === undefined || stamp.time === undefined || stamp.time < waiting.stamp.time) return undefined;
  return durationMs((stamp.time - waiting.stamp.time) / 1000 + (isCoarse ? WHOLE_SECOND : 0));
}

const ownedBy = (
  bodies: ModelBodies,
): Pick<ImportedCall, 'consumer' | 'traceId'> & { readonly traceId: string | undefined; readonly consumer: string | undefined } => {
  const { user, agent } = ownerOf(bodies);
  return { consumer: user ?? agent, traceId: threadOf(bodies) };
};

function toCall(exchange: Exchange): ImportedCall {
  const { stamp, error, fields, extras } = exchange;
  const call = toModelCall(exchange, error, extras);
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return {
    ...stamp,
    ...call,
    durationMs: exchange.durationMs,
    requestId: toNotedRequest(metadataOf(exchange)),
    ...known,
    extras: (call.extras ?? []) satisfies readonly Header[],
  };
}
