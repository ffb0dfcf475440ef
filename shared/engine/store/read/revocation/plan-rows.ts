import type { RevocationPlan } from '../../../../contract/revocation.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import { pivotOf } from './pivot.ts';
import type { WholePlan } from './plan.ts';

/** The plan as screens list it. */
export function toRevocationPlan(plan: WholePlan): RevocationPlan {
  const { end } = plan.facts.facts;
  return {
    ...(end === undefined ? {} : { evidenceEnd: printTime(epochMicros(end)) }),
    rows: plan.entries.map(({ row }) => row),
    omitted: plan.omitted,
    callers: plan.callers,
    pivot: pivotOf(plan),
  };
}
