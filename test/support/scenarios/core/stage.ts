import { seededRandom, type Random } from '../../large/random.ts';
import type { Span } from './calendar.ts';
import type { Exchange } from './exchange.ts';
import type { Party } from './party.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import { openStore, type Store } from './store.ts';
import type { World } from './world.ts';

/** Where a scenario is played: the company, what it keeps, when, and who listens. */
export interface Stage {
  readonly seed: string;
  readonly world: World;
  readonly store: Store;
  readonly span: Span;
  /** How much traffic: 1 is some ten thousand calls a day. */
  readonly scale: number;
  emit(exchange: Exchange): void;
  /** Somebody records this party with bodies, or reads its answers: bodies are made. */
  reads(party: Party): boolean;
  /** A session of that party; its requests go to `emit`, or to the one given. */
  open(party: Party, at: number, options: SessionOptions, emit?: (exchange: Exchange) => void): Session;
  /** A random source of that name, the same whatever else is drawn. */
  random(name: string): Random;
}

/** A stage of a world. Calls of services behind a request are added to it before `listen` gets them all, the request last. */
export function makeStage(
  world: World,
  options: { readonly seed: string; readonly span: Span; readonly scale: number },
  listen: (exchange: Exchange) => void,
): Stage {
  const seed = `${options.seed}/${world.id}`;
  const stage: Stage = {
    ...options,
    seed,
    world,
    store: openStore(seed, world.catalogue, world.people),
    emit: (exchange) => {
      const random = seededRandom(`${seed}/behind/${exchange.id}`);
      const { store } = stage;
      for (const inner of world.behind(exchange, random, (entity) => store.idOf(store.any(entity, random)))) listen(inner);
      listen(exchange);
    },
    reads: (party) => party.recordedBy !== undefined,
    open: (party, at, session, emit) => openSession(emit === undefined ? stage : { ...stage, emit }, party, at, session),
    random: (name) => seededRandom(`${seed}/${name}`),
  };
  return stage;
}
