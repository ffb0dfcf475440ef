import type { WeekOfGrowth } from '../../../../contract/compare.ts';
import { weekOf } from '../../../../lib/weeks.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';

interface Week {
  calls: number;
  readonly endpoints: Set<number>;
  readonly callers: Set<number>;
}

/** Counts calls, endpoints, callers and agents by week, and which of them are new in it. */
export interface Growth {
  /** Units: `time` in epoch µs; the order of calls does not matter. */
  readonly add: (time: number, endpoint: number | null, principal: number | null) => void;
  /** In order of time; a week without calls between others is left out. */
  readonly weeks: () => readonly WeekOfGrowth[];
}

/** Begins to count. `agents` are principals by row id. Cost: sets of ids by week, no calls. */
export function createGrowth(agents: ReadonlySet<number>): Growth {
  const weeks = new Map<number, Week>();
  return {
    add(time, endpoint, principal) {
      const start = weekOf(time);
      let week = weeks.get(start);
      if (week === undefined) weeks.set(start, (week = { calls: 0, endpoints: new Set(), callers: new Set() }));
      week.calls += 1;
      if (endpoint !== null) week.endpoints.add(endpoint);
      if (principal !== null) week.callers.add(principal);
    },
    weeks() {
      const [knownEndpoints, knownCallers] = [new Set<number>(), new Set<number>()];
      return [...weeks]
        .sort(([a], [b]) => a - b)
        .map(([start, { calls, endpoints, callers }]) => {
          const newEndpoints = [...endpoints].filter((id) => !knownEndpoints.has(id));
          const newCallers = [...callers].filter((id) => !knownCallers.has(id));
          for (const id of newEndpoints) knownEndpoints.add(id);
          for (const id of newCallers) knownCallers.add(id);
          return {
            week: printTime(epochMicros(start)),
            calls,
            endpoints: endpoints.size,
            newEndpoints: newEndpoints.length,
            callers: callers.size,
            newCallers: newCallers.length,
            agents: [...callers].filter((id) => agents.has(id)).length,
            newAgents: newCallers.filter((id) => agents.has(id)).length,
          };
        });
    },
  };
}
