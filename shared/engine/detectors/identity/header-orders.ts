import { findAgentEntry } from '../../passes/principals/user-agent.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { DetectorTools } from '../detector.ts';

/** Captured requests of agents whose headers are read. */
export const MAX_ORDERED = 10_000;
/** Requests under one name in one capture below which nothing is usual. */
const MIN_CALLS = 100;
/** Share of them that have the usual order. Source: detections 25. */
export const USUAL_SHARE = 0.95;
/** A header counts when so many of the requests have it: others come and go with what is asked. */
const COMMON_SHARE = 0.9;

/** A caller whose program writes its headers in another order than all others of the same name in the same capture. */
export interface OddOrder {
  readonly principal: number;
  readonly agent: string;
  /** In order of time. */
  readonly calls: readonly number[];
  readonly order: readonly string[];
  readonly usual: readonly string[];
  /** Requests with the usual order, and of all. */
  readonly usualCalls: number;
  readonly total: number;
}

interface Sent {
  readonly call: number;
  readonly principal: number;
  readonly names: readonly string[];
}

/** Requests by capture and agent. Only HAR keeps headers in the order in which they were sent, and each tool in its own way: captures are not mixed. */
async function readSent(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<ReadonlyMap<string, readonly Sent[]>> {
  const rows = db
    .prepare(
      `SELECT c.id, ifnull(f.same_as, c.id) AS standing, c.source_id AS source, ua.value AS ua, f.principal_id AS principal FROM source s JOIN call c ON c.source_id = s.id
         JOIN call_fact f ON f.call_id = c.id JOIN term ua ON ua.id = c.user_agent_id WHERE s.format = 'har' AND f.principal_id IS NOT NULL ORDER BY c.time, c.id LIMIT ?`,
    )
    .all<{ id: number; standing: number; source: number; ua: string; principal: number }>(MAX_ORDERED);
  const groups = new Map<string, Sent[]>();
  for (const [index, { id, standing, source, ua, principal }] of rows.entries()) {
    if (index % 50 === 0) await breathe();
    const entry = findAgentEntry(ua);
    const headers = entry?.kind === 'agent' ? tools.detail(id).requestHeaders : undefined;
    if (entry === undefined || headers === undefined || headers.length < 3) continue;
    const key = `${String(source)} ${entry.family}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ call: standing, principal, names: headers.map(([name]) => name.toLowerCase()).filter((name) => !name.startsWith(':')) });
  }
  return groups;
} // prettier-ignore

function oddIn(agent: string, sent: readonly Sent[]): readonly OddOrder[] {
  if (sent.length < MIN_CALLS) return [];
  const counts = new Map<string, number>();
  for (const { names } of sent) for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const orderOf = ({ names }: Sent): string => [...new Set(names.filter((name) => (counts.get(name) ?? 0) >= sent.length * COMMON_SHARE))].join(' '); // prettier-ignore
  const orders = new Map<string, number>();
  for (const each of sent) orders.set(orderOf(each), (orders.get(orderOf(each)) ?? 0) + 1);
  const [usual, usualCalls] = [...orders].reduce((most, each) => (each[1] > most[1] ? each : most), ['', 0]);
  if (usualCalls < sent.length * USUAL_SHARE) return [];
  const callers = new Map<number, Sent[]>();
  for (const each of sent) {
    const own = callers.get(each.principal) ?? [];
    callers.set(each.principal, own);
    own.push(each);
  }
  return [...callers].flatMap(([principal, own]): readonly OddOrder[] => {
    const [first] = own;
    // A caller that also writes the usual order is that program, and something on the way changed some of its requests.
    if (first === undefined || own.some((each) => isSameOrder(orderOf(each), usual))) return [];
    return [{ principal, agent, calls: own.map(({ call }) => call), order: orderOf(first).split(' '), usual: usual.split(' '), usualCalls, total: sent.length }];
  }); // prettier-ignore
}

/** True when the names that both have stand in the same order: a header that is missing says nothing of the program. */
function isSameOrder(a: string, b: string): boolean {
  const [left, right] = [a.split(' '), b.split(' ')];
  const shared = left.filter((name) => right.includes(name)).join(' ');
  return shared === right.filter((name) => left.includes(name)).join(' ');
}

/**
 * Finds callers that name themselves after an agent and write their headers in another order than at least `USUAL_SHARE` of the requests of
 * that name in the same capture. Shape: `undefined` when no capture has enough requests of one agent to compare.
 */
export async function findOddOrders(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>): Promise<readonly OddOrder[] | undefined> {
  const groups = [...(await readSent(db, tools, breathe))].filter(([, sent]) => sent.length >= MIN_CALLS);
  return groups.length === 0 ? undefined : groups.flatMap(([key, sent]) => oddIn(key.slice(key.indexOf(' ') + 1), sent));
} // prettier-ignore
