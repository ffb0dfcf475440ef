import type { Json } from '../lib/json.ts';

/** A JSON Schema of draft 2020-12 without references: whatever was cut away stands as `true`, which allows anything. */
export type PlainSchema = Json;

/** Where a parameter stands. */
export type ParameterPlace = 'query' | 'path' | 'header' | 'cookie';

/** A parameter of an operation. */
export interface ContractParameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  /** Kept for screens and exports. */
  readonly schema?: PlainSchema;
  /** True when other names may stand for it: an object that is spread over the query. */
  readonly spread?: boolean;
}

/** What a request or an answer may hold, by media type in lower case. */
export interface ContractBody {
  readonly content: Readonly<Record<string, PlainSchema>>;
}

/** A parameter of a linked operation or a place in its request body, and the runtime expression of its value. */
export interface LinkedParameter {
  /** In the body a JSON Pointer, empty for the whole. */
  readonly name: string;
  readonly in: ParameterPlace | 'body';
  readonly from: string;
}

/** What an answer holds for another operation of the same description. */
export interface ContractLink {
  readonly name: string;
  /** Of the answers that have it, as the description spells it. */
  readonly status: string;
  /** The operation that it leads to. */
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly LinkedParameter[];
}

/**
 * What an API description promises of one operation; references are followed within the description and dialects are made one.
 * Shape: JSON in `operation.contract`; an empty text there stands for a source without schemas (a collection, an older case).
 */
export interface OperationContract {
  readonly parameters: readonly ContractParameter[];
  readonly request?: ContractBody;
  /** By status as the description spells it: `200`, `2XX`, `default`. */
  readonly responses: Readonly<Record<string, ContractBody>>;
  /** Alternatives, each a list of kinds of credential that are needed together; an empty inner list allows anyone. */
  readonly auth: readonly (readonly string[])[];
  /** Absent where no answer has any. */
  readonly links?: readonly ContractLink[];
  /** True when a schema was too large or too deep and is kept in part. */
  readonly isPartial?: boolean;
}
