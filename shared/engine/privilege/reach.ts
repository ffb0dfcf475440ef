import { isWildcardScope } from '../../model/claims.ts';
import type { Needs, OperationNeed } from '../detectors/jwt/scopes.ts';
import { isCovered } from '../../model/scopes.ts';

/** Operations within reach and never used that are named; all are counted. */
export const MAX_NAMED = 200;

/** One scope of a principal: what it opens, and what of that was used. */
export interface ScopeReach {
  readonly scope: string;
  readonly wildcard: boolean;
  /** Described or learnt operations that ask for it. */
  readonly reaches: number;
  /** Of these, called in the observation window. */
  readonly used: number;
  /** Of these, called in an incident. */
  readonly incident: number;
  /** Those that it opens, called ones first; at most `MAX_NAMED`. Left out in what earlier versions wrote. */
  readonly opened?: readonly OpenedOperation[];
}

/** An operation that a scope opens. `endpoints`: row ids of those behind it that were called, or of the one that was not. */
export interface OpenedOperation {
  readonly operation?: number | undefined;
  readonly endpoints: readonly number[];
  readonly used: boolean;
  readonly incident: boolean;
}

/** An operation that a principal may call. */
export interface ReachedOperation {
  readonly operation?: number | undefined;
  readonly endpoint?: number | undefined;
  readonly sensitivity: number;
  readonly movesMoney: boolean;
}

/** What a principal may do against what it does. `how` says where the needs of operations come from. */
export interface Reach {
  readonly how: Needs['how'];
  readonly scopes: readonly ScopeReach[];
  readonly operations: number;
  readonly used: number;
  /** Never called, the most sensitive first; at most `MAX_NAMED`. */
  readonly unused: readonly ReachedOperation[];
  /** Never called, and of the most sensitive kind or moving money. */
  readonly unusedSensitive: number;
}

const isSensitive = ({ sensitivity, movesMoney }: OperationNeed): boolean => sensitivity >= 3 || movesMoney;

/** The same operation may stand behind several endpoints (tools of one path): it counts once. */
const identityOf = ({ operation, endpoint }: OperationNeed): string =>
  operation === undefined ? `endpoint ${String(endpoint)}` : String(operation);

/** Remembers which scope gives which: principals of a kind hold the same ones. */
export function coverCache(): (needed: string, granted: string) => boolean {
  const known = new Map<string, boolean>();
  return (needed, granted) => {
    const key = JSON.stringify([needed, granted]);
    let answer = known.get(key);
    if (answer === undefined) known.set(key, (answer = isWildcardScope(granted) && granted === '*' ? true : isCovered(needed, [granted])));
    return answer;
  };
}

/**
 * Compares what the granted scopes open with what was called.
 * Shape: `called` and `inIncident` are row ids of endpoints.
 */
export function measureReach(
  needs: Needs,
  granted: readonly string[],
  called: ReadonlySet<number>,
  inIncident: ReadonlySet<number>,
  covers: (needed: string, granted: string) => boolean,
): Reach {
  const byOperation = new Map<string, OperationNeed[]>();
  for (const need of needs.operations) {
    const name = identityOf(need);
    byOperation.set(name, [...(byOperation.get(name) ?? []), need]);
  }
  const tallies = new Map(granted.map((scope) => [scope, { reaches: 0, used: 0, incident: 0, opened: new Array<OpenedOperation>() }]));
  const unused: OperationNeed[] = [];
  let [operations, used] = [0, 0];
  const has = (group: readonly OperationNeed[], of: ReadonlySet<number>): boolean =>
    group.some(({ endpoint }) => endpoint !== undefined && of.has(endpoint));
  for (const group of byOperation.values()) {
    const first = group[0];
    if (first === undefined) continue;
    const [isUsed, isIncident] = [has(group, called), has(group, inIncident)];
    for (const [scope, tally] of tallies) {
      if (!first.scopes.some((need) => covers(need, scope))) continue;
      tally.reaches += 1;
      if (isUsed) tally.used += 1;
      if (isIncident) tally.incident += 1;
      tally.opened.push(toOpened(group, isUsed, isIncident, called, inIncident));
    }
    const reachable = first.alternatives.some((alternative) => alternative.every((need) => granted.some((scope) => covers(need, scope))));
    if (!reachable) continue;
    operations += 1;
    if (isUsed) used += 1;
    else unused.push(first);
  }
  unused.sort((a, b) => Number(isSensitive(b)) - Number(isSensitive(a)) || b.sensitivity - a.sensitivity);
  return {
    how: needs.how,
    scopes: [...tallies].map(([scope, { opened, ...tally }]) => ({
      scope,
      wildcard: isWildcardScope(scope),
      ...tally,
      opened: opened.sort((a, b) => weightOf(b) - weightOf(a)).slice(0, MAX_NAMED),
    })),
    operations,
    used,
    unused: unused
      .slice(0, MAX_NAMED)
      .map(({ operation, endpoint, sensitivity, movesMoney }) => ({ operation, endpoint, sensitivity, movesMoney })),
    unusedSensitive: unused.filter(isSensitive).length,
  };
}

const weightOf = ({ used, incident }: OpenedOperation): number => (used ? 2 : 0) + (incident ? 1 : 0);

function toOpened(
  group: readonly OperationNeed[],
  used: boolean,
  incident: boolean,
  called: ReadonlySet<number>,
  inIncident: ReadonlySet<number>,
): OpenedOperation {
  const known = group.flatMap(({ endpoint }) => (endpoint === undefined ? [] : [endpoint]));
  const touched = known.filter((endpoint) => called.has(endpoint) || inIncident.has(endpoint));
  return { operation: group[0]?.operation, endpoints: touched.length > 0 ? touched : known.slice(0, 1), used, incident };
}
