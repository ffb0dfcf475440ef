import { isCovered } from '../../../model/scopes.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { SeenToken } from './claims.ts';

/** Tokens with different scopes needed before the scopes of an operation can be learnt from who got through. */
const MIN_SCOPE_SETS = 2;
/** Tokens that must have got through, so that chance does not make a requirement. */
const MIN_TOKENS = 3;
/** A requirement learnt must be small: what all tokens share by habit is no requirement. */
const MAX_LEARNT = 3;

/** What one endpoint asks for. */
export interface OperationNeed {
  /** Row of the described operation, which is one for all that its path is asked to do; `undefined` where the need was learnt. */
  readonly operation?: number;
  readonly endpoint: number | undefined;
  /** Scopes of any alternative. */
  readonly scopes: readonly string[];
  /** One inner list per alternative; scopes needed together. */
  readonly alternatives: readonly (readonly string[])[];
  readonly sensitivity: number;
  readonly movesMoney: boolean;
}

export interface Needs {
  readonly how: 'specification' | 'learnt' | 'none';
  readonly operations: readonly OperationNeed[];
  readonly byEndpoint: ReadonlyMap<number, OperationNeed>;
}

interface SecurityRow {
  readonly operation: number;
  readonly id: number | null;
  readonly security: string;
  readonly sensitivity: number | null;
  readonly flags: string | null;
}

/** Written by the import: one inner list per alternative. */
function alternativesOf(security: string): readonly (readonly string[])[] {
  const value: unknown = JSON.parse(security);
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown) => {
    // Both spellings mean scopes needed together: a list of requirements, or one requirement.
    const parts: readonly unknown[] = Array.isArray(item) ? item : [item];
    return parts.flatMap((part) =>
      typeof part === 'object' && part !== null && 'scopes' in part && Array.isArray(part.scopes)
        ? part.scopes.filter((scope): scope is string => typeof scope === 'string')
        : [],
    );
  });
}

function fromSpecification(db: SqlDriver): readonly OperationNeed[] {
  const rows = db
    .prepare(
      'SELECT o.id AS operation, e.id, o.security, e.sensitivity, e.flags FROM operation o LEFT JOIN endpoint e ON e.operation_id = o.id ORDER BY o.id, e.key',
    )
    .all<SecurityRow>();
  return rows.flatMap((row) => {
    const alternatives = alternativesOf(row.security).filter((scopes) => scopes.length > 0);
    if (alternatives.length === 0) return [];
    return [
      {
        operation: row.operation,
        endpoint: row.id ?? undefined,
        alternatives,
        scopes: [...new Set(alternatives.flat())],
        sensitivity: row.sensitivity ?? 0,
        movesMoney: row.flags?.includes('moves-money') === true,
      },
    ];
  });
}

/** What all tokens that got through had in common, minus what a refused one had as well. */
function learn(db: SqlDriver, tokens: readonly SeenToken[]): readonly OperationNeed[] {
  const outcomes = db.prepare(
    `SELECT f.endpoint_id AS endpoint, max(c.status BETWEEN 200 AND 299) AS passed, max(c.status = 403) AS refused
     FROM call c JOIN call_fact f ON f.call_id = c.id WHERE c.credential_id = ? AND f.endpoint_id IS NOT NULL GROUP BY f.endpoint_id`,
  );
  const passed = new Map<number, SeenToken[]>();
  const refused = new Map<number, SeenToken[]>();
  for (const token of tokens) {
    for (const row of outcomes.all<{ endpoint: number; passed: number | null; refused: number | null }>(token.credential)) {
      if (row.passed === 1) passed.set(row.endpoint, [...(passed.get(row.endpoint) ?? []), token]);
      else if (row.refused === 1) refused.set(row.endpoint, [...(refused.get(row.endpoint) ?? []), token]);
    }
  }
  const facts = db.prepare('SELECT sensitivity, flags FROM endpoint WHERE id = ?');
  return [...passed].flatMap(([endpoint, group]) => {
    const sets = new Set(group.map((token) => [...token.scopes].sort().join(' ')));
    if (group.length < MIN_TOKENS || sets.size < MIN_SCOPE_SETS) return [];
    const shared = (group[0]?.scopes ?? []).filter((scope) => group.every((token) => token.scopes.includes(scope)));
    const telling = shared.filter((scope) => !(refused.get(endpoint) ?? []).some((token) => token.scopes.includes(scope)));
    if (telling.length === 0 || telling.length > MAX_LEARNT) return [];
    const fact = facts.get<{ sensitivity: number; flags: string }>(endpoint);
    return [
      {
        endpoint,
        scopes: telling,
        alternatives: [telling],
        sensitivity: fact?.sensitivity ?? 0,
        movesMoney: fact?.flags.includes('moves-money') === true,
      },
    ];
  });
}

/** What operations ask for: by the API descriptions, else learnt from the tokens that got through. */
export function readNeeds(db: SqlDriver, tokens: readonly SeenToken[]): Needs {
  let how: Needs['how'] = 'specification';
  let operations = fromSpecification(db);
  if (operations.length === 0) {
    operations = learn(db, tokens);
    how = operations.length === 0 ? 'none' : 'learnt';
  }
  const byEndpoint = new Map<number, OperationNeed>();
  for (const operation of operations) if (operation.endpoint !== undefined) byEndpoint.set(operation.endpoint, operation);
  return { how, operations, byEndpoint };
}

/** Scopes that the successful calls of these tokens needed. `isKnown` is false when no call met an operation with a need. */
export function usedScopes(
  db: SqlDriver,
  tokens: readonly SeenToken[],
  needs: Needs,
): { readonly scopes: ReadonlySet<string>; readonly isKnown: boolean; readonly how: Needs['how'] } {
  const granted = tokens.flatMap((token) => token.scopes);
  // The plus keeps SQLite from walking the index of all statuses instead of the credential's few calls.
  const select = db.prepare(
    'SELECT DISTINCT f.endpoint_id AS id FROM call c JOIN call_fact f ON f.call_id = c.id WHERE c.credential_id = ? AND +c.status BETWEEN 200 AND 399 AND f.endpoint_id IS NOT NULL',
  );
  const scopes = new Set<string>();
  for (const token of tokens) {
    for (const row of select.all<{ id: number }>(token.credential)) {
      const need = needs.byEndpoint.get(row.id);
      if (need === undefined) continue;
      // Of several ways in, the one that the token could take is the one it took.
      const taken =
        need.alternatives.find((alternative) => alternative.every((scope) => isCovered(scope, granted))) ?? need.alternatives[0] ?? [];
      for (const scope of taken) scopes.add(scope);
    }
  }
  return { scopes, isKnown: scopes.size > 0, how: needs.how };
}
