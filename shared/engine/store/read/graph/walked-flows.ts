import type { CallFilter } from '../calls/calls.ts';
import type { SqlDriver } from '../../driver.ts';
import { flowIndex, modelEndpoints } from './flow-index.ts';
import type { FlowSource } from './flow-source.ts';
import { flowTally } from './flows.ts';
import { walkCalls, type WalkControl } from './walk-calls.ts';

/** The flows of the calls that a filter matches, read from the case in slices: for a case of any size, and for what analysis keeps. */
export function walkedFlows(db: SqlDriver, filter: CallFilter, control: WalkControl): FlowSource {
  return {
    async flows() {
      const index = flowIndex(modelEndpoints(db));
      const tally = flowTally();
      await walkCalls(
        db,
        filter,
        true,
        (call, links) => {
          tally.add(index.numberOf(call.principal, call.endpoint, links), call.time, call.failed === 1);
          return true;
        },
        control,
      );
      return tally.flows(index.shapes);
    },
    async callsOf(fits, most) {
      const index = flowIndex(modelEndpoints(db));
      const fitting: (boolean | undefined)[] = [];
      const ids: number[] = [];
      await walkCalls(
        db,
        filter,
        true,
        (call, links) => {
          const flow = index.numberOf(call.principal, call.endpoint, links);
          const shape = index.shapes[flow];
          if ((fitting[flow] ??= shape !== undefined && fits(shape))) ids.push(call.id);
          return ids.length < most;
        },
        control,
      );
      return ids;
    },
    times: (_step, visit) =>
      walkCalls(
        db,
        filter,
        false,
        ({ principal, time }) => {
          if (time !== null) visit(principal, time, 1);
          return true;
        },
        control,
      ),
  };
}
