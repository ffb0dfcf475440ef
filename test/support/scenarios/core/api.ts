import type { DataType, ValueName } from './values.ts';

/** How the ids of an entity are written. */
export type IdStyle =
  | { readonly style: 'integer'; readonly first: number }
  | { readonly style: 'uuid' | 'ulid' | 'hex24' }
  | { readonly style: 'prefixed'; readonly prefix: string; readonly length: number }
  | { readonly style: 'slug' }
  /** Words, days or codes of a list, in its order. */
  | { readonly style: 'listed'; readonly values: readonly string[] }
  | { readonly style: 'code'; readonly prefix: string };

/** Things that an API keeps: each belongs to one person, or to nobody. */
export interface Entity {
  readonly id: IdStyle;
  /** How many each person owns; `undefined` for things that everybody may see. */
  readonly perPerson?: number;
  /** How many there are of a thing that belongs to nobody. */
  readonly total?: number;
  /** Name of its shape. */
  readonly shape: string;
}

/** A leaf by the name of its value, the id of an entity, an object, a list of an entity, or an array of anything. */
export type Field =
  | ValueName
  | { readonly id: string }
  | { readonly object: Shape }
  | { readonly list: string; readonly most: number }
  | { readonly array: Field; readonly length: readonly [least: number, most: number] }
  /** A fixed value; `label` says what it is where that is data. */
  | { readonly constant: string | number | boolean | null; readonly label?: DataType };
export type Shape = Readonly<Record<string, Field>>;

/** How an operation stands to the description that its owners published. */
export type Published = 'documented' | 'undocumented' | 'deprecated';

/** Operations that are called while another one answers, with their chance. */
export type Behind = readonly (readonly [operation: string, chance: number])[];

/** What an operation answers; `wrap` puts each thing of a list under a name of its own, as the entries of a FHIR bundle are. */
export type Answer =
  | { readonly one: string }
  | { readonly list: string; readonly at: string; readonly count: readonly [least: number, most: number]; readonly wrap?: string }
  | { readonly shape: string };

export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Name of the API, which has a host. */
  readonly api: string;
  /** `/v1/orders/{order}`: the name of a parameter is that of an entity. */
  readonly path: string;
  readonly service: string;
  /** Scopes that a token needs, all of them; empty: anyone may call it. */
  readonly scopes: readonly string[];
  readonly answer: Answer;
  /** Name of the shape of a request body. */
  readonly body?: string;
  readonly published: Published;
  /** Units: ms. */
  readonly millis: number;
  /** Calls of other services while this one answers, with their chance. */
  readonly behind?: Behind;
  /** Of a tool server: what each tool calls, in place of `behind`. */
  readonly behindTools?: Readonly<Record<string, Behind>>;
  /** JSON-RPC: the method, and for a tool its name. */
  readonly tool?: string;
  readonly summary: string;
}

export interface Api {
  readonly host: string;
  readonly title: string;
  readonly version: string;
  /** False when nobody wrote a description of it. */
  readonly described: boolean;
}

/** Somewhere that code runs. */
export interface Service {
  readonly name: string;
  /** Host by which other services call it. */
  readonly host: string;
  readonly pods: readonly string[];
  /** Passes trace context on. */
  readonly propagates: boolean;
  /** What the description says of itself that its team wrote of what only services call. */
  readonly description?: { readonly title: string; readonly version: string };
}

/** Everything that one company offers, from which descriptions, traffic and labelled fields are made. */
export interface Catalogue {
  readonly apis: Readonly<Record<string, Api>>;
  readonly services: Readonly<Record<string, Service>>;
  readonly entities: Readonly<Record<string, Entity>>;
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly operations: readonly Operation[];
  /** Described, and never called. */
  readonly orphans: readonly Operation[];
}

/** Writes operations in a line each: `GET /v1/orders/{order}`, and what differs from the usual. */
export function operation(
  api: string,
  service: string,
  id: string,
  line: string,
  answer: Answer,
  more: Partial<Omit<Operation, 'api' | 'service' | 'id' | 'method' | 'path' | 'answer'>> = {},
): Operation {
  const [method = 'GET', path = '/'] = line.split(' ');
  return {
    api,
    service,
    id,
    method: method as Operation['method'],
    path,
    answer,
    scopes: [],
    published: 'documented',
    millis: 30,
    summary: id.replace(/([A-Z])/g, ' $1').toLowerCase(),
    ...more,
  };
}

/** The names of the parameters of a path, in order. */
export function parametersOf(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
}
