import { isGrpcTool, operationOfTool } from '../../../model/inner-operation.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { Names } from '../principals/names.ts';

/** Operations told apart on one path; a caller can invent names without end, and the ones after these count for the path itself. */
export const MAX_OPERATIONS = 2000;

/** What the calls of one path asked for. */
export interface InnerOperations {
  /** The operation of a call, as endpoints name it. Shape: `tool` is a row of `term`. */
  of(method: string, tool: number | null): string | undefined;
  /** True where every segment of the path is a name. */
  isLiteral(tool: number | null): boolean;
  /** The operation again, or `undefined` where its path has too many already. */
  admit(place: string, operation: string | undefined): string | undefined;
}

/** Reads what `tool` says about the calls of a case. */
export function createInnerOperations(db: SqlDriver, names: Names): InnerOperations {
  const typed = readTyped(db);
  const places = new Map<string, Set<string>>();
  return {
    of(method, tool) {
      if (tool === null) return undefined;
      const operation = operationOfTool(method, names.find(tool));
      return operation === undefined ? undefined : (typed.get(operation) ?? operation);
    },
    isLiteral: (tool) => tool !== null && isGrpcTool(names.find(tool)),
    admit(place, operation) {
      if (operation === undefined) return undefined;
      let known = places.get(place);
      if (known === undefined) places.set(place, (known = new Set()));
      if (!known.has(operation) && known.size >= MAX_OPERATIONS) return undefined;
      known.add(operation);
      return operation;
    },
  };
}

/**
 * What `operation GetUser`, whose text the server keeps, is called where a call of the same case shows its text: `query GetUser`.
 * A name that is both a query and a mutation stays as it is.
 */
function readTyped(db: SqlDriver): ReadonlyMap<string, string> {
  const found = new Map<string, string | undefined>();
  for (const { value } of db.prepare("SELECT value FROM term WHERE value GLOB 'graphql:*'").all<{ value: string }>()) {
    const [, name] = /^graphql:(?:query|mutation|subscription) (\w+)$/.exec(value) ?? [];
    if (name === undefined) continue;
    const key = `operation ${name}`;
    found.set(key, found.has(key) ? undefined : value.slice('graphql:'.length));
  }
  return new Map([...found].flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));
}
