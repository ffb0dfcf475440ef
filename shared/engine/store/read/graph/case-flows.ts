import { FAILED_SQL } from '../../call-answer.ts';
import type { CallColumns } from '../../columns/call-columns.ts';
import { SLICE } from '../../columns/load-columns.ts';
import type { SqlDriver } from '../../driver.ts';
import { caseLinks } from './case-links.ts';
import { flowIndex, modelEndpoints, type FlowShape, type IntoCall } from './flow-index.ts';

/** The flow of every call of a case that is kept in memory. */
export interface CaseFlows {
  readonly shapes: readonly FlowShape[];
  /** By ordinal of the call. Units: 4 bytes a call. */
  readonly flowOf: Int32Array;
}

/** Works out the flows once and keeps them with the columns. Cost: one walk over two columns and the links. */
export function caseFlows(db: SqlDriver, columns: CallColumns): Promise<CaseFlows> {
  return columns.derived('graph flows', async (breathe) => {
    await columns.need(['f.principal_id', 'f.endpoint_id', 'c.time', FAILED_SQL]);
    const callers = await columns.idsOf('f.principal_id');
    const targets = await columns.idsOf('f.endpoint_id');
    const links = await caseLinks(db, columns);
    const index = flowIndex(modelEndpoints(db));
    const flowOf = new Int32Array(callers.length);
    let link = 0;
    for (let ordinal = 0; ordinal < callers.length; ordinal += 1) {
      if (ordinal % SLICE === 0) await breathe();
      const into: IntoCall[] = [];
      for (; links.to[link] === ordinal; link += 1) {
        const endpoint = targets[links.from[link] ?? 0] ?? 0;
        into.push({ endpoint, kind: links.kind[link] ?? 0, confidence: links.confidence[link] ?? 0 });
      }
      flowOf[ordinal] = index.numberOf(callers[ordinal] ?? 0, targets[ordinal] ?? 0, into);
    }
    return { shapes: index.shapes, flowOf };
  });
}
