import { LINK_KINDS } from '../store/read/graph/case-links.ts';
import { everyCall } from '../store/read/calls/calls.ts';
import type { FlowSource } from '../store/read/graph/flow-source.ts';
import type { Flow } from '../store/read/graph/flows.ts';
import { keptStep, printOrigins } from '../store/read/graph/kept-flows.ts';
import { walkedFlows } from '../store/read/graph/walked-flows.ts';
import { bulkInsert } from '../store/bulk-insert.ts';
import { flowTables } from '../store/migrations/0022-flows.ts';
import type { Pass, PassContext } from './pass.ts';

/** Most flows, and most cells of callers by time, that are kept: a case with more is counted when it is asked, since a table of that size saves little. */
const MOST_KEPT = 100_000;

/** Calls of each caller by slice: `count[principal][start]`. */
type Cells = ReadonlyMap<number, ReadonlyMap<number, number>>;

function write({ db }: PassContext, flows: readonly Flow[], cells: Cells): void {
  const rows = bulkInsert(db, 'flow', [
    'id',
    'principal_id',
    'endpoint_id',
    'by_endpoint_id',
    'by_kind',
    'led_by',
    'calls',
    'failed',
    'timed',
    'first_seen',
    'last_seen',
  ]);
  for (const [index, { principal, endpoint, by, ledBy, calls, failed, timed, first, last }] of flows.entries()) {
    const kind = by === undefined ? null : (LINK_KINDS[by.kind] ?? null);
    const span = timed === 0 ? ([null, null] as const) : ([first, last] as const);
    rows.add(index + 1, principal, endpoint, by?.endpoint ?? null, kind, printOrigins(ledBy), calls, failed, timed, ...span);
  }
  rows.flush();
  const times = bulkInsert(db, 'flow_time', ['principal_id', 'start', 'calls']);
  for (const [principal, starts] of cells) for (const [start, calls] of starts) times.add(principal, start, calls);
  times.flush();
}

/** Counts the calls of each caller in slices of time; `undefined` when there are too many cells. Cost: one walk over the calls. */
async function countTimes(source: FlowSource, step: number): Promise<Cells | undefined> {
  const cells = new Map<number, Map<number, number>>();
  let size = 0;
  await source.times(step, (principal, time, calls) => {
    if (size > MOST_KEPT) return;
    const start = Math.floor(time / step) * step;
    const own = cells.get(principal) ?? new Map<number, number>();
    if (own.size === 0) cells.set(principal, own);
    if (!own.has(start)) size += 1;
    own.set(start, (own.get(start) ?? 0) + calls);
  });
  return size > MOST_KEPT ? undefined : cells;
}

const count = (value: number): string => value.toLocaleString('en-US');

/** Counts who called what, made by what and because of what, so that the map of all calls needs no walk over them. Units: nothing a call. */
export const flowsPass: Pass = {
  id: 'flows',
  version: 2,
  title: 'Flows',
  needs: ['attribution', 'chains', 'endpoints'],
  fills: flowTables,
  async run(context) {
    const { db, breathe, progress } = context;
    const control = {
      breathe,
      progress: (done: number, total: number) => {
        progress(done, 2 * total);
      },
    };
    const source = walkedFlows(db, everyCall, control);
    const flows = await source.flows();
    const step = keptStep(flows);
    const cells = flows.length > MOST_KEPT ? undefined : step === undefined ? new Map() : await countTimes(source, step);
    db.transaction(() => {
      for (const table of flowTables) db.exec(`DELETE FROM ${table}`);
      if (cells !== undefined) write(context, flows, cells);
    });
    return `${count(flows.length)} ways in which calls came about: by whom, on what, made by what and led to by what.`;
  },
};
