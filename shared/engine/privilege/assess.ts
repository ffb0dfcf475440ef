import type { SqlDriver } from '../store/driver.ts';
import type { CaseFacts } from './case-facts.ts';
import type { ControlInput } from './control.ts';
import { controls } from './controls/index.ts';
import type { Phase } from './phases.ts';
import { prepareSubject } from './prepare.ts';
import { measureReach, type Reach } from './reach.ts';
import { replayControl, type ControlOutcome } from './replay.ts';

/** What is kept of one principal; texts of policies are written from it when they are asked for. Units: µs for times. */
export interface Assessment {
  readonly observed?: readonly [number, number];
  readonly observedFrom: 'baseline' | 'all';
  readonly holdOut: boolean;
  readonly calls: Readonly<Record<Phase, number>>;
  readonly reach: Reach;
  readonly outcomes: readonly ControlOutcome[];
}

/** What one principal did with one endpoint, in calls by phase. */
export interface OperationCount {
  readonly endpoint: number;
  readonly permitted: boolean;
  readonly calls: Readonly<Record<Phase, number>>;
}

/** Counts the calls of a principal by endpoint and phase. Calls of no endpoint are of none. */
function countOperations({ calls, phases, permitted }: ControlInput): readonly OperationCount[] {
  const counts = new Map<number, Record<Phase, number>>();
  for (let index = 0; index < calls.count; index += 1) {
    const [endpoint, phase] = [calls.endpoint[index] ?? 0, phases.of[index]];
    if (endpoint === 0 || phase === undefined) continue;
    let own = counts.get(endpoint);
    if (own === undefined) counts.set(endpoint, (own = { training: 0, legitimate: 0, incident: 0, other: 0 }));
    own[phase] += 1;
  }
  return [...counts].map(([endpoint, own]) => ({ endpoint, permitted: permitted.has(endpoint), calls: own }));
}

/** Learns the smallest policy of one principal, measures its reach and plays its calls to every control. */
export async function assessPrincipal(
  db: SqlDriver,
  principal: number,
  facts: CaseFacts,
  covers: (needed: string, granted: string) => boolean,
  breathe: () => Promise<void>,
): Promise<{ readonly assessment: Assessment; readonly operations: readonly OperationCount[] }> {
  const input = await prepareSubject(db, principal, facts, breathe);
  const operations = countOperations(input);
  const outcomes: ControlOutcome[] = [];
  for (const control of controls) {
    const outcome = await replayControl(control, input, breathe);
    if (outcome !== undefined) outcomes.push(outcome);
  }
  const carried = (facts.tokens.get(principal) ?? []).flatMap(({ scopes }) => scopes);
  const granted = [...new Set([...carried, ...(facts.listed.get(principal) ?? [])])].sort();
  const inIncident = new Set(operations.filter(({ calls }) => calls.incident > 0).map(({ endpoint }) => endpoint));
  const { observed, observedFrom, holdOut, counts } = input.phases;
  return {
    operations,
    assessment: {
      ...(observed === undefined ? {} : { observed: [observed.from, observed.to] as const }),
      observedFrom,
      holdOut,
      calls: counts,
      reach: measureReach(facts.needs, granted, input.permitted, inIncident, covers),
      outcomes,
    },
  };
}
