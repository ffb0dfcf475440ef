import { logOf, useLogs } from '../rows/logs.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { networkOf } from '../../../model/network.ts';
import { readSharedNetworks, type SharedNetworks } from '../credentials/networks.ts';
import { countOf, listOf, plural } from '../spoken.ts';
import type { CauseSign } from './sign.ts';

/** Earlier calls of a caller below which nobody knows its places. */
const MIN_BEFORE = 20;
/** From this share of the calls on, the place says something. */
const MOST = 0.8;
/** Calls of a story whose places are looked up, evenly picked: the share is known well enough, and a story of a million calls costs no more. */
const MAX_LOOKED = 2_000;

interface Context {
  readonly source: number;
  readonly network: string;
  readonly calls: number;
  readonly first: number;
}

interface Row {
  readonly source: number;
  readonly ip: string | null;
  readonly time: number | null;
  readonly principal: number | null;
}

/** Where a caller was seen, by each of its credentials. */
const contextsOf = (db: SqlDriver, principal: number): readonly Context[] =>
  db
    .prepare(
      `SELECT x.source_id AS source, x.network, sum(x.calls) AS calls, min(x.first_use) AS first FROM credential_use u JOIN temp.log_context x USING (credential_id)
       WHERE u.principal_id = ? AND x.network <> 'none' AND x.first_use IS NOT NULL GROUP BY 1, 2`,
    )
    .all<Context>(principal);

function pick(calls: readonly number[]): readonly number[] {
  if (calls.length <= MAX_LOOKED) return calls;
  return Array.from({ length: MAX_LOOKED }, (_, index) => calls[Math.floor((index * calls.length) / MAX_LOOKED)] ?? 0);
}

/** Where one caller's calls of a story came from, against where its calls came from before the first of them. */
function placesOf(shared: SharedNetworks, contexts: readonly Context[], rows: readonly Row[]): CauseSign | undefined {
  const start = rows.reduce((first, { time }) => Math.min(first, time ?? Infinity), Infinity);
  const known = contexts.filter(({ first }) => first < start);
  const before = known.reduce((sum, { calls }) => sum + calls, 0);
  const isHome = ({ source, ip }: Row): boolean =>
    known.some((context) => context.source === source && context.network === networkOf(ip ?? undefined));
  // A source that never saw the caller before cannot say where it used to be, and on a network that many share it may be anybody.
  const judged = rows.filter(
    (row) =>
      row.ip !== null &&
      known.some((context) => context.source === row.source) &&
      (isHome(row) || !shared.isShared(row.source, networkOf(row.ip))),
  );
  if (judged.length === 0 || before < MIN_BEFORE) return undefined;
  const fresh = judged.filter((row) => !isHome(row));
  const share = fresh.length / judged.length;
  const [total, usual] = [plural(judged.length, 'call'), listOf([...new Set(known.map(({ network }) => network))].sort(), 3)];
  if (share <= 1 - MOST)
    return { cause: 'stolen', speaks: 'against', strength: 'weak', text: `${countOf(judged.length - fresh.length)} of ${total} came from where it had called from before (${usual})` };
  if (share < MOST) return undefined;
  const from = listOf([...new Set(fresh.map(({ ip }) => networkOf(ip ?? undefined)))].sort(), 3);
  return { cause: 'stolen', speaks: 'for', strength: 'weak', text: `${countOf(fresh.length)} of ${total} came from ${from}, from where it had never called before; it used to call from ${usual}` };
} // prettier-ignore

/**
 * Says whether the calls of a story came from where their callers are at home. People travel and machines move, so that a new place alone
 * decides nothing; but who was at home was not somebody else. Callers that are told by their network alone say nothing.
 */
export function placeReader(db: SqlDriver): (principals: readonly number[], calls: readonly number[]) => CauseSign | undefined {
  useLogs(db);
  const shared = readSharedNetworks(db);
  const select = db.prepare(
    `SELECT ${logOf('c')} AS source, t.value AS ip, c.time, f.principal_id AS principal FROM call c JOIN call_fact f ON f.call_id = c.id LEFT JOIN term t ON t.id = c.client_ip_id WHERE c.id = ?`,
  );
  const isNamed = db.prepare('SELECT 1 FROM principal WHERE id = ? AND weak = 0');
  return (principals, calls) => {
    const rows = pick(calls).flatMap((id) => select.get<Row>(id) ?? []);
    for (const principal of principals) {
      if (isNamed.get(principal) === undefined) continue;
      const own = rows.filter((row) => row.principal === principal);
      const sign = own.length === 0 ? undefined : placesOf(shared, contextsOf(db, principal), own);
      if (sign !== undefined) return sign;
    }
    return undefined;
  };
}
