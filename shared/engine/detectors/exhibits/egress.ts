import { networkOf } from '../../../model/network.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { mayBeGiven } from '../../store/call-answer.ts';
import type { FindingDraft } from '../detector.ts';
import { countOf, plural, sizeOf } from '../spoken.ts';
import { LEDGER_ROWS } from './few.ts';
import type { ExhibitDraft } from './name-calls.ts';

/** From here on a title says how much left. Units: bytes. */
export const MASS = 10_000_000;
/** Operations named among the facts: the ledger has the rest. */
const MOST_NAMED = 5;

/** Facts that `egressFacts` gives. */
export const EGRESS_FACTS = ['bytesTaken', 'answersWithoutLength', 'takenFrom'] as const;
/** How the title of the ledger begins. */
export const LEDGER_TITLE = 'What left: ';

interface Row {
  readonly id: number;
  readonly bytes: number | null;
  readonly status: number | null;
  readonly flags: number;
  readonly ip: string | null;
  readonly host: string | null;
  readonly endpoint: string | null;
  readonly who: string | null;
}

/** What went one way: to one caller, into one network, from one operation. */
interface Way {
  readonly first: number;
  readonly who: string;
  readonly to: string;
  readonly from: string;
  calls: number;
  bytes: number;
}

/** What some calls took out, as far as sources say how long answers were. */
export interface Egress {
  /** Sum of the answers that give their length; refusals are none. Units: bytes. */
  readonly bytes: number;
  /** Answers that were given and have a length, and those without one. */
  readonly measured: number;
  readonly unmeasured: number;
  /** The largest first. */
  readonly ways: readonly Way[];
}

/** Adds up what calls took out, by caller, the network that it went to and the operation that gave it. Cost: one look-up for each call. */
export function readEgress(db: SqlDriver, calls: readonly number[]): Egress {
  const select = db.prepare(
    `SELECT c.id, c.res_bytes AS bytes, c.status, c.flags, ip.value AS ip, h.value AS host, e.key AS endpoint, p.label AS who
       FROM call c LEFT JOIN call_fact f ON f.call_id = c.id LEFT JOIN endpoint e ON e.id = f.endpoint_id LEFT JOIN principal p ON p.id = f.principal_id
       LEFT JOIN term ip ON ip.id = c.client_ip_id LEFT JOIN term h ON h.id = c.host_id WHERE c.id = ?`,
  );
  const ways = new Map<string, Way>();
  let [bytes, measured, unmeasured] = [0, 0, 0];
  for (const call of new Set(calls)) {
    const row = select.get<Row>(call);
    if (row === undefined || !mayBeGiven(row)) continue;
    if (row.bytes === null) {
      unmeasured += 1;
      continue;
    }
    measured += 1;
    bytes += row.bytes;
    const [who, to, from] = [row.who ?? 'unknown', row.ip === null ? 'address not recorded' : networkOf(row.ip), row.endpoint ?? row.host ?? 'unknown'];
    const key = JSON.stringify([who, to, from]);
    const way = ways.get(key) ?? { first: row.id, who, to, from, calls: 0, bytes: 0 };
    ways.set(key, way);
    way.calls += 1;
    way.bytes += row.bytes;
  }
  return { bytes, measured, unmeasured, ways: [...ways.values()].sort((a, b) => b.bytes - a.bytes || a.first - b.first) };
} // prettier-ignore

/** The facts of a finding: how much left, and which operations gave it; nothing where no source says how long answers were. */
export function egressFacts({ bytes, measured, unmeasured, ways }: Egress): FindingDraft['observed'] {
  if (measured === 0) return {};
  const given = new Map<string, { bytes: number; calls: number }>();
  for (const way of ways) {
    const sum = given.get(way.from) ?? { bytes: 0, calls: 0 };
    given.set(way.from, { bytes: sum.bytes + way.bytes, calls: sum.calls + way.calls });
  }
  const largest = [...given].filter(([, sum]) => sum.bytes > 0).sort((a, b) => b[1].bytes - a[1].bytes);
  return {
    bytesTaken: bytes,
    ...(unmeasured === 0 ? {} : { answersWithoutLength: unmeasured }),
    takenFrom: largest.slice(0, MOST_NAMED).map(([from, sum]) => `${from}: ${sizeOf(sum.bytes)} in ${plural(sum.calls, 'answer')}`),
  };
}

/** The ledger of what left: each row a caller, where it went, what gave it, and how much; none where no source says how long answers were. */
export function egressLedger({ bytes, measured, unmeasured, ways }: Egress): readonly ExhibitDraft[] {
  if (measured === 0) return [];
  const carried = ways.filter((way) => way.bytes > 0);
  const shown = carried.slice(0, LEDGER_ROWS);
  return [
    {
      kind: 'ledger',
      title: `${LEDGER_TITLE}${sizeOf(bytes)} in ${plural(measured, 'answer')}${unmeasured === 0 ? '' : `; ${plural(unmeasured, 'answer')} of unknown length beside them`}`,
      head: ['Given to', 'Into', 'By', 'Answers', 'Bytes'],
      rows: shown.map((way) => ({
        at: way.first,
        tone: 'seen',
        cells: [way.who, way.to, way.from, countOf(way.calls), sizeOf(way.bytes)],
      })),
      omitted: carried.length - shown.length,
    },
  ];
}
