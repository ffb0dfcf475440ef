import { FILES_OF_LOG, useLogs } from '../rows/logs.ts';
import { addTo } from '../../../lib/group-values.ts';
import { medianAndMad } from '../../../lib/stats.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Two places may be an owner and a thief who does as the owner did; a monitor watches from several. */
const MIN_PLACES = 3;
/** Calls of one place that show its own beat. */
const MIN_PER_PLACE = 4;
/** Calls that show a beat. */
const MIN_CALLS = 24;
/** Spread of the pauses against their middle: a clock keeps to a fraction of it, whoever works does not. */
const MAX_SPREAD = 0.2;
/** Calls that are looked at: a beat shows in the first thousands. */
const MOST = 5_000;

interface Use {
  readonly time: number;
  readonly request: string;
  readonly agent: number | null;
  readonly ip: number | null;
}

const USES = `SELECT c.time, m.value || ' ' || ifnull(c.host_id, 0) || ' ' || ifnull(c.path, '') || '?' || ifnull(c.query, '') AS request,
    c.user_agent_id AS agent, c.client_ip_id AS ip
  FROM call c JOIN call_fact f ON f.call_id = c.id JOIN term m ON m.id = c.method_id
  WHERE c.credential_id = ? AND c.source_id IN ${FILES_OF_LOG} AND f.same_as IS NULL AND c.time IS NOT NULL ORDER BY c.time LIMIT ${String(MOST)}`;

/** Spread of the pauses against their middle; endless where the middle is nothing. */
function spreadOf(times: readonly number[]): number {
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const { median, mad } = medianAndMad(pauses);
  return median === 0 ? Infinity : mad / median;
}

/** One beat over all places, or one in each where they all ask in the same moment. */
function keepsTime(uses: readonly Use[]): boolean {
  if (spreadOf(uses.map(({ time }) => time)) <= MAX_SPREAD) return true;
  const byPlace = new Map<number | null, number[]>();
  for (const { ip, time } of uses) addTo(byPlace, ip, time);
  return [...byPlace.values()].every((own) => own.length >= MIN_PER_PLACE && spreadOf(own) <= MAX_SPREAD);
}

/**
 * True for a credential with which, from several places, one program asks one and the same thing at the beat of a clock and changes nothing:
 * a monitor. Whoever stole a credential asks for more than one thing, or not by the clock.
 */
export function isMonitor(db: SqlDriver, credential: number, source: number): boolean {
  useLogs(db);
  const uses = db.prepare(USES).all<Use>(credential, source);
  const [first] = uses;
  if (first === undefined || uses.length < MIN_CALLS || !/^(?:GET|HEAD|OPTIONS) /.test(first.request)) return false;
  if (uses.some(({ request, agent }) => request !== first.request || agent !== first.agent)) return false;
  return new Set(uses.map(({ ip }) => ip)).size >= MIN_PLACES && keepsTime(uses);
}
