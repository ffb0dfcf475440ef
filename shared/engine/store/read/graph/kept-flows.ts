import { HEAT_SLICES } from '../../../../contract/graph.ts';
import type { SqlDriver } from '../../driver.ts';
import { getMeta } from '../../meta.ts';
import { sliceLength } from '../calls/activity.ts';
import { LINK_KINDS } from './case-links.ts';
import type { Origin } from './flow-index.ts';
import type { FlowSource } from './flow-source.ts';
import type { Flow } from './flows.ts';

/** Length of the slices that the analysis counts the calls of each caller in; `undefined` where no call has a time. Units: µs. */
export function keptStep(flows: readonly Flow[]): number | undefined {
  const first = flows.reduce((least, flow) => Math.min(least, flow.first), Infinity);
  const last = flows.reduce((latest, flow) => Math.max(latest, flow.last), -Infinity);
  return first > last ? undefined : sliceLength(first, last, HEAT_SLICES);
}

interface FlowRow {
  readonly principal_id: number;
  readonly endpoint_id: number;
  readonly by_endpoint_id: number | null;
  readonly by_kind: string | null;
  readonly led_by: string;
  readonly calls: number;
  readonly failed: number;
  readonly timed: number;
  readonly first_seen: number | null;
  readonly last_seen: number | null;
}

const kindOf = (name: string | null): number => LINK_KINDS.findIndex((kind) => kind === name);

/** Origins as one text, `7 value, 9 trace`. */
export const printOrigins = (origins: readonly Origin[]): string =>
  origins.map(({ endpoint, kind }) => `${String(endpoint)} ${LINK_KINDS[kind] ?? ''}`).join(', ');

const parseOrigins = (text: string): readonly Origin[] =>
  text === ''
    ? []
    : text.split(', ').map((origin) => {
        const [endpoint = '', kind = ''] = origin.split(' ');
        return { endpoint: Number(endpoint), kind: kindOf(kind) };
      });

const toFlow = (row: FlowRow): Flow => ({
  principal: row.principal_id,
  endpoint: row.endpoint_id,
  by: row.by_endpoint_id === null ? undefined : { endpoint: row.by_endpoint_id, kind: kindOf(row.by_kind) },
  ledBy: parseOrigins(row.led_by),
  calls: row.calls,
  failed: row.failed,
  timed: row.timed,
  first: row.first_seen ?? Infinity,
  last: row.last_seen ?? -Infinity,
});

/** True when the analysis counted the evidence as it stands and kept what it counted. */
function isKept(db: SqlDriver): boolean {
  const revision = db.prepare("SELECT revision FROM pass_state WHERE id = 'flows'").get<{ revision: number }>()?.revision;
  if (revision === undefined || revision !== Number(getMeta(db, 'evidence_revision') ?? '0')) return false;
  return db.prepare('SELECT 1 AS one FROM flow LIMIT 1').get() !== undefined;
}

/**
 * The flows of all calls as the analysis counted them; `undefined` where it did not, or kept nothing because there were too many. What no
 * table holds is asked of `walked`.
 * Cost: a row a flow, whatever the number of calls.
 */
export function keptFlows(db: SqlDriver, walked: FlowSource): FlowSource | undefined {
  if (!isKept(db)) return undefined;
  let read: readonly Flow[] | undefined;
  const flows = (): readonly Flow[] => (read ??= db.prepare('SELECT * FROM flow ORDER BY id').all<FlowRow>().map(toFlow));
  return {
    flows: () => Promise.resolve(flows()),
    callsOf: walked.callsOf,
    async times(step, visit) {
      const kept = keptStep(flows());
      if (kept === undefined || step % kept !== 0) return walked.times(step, visit);
      const rows = db.prepare('SELECT principal_id AS principal, start, calls FROM flow_time');
      for (const { principal, start, calls } of rows.iterate<{ principal: number; start: number; calls: number }>())
        visit(principal, start, calls);
      return undefined;
    },
  };
}
