import { groupBy } from '../../../lib/group-by.ts';
import type { ContractLink, LinkedParameter, OperationContract } from '../../../model/operation-contract.ts';
import { parseRuntimeExpression, type RuntimePlace } from '../../../model/runtime-expression.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** A name out of a description is shown as far as this. Units: characters. */
const MAX_NAME = 80;

/** An operation of a description that calls of an endpoint asked for. */
export interface CalledOperation {
  readonly endpoint: number;
  /** As the description writes it, without the server's base path. */
  readonly path: string;
}

/** A value that the answer of one operation has for a parameter of another. */
export interface LinkValue {
  readonly from: RuntimePlace;
  readonly to: Pick<LinkedParameter, 'name' | 'in'>;
}

/** A link of a loaded description, both ends of which were called. */
export interface OperationLink {
  /** For a sentence: link and description. */
  readonly name: string;
  /** True for answers that have the link. */
  readonly hasStatus: (status: number) => boolean;
  readonly from: readonly CalledOperation[];
  readonly to: readonly CalledOperation[];
  /** At least one of them comes from the answer. */
  readonly values: readonly LinkValue[];
}

interface Row extends CalledOperation {
  readonly specification: number;
  readonly method: string;
  readonly title: string;
  readonly version: string;
  /** Empty where nothing is linked. */
  readonly contract: string;
}

const short = (text: string): string => (text.length <= MAX_NAME ? text : `${text.slice(0, MAX_NAME - 1)}…`);

/** Source: OpenAPI, "Responses Object": a code, a range such as `2XX`, or all that no code is given for. */
const statusTest =
  (given: string, codes: readonly string[]) =>
  (status: number): boolean => {
    const [exact, range] = [String(status), `${String(status).slice(0, 1)}XX`];
    const known = codes.map((code) => code.toUpperCase());
    const named = known.includes(exact) ? exact : known.includes(range) ? range : 'DEFAULT';
    return given.toUpperCase() === named;
  };

function valuesOf({ parameters }: ContractLink): readonly LinkValue[] {
  const values = parameters.flatMap(({ from, ...to }) => {
    const place = parseRuntimeExpression(from);
    return place === undefined ? [] : [{ from: place, to }];
  });
  // An expression that says nothing of a value leaves nothing to compare; the others decide then.
  return values.some(({ from }) => from.side === 'response') ? values : [];
}

/** The links of all loaded descriptions between operations that were called. */
export function readOperationLinks(db: SqlDriver): readonly OperationLink[] {
  const rows = db
    .prepare(
      `SELECT e.id AS endpoint, o.path, o.specification_id AS specification, upper(o.method) AS method, s.title, s.version,
              iif(instr(o.contract, '"links":') > 0, o.contract, '') AS contract
         FROM endpoint e JOIN operation o ON o.id = e.operation_id JOIN specification s ON s.id = o.specification_id
        WHERE upper(o.method) = e.method AND e.calls > 0 ORDER BY e.key`,
    )
    .all<Row>();
  const keyOf = (specification: number, method: string, path: string): string => `${String(specification)} ${method} ${path}`;
  const called = groupBy(rows, (row) => keyOf(row.specification, row.method, row.path));
  return [...called.values()].flatMap((from) => {
    const [first] = from;
    if (first === undefined || first.contract === '') return [];
    // Written by `importers/openapi/contract.ts`.
    const { links = [], responses } = JSON.parse(first.contract) as OperationContract;
    return links.flatMap((link): OperationLink[] => {
      const to = called.get(keyOf(first.specification, link.method, link.path)) ?? [];
      const values = valuesOf(link);
      if (to.length === 0 || values.length === 0) return [];
      const name = `link ${short(link.name)} of the description ${short(`${first.title} ${first.version}`.trim())}`;
      return [{ name, hasStatus: statusTest(link.status, Object.keys(responses)), from, to, values }];
    });
  });
}
