import type { ContractBody, OperationContract, PlainSchema } from '../../../model/operation-contract.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** A contract made ready for questions. */
export interface Contract {
  readonly contract: OperationContract;
  /** Documented query parameters; `undefined` when some parameter may stand under other names. */
  readonly queryNames: ReadonlySet<string> | undefined;
  /** True when every alternative asks for a credential. */
  readonly isSecured: boolean;
  /** Kinds of credential that fit; `undefined` when any does. */
  readonly authKinds: ReadonlySet<string> | undefined;
  /** What the description says of answers with this status; `undefined` when it does not know it. */
  answer(status: number): ContractBody | undefined;
  /** True when the status is in the description, or one that servers and gateways give by themselves. */
  knowsStatus(status: number): boolean;
}

/**
 * Statuses that say nothing about an operation: what servers, gateways and proxies in front of it answer by themselves, and what HTTP
 * defines for any resource. Source: RFC 9110 section 15.
 */
const OF_ANY_SERVER = new Set([304, 400, 401, 403, 404, 405, 406, 408, 411, 413, 414, 415, 416, 417, 426, 429, 431, 500, 501, 502, 503, 504, 505, 511]); // prettier-ignore

/** Contracts by endpoint; only endpoints called with the method that is described (HEAD and OPTIONS come in other ways). */
export function readContracts(db: SqlDriver): ReadonlyMap<number, Contract> {
  const rows = db
    .prepare(
      "SELECT e.id, o.contract, o.secured FROM endpoint e JOIN operation o ON o.id = e.operation_id WHERE o.contract <> '' AND upper(o.method) = e.method",
    )
    .all<{ id: number; contract: string; secured: number }>();
  // Written by `store/write.ts` out of `openapi/contract.ts`.
  return new Map(rows.map(({ id, contract, secured }) => [id, toContract(JSON.parse(contract) as OperationContract, secured === 1)]));
}

/** Prepares one contract. */
function toContract(contract: OperationContract, isSecured: boolean): Contract {
  const query = contract.parameters.filter((parameter) => parameter.in === 'query');
  const kinds = new Set(contract.auth.flat());
  const codes = Object.keys(contract.responses);
  const hasClass = (digit: string): boolean => codes.some((code) => code.startsWith(digit));
  const find = (status: number): ContractBody | undefined => {
    const exact = contract.responses[String(status)];
    if (exact !== undefined) return exact;
    const range = codes.find((code) => code.toUpperCase() === `${String(status)[0] ?? ''}XX`);
    return range === undefined ? contract.responses['default'] : contract.responses[range];
  };
  return {
    contract,
    queryNames: query.some((parameter) => parameter.spread === true) ? undefined : new Set(query.map((parameter) => parameter.name)),
    isSecured: isSecured && contract.auth.length > 0 && contract.auth.every((alternative) => alternative.length > 0),
    authKinds: kinds.has('any') || kinds.size === 0 ? undefined : kinds,
    answer: find,
    knowsStatus(status) {
      if (codes.length === 0 || find(status) !== undefined || OF_ANY_SERVER.has(status)) return true;
      // Most descriptions list successes only: errors count once the author began to list errors.
      return status >= 400 && !hasClass(String(status)[0] ?? '');
    },
  };
}

/** The media type without parameters, in lower case. */
export const toMediaType = (value: string | undefined): string | undefined => {
  const type = value?.split(';')[0]?.trim().toLowerCase();
  return type === undefined || !/^[\w.+-]+\/[\w.+*-]+$/.test(type) ? undefined : type;
};

/** True for `application/json` and its relatives. */
export const isJsonType = (type: string): boolean => /[/+]json$/.test(type);

/** What is known of a body of this media type; `undefined` when the description does not have the type. */
export function schemaFor(body: ContractBody, type: string | undefined): { readonly schema: PlainSchema } | undefined {
  const entries = Object.entries(body.content);
  if (type === undefined) {
    const json = entries.find(([name]) => isJsonType(name));
    return json === undefined ? undefined : { schema: json[1] };
  }
  const wide = `${type.split('/')[0] ?? ''}/*`;
  const found =
    entries.find(([name]) => name === type) ?? entries.find(([name]) => name === wide) ?? entries.find(([name]) => name === '*/*');
  return found === undefined ? undefined : { schema: found[1] };
}
