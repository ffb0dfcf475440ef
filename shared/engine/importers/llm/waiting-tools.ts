import type { Stamp } from '../read/stamp.ts';
import type { ToolAsk, ToolResult } from './tool-use.ts';

/** Tools that wait for their result at once; far more than one conversation has. */
const MAX_WAITING_TOOLS = 10_000;

/** A tool that was asked for and has not answered. */
export interface Asked {
  readonly ask: ToolAsk;
  readonly stamp: Stamp;
  /** The id of the model's answer that asked for it. */
  readonly asker: string | undefined;
}

/**
 * Tools that models asked for, until the model is told what they answered: by the id of the ask, or, where older conversations have none, by name.
 * Lifetime: one conversation, or one source.
 */
export class WaitingTools<Waiting extends Asked> {
  readonly #byId = new Map<string, Waiting>();
  #unnamed = 0;

  /** Remembers one; the one of the same id that still waits, or that has waited longest where too many do, is given back: it has no answer. */
  add(asked: Waiting): Waiting | undefined {
    const id = asked.ask.id ?? `unnamed ${String((this.#unnamed += 1))}`;
    const [oldest] = this.#byId.size >= MAX_WAITING_TOOLS ? this.#byId.keys() : [];
    const lost = this.#byId.has(id) ? id : oldest;
    const before = lost === undefined ? undefined : this.#byId.get(lost);
    if (lost !== undefined) this.#byId.delete(lost);
    this.#byId.set(id, asked);
    return before;
  }

  /**
   * The one that a result belongs to, while it waits; it waits no longer then. Of results without an id, `isIts` says whether an ask of that name is
   * the one meant: conversations in turn ask for the same tools.
   */
  take({ id, name }: ToolResult, isIts: (ask: ToolAsk) => boolean = () => true): Waiting | undefined {
    const key = id ?? this.#keyOfName(name, isIts);
    const found = key === undefined ? undefined : this.#byId.get(key);
    if (key !== undefined) this.#byId.delete(key);
    return found;
  }

  /** The one of an id, without taking it. */
  peek(id: string): Waiting | undefined {
    return this.#byId.get(id);
  }

  /** Those that still wait; none does afterwards. */
  rest(): readonly Waiting[] {
    const rest = [...this.#byId.values()];
    this.#byId.clear();
    return rest;
  }

  #keyOfName(name: string | undefined, isIts: (ask: ToolAsk) => boolean): string | undefined {
    if (name === undefined) return undefined;
    return [...this.#byId].find(([, { ask }]) => ask.id === undefined && ask.name === name && isIts(ask))?.[0];
  }
}
