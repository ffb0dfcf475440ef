import type { Random } from '../../large/random.ts';
import type { Catalogue, Operation, Service } from './api.ts';
import { callsBehind } from './behind.ts';
import type { Exchange } from './exchange.ts';
import type { Roles } from './roles.ts';
import type { SourceSpec } from './source.ts';
import type { Stage } from './stage.ts';

/** Who acts in a world, hour by hour. */
export interface Actor {
  readonly id: string;
  /** Begins the sessions that start within the hour; each may last into the next hour, not longer. */
  hour(stage: Stage, hourStart: number): void;
}

/** One company: its APIs, who uses them, what of it is logged. */
export interface World {
  readonly id: string;
  readonly catalogue: Catalogue;
  /** How many persons own things. */
  readonly people: number;
  readonly sources: readonly SourceSpec[];
  /** Files of the bundle that are no logs, by path: descriptions, a note. */
  readonly documents: Readonly<Record<string, string>>;
  /** Ordinary traffic, made anew for each stage. */
  actors(stage: Stage): readonly Actor[];
  /** What incidents and traps need to know of this company. */
  roles(stage: Stage): Roles;
  /** Errors: RangeError for an operation that the catalogue does not have. */
  operation(id: string): Operation;
  hostOf(operation: Operation): string;
  apiHost(api: string): string;
  podOf(service: string, random: Random): string;
  /** The calls that services make while they answer this one, each with its parent; `idOf` gives an id of any thing of a kind. */
  behind(exchange: Exchange, random: Random, idOf: (entity: string) => string): readonly Exchange[];
}

/** What a world is defined by; the rest follows from the catalogue. */
export type WorldDefinition = Pick<World, 'id' | 'catalogue' | 'people' | 'sources' | 'documents' | 'actors' | 'roles'> & {
  /** Addresses of the edge as services see it. */
  readonly edgeAddresses: readonly string[];
};

/** A world with its look-ups. */
export function makeWorld(definition: WorldDefinition): World {
  const { catalogue, edgeAddresses } = definition;
  const operations = new Map(catalogue.operations.map((entry) => [entry.id, entry]));
  const operation = (id: string): Operation => {
    const found = operations.get(id);
    if (found === undefined) throw new RangeError(`no operation ${id}`);
    return found;
  };
  const apiHost = (api: string): string => {
    const found = catalogue.apis[api];
    if (found === undefined) throw new RangeError(`no API ${api}`);
    return found.host;
  };
  const service = (name: string): Service => {
    const found = catalogue.services[name];
    if (found === undefined) throw new RangeError(`no service ${name}`);
    return found;
  };
  return {
    ...definition,
    operation,
    apiHost,
    hostOf: ({ api }) => apiHost(api),
    podOf: (name, random) => random.pick(service(name).pods),
    behind: callsBehind({ operation, service, edgeAddresses }),
  };
}
