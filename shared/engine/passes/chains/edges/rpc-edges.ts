import { numberAt } from '../../../../lib/numbers.ts';
import type { CodecPort } from '../../../ports.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { NONE, type CallColumns } from '../call-columns.ts';
import type { EdgeList } from './edge-list.ts';
import type { Parents } from '../parents/parents.ts';
import { visitRpcMessages } from '../rpc-messages.ts';
import { isWithin } from './trace-edges.ts';

/** One message in two records, one of which lies within the other: ids are counted up per session, so that another session may have the same. */
const SAME_MESSAGE = 0.95;
/** Less is not worth an edge: several open calls carry such a message. */
const MIN_CONFIDENCE = 0.3;
/** Open calls with one operation and id that are looked at; more are open only in load tests, where all sessions count from 1. */
const MAX_OPEN = 64;

/** Calls by the message that they carry, in time order; a call that stands for several records comes once. */
async function callsByMessage(
  db: SqlDriver,
  codec: CodecPort,
  calls: CallColumns,
  standingOf: (id: number) => number,
  breathe: () => Promise<void>,
): Promise<Iterable<readonly number[]>> {
  const byKey = new Map<string, Set<number>>();
  await visitRpcMessages(
    db,
    codec,
    ({ callId, key }) => {
      const at = standingOf(callId);
      if (at === NONE || Number.isNaN(numberAt(calls.start, at))) return;
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, new Set([at]));
      else known.add(at);
    },
    breathe,
  );
  return [...byKey.values()].filter((group) => group.size > 1).map((group) => [...group].sort((a, b) => a - b));
}

/** True for two records of different places: another log, or another host in the same one. Two calls of one place are two messages. */
const isElsewhere = (calls: CallColumns, a: number, b: number): boolean =>
  numberAt(calls.source, a) !== numberAt(calls.source, b) || numberAt(calls.host, a) !== numberAt(calls.host, b);

const durationOf = (calls: CallColumns, at: number): number => numberAt(calls.end, at) - numberAt(calls.start, at);

/**
 * Calls within calls by the protocol's own ids: a message of JSON-RPC, MCP or A2A (operation and id) that one record shows within another record of
 * the same message was handed on: by a gateway of tools, a proxy, or a program whose log stands beside its traffic. Names the parent where no
 * other evidence has, and adds to the proof where it has.
 * Example: `tools/call search` with id 7 took 900 ms in a capture of the agent, and 700 ms within it in the log of the MCP server.
 */
export async function setRpcParents(
  db: SqlDriver,
  codec: CodecPort,
  calls: CallColumns,
  standingOf: (id: number) => number,
  parents: Parents,
  edges: EdgeList,
  breathe: () => Promise<void>,
): Promise<void> {
  for (const group of await callsByMessage(db, codec, calls, standingOf, breathe)) {
    let open: number[] = [];
    for (const child of group) {
      open = open.filter((at) => numberAt(calls.end, at) >= numberAt(calls.start, child)).slice(-MAX_OPEN);
      const outer = open.filter((at) => isElsewhere(calls, at, child) && isWithin(calls, child, at));
      // Longest first: what leads to another candidate is the same message further out, no rival.
      outer.sort((a, b) => durationOf(calls, b) - durationOf(calls, a) || a - b);
      const rivals = outer.filter((one) => !outer.some((other) => parents.leadsTo(one, other)));
      const [innermost] = rivals.slice(-1);
      const confidence = SAME_MESSAGE / rivals.length;
      if (innermost !== undefined && confidence >= MIN_CONFIDENCE) {
        if (parents.of[child] === NONE) parents.set(child, innermost, 'rpc', confidence, false);
        else if (parents.of[child] === innermost) edges.add(innermost, child, 'rpc', confidence);
      }
      open.push(child);
    }
    await breathe();
  }
}
