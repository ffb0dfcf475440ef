import { FAILED_SQL } from '../../call-answer.ts';
import type { Found } from '../../columns/call-search.ts';
import { SLICE } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import { caseFlows } from './case-flows.ts';
import type { FlowSource } from './flow-source.ts';
import { flowTally } from './flows.ts';

/** The flows of calls that were found in memory. Cost: one walk over the columns a question, once they are read. */
export function foundFlows(db: SqlDriver, { columns, mask }: Found, breathe: () => Promise<void>): FlowSource {
  return {
    async flows() {
      const { shapes, flowOf } = await caseFlows(db, columns);
      const times = await columns.numbersOf('c.time');
      const failed = await columns.numbersOf(FAILED_SQL);
      const tally = flowTally();
      for (let ordinal = 0; ordinal < mask.length; ordinal += 1) {
        if (ordinal % SLICE === 0) await breathe();
        if (mask[ordinal] === 1) tally.add(flowOf[ordinal] ?? 0, times[ordinal] ?? NaN, failed[ordinal] === 1);
      }
      return tally.flows(shapes);
    },
    async callsOf(fits, most) {
      const { shapes, flowOf } = await caseFlows(db, columns);
      const isFit = Uint8Array.from(shapes, (shape) => Number(fits(shape)));
      const ids: number[] = [];
      for (let ordinal = 0; ordinal < mask.length && ids.length < most; ordinal += 1) {
        if (ordinal % SLICE === 0) await breathe();
        if (mask[ordinal] === 1 && isFit[flowOf[ordinal] ?? 0] === 1) ids.push(columns.ids[ordinal] ?? 0);
      }
      return ids;
    },
    async times(_step, visit) {
      await columns.need(['f.principal_id', 'c.time']);
      const callers = await columns.idsOf('f.principal_id');
      const times = await columns.numbersOf('c.time');
      for (let ordinal = 0; ordinal < mask.length; ordinal += 1) {
        if (ordinal % SLICE === 0) await breathe();
        const time = times[ordinal] ?? NaN;
        if (mask[ordinal] === 1 && !Number.isNaN(time)) visit(callers[ordinal] ?? 0, time, 1);
      }
    },
  };
}
