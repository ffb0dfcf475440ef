import type { SqlDriver } from '../../driver.ts';

/** Units: µs. */
export const MINUTE = 60_000_000;
/** Calls that one statement looks at: longer ones would keep other work waiting. */
const STRIDE = 50_000;

/** What a source may tell of every call, and where the case has it. */
const TOLD = {
  address: 'c.client_ip_id IS NOT NULL',
  userAgent: 'c.user_agent_id IS NOT NULL',
  status: 'c.status IS NOT NULL',
  requestBytes: 'c.req_bytes IS NOT NULL',
  responseBytes: 'c.res_bytes IS NOT NULL',
  traceId: 'c.trace_id IS NOT NULL',
  requestId: 'c.request_id IS NOT NULL',
} as const;
export type ToldField = keyof typeof TOLD;
export const TOLD_FIELDS: readonly ToldField[] = [
  'address',
  'userAgent',
  'status',
  'requestBytes',
  'responseBytes',
  'traceId',
  'requestId',
];

/** One minute of a source in which there are calls. `told`: how many of them have each of `TOLD_FIELDS`. */
export interface Minute {
  /** Since 1970. */
  readonly at: number;
  calls: number;
  readonly told: number[];
}

/** The minutes of one source in order. */
export interface SourceActivity {
  readonly source: number;
  readonly name: string;
  readonly minutes: readonly Minute[];
  readonly calls: number;
}

/** Counts the calls of each source by minute. Cost: one walk over the calls in strides; memory for minutes, not for calls. */
export async function readActivity(db: SqlDriver, breathe: () => Promise<void>): Promise<readonly SourceActivity[]> {
  const select = db.prepare(
    `SELECT c.source_id AS source, c.time / ${String(MINUTE)} AS minute, count(*) AS calls, json_array(${TOLD_FIELDS.map((field) => `sum(${TOLD[field]})`).join(', ')}) AS told
       FROM call c WHERE c.id > ? AND c.id <= ? AND c.time IS NOT NULL GROUP BY 1, 2`,
  );
  const last = db.prepare('SELECT max(id) AS last FROM call').get<{ last: number | null }>()?.last ?? 0;
  const sources = new Map<number, Map<number, Minute>>();
  for (let from = 0; from < last; from += STRIDE) {
    for (const row of select.all<{ source: number; minute: number; calls: number; told: string }>(from, from + STRIDE)) {
      const minutes = sources.get(row.source) ?? new Map<number, Minute>();
      sources.set(row.source, minutes);
      const told = JSON.parse(row.told) as number[]; // our own, from `json_array` above
      const minute = minutes.get(row.minute);
      if (minute === undefined) minutes.set(row.minute, { at: row.minute, calls: row.calls, told });
      else {
        minute.calls += row.calls;
        for (const [index, count] of told.entries()) minute.told[index] = (minute.told[index] ?? 0) + count;
      }
    }
    await breathe();
  }
  const name = db.prepare('SELECT name FROM source WHERE id = ?');
  return [...sources]
    .map(([source, minutes]) => ({
      source,
      name: name.get<{ name: string }>(source)?.name ?? '',
      minutes: [...minutes.values()].sort((a, b) => a.at - b.at),
      calls: [...minutes.values()].reduce((sum, { calls }) => sum + calls, 0),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
} // prettier-ignore
