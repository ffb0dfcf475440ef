import { changesThings } from '../../../model/endpoint-words.ts';
import { answerOf, mayBeGiven } from '../../store/call-answer.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { countOf } from '../spoken.ts';

/** What some calls reached. */
export interface Reach {
  readonly endpoints: readonly number[];
  readonly chains: readonly number[];
  /** Calls that nothing says were refused. */
  readonly accepted: number;
  /** Calls that asked to read, and were sent on to another page where others got an answer: refused, as a site with a page to log in refuses. */
  readonly turnedAway: number;
  /** Of the accepted calls, those to operations that hold card data and the like, move money or grant power, and that were not merely led on to another page. */
  readonly grave: number;
  /** Calls that change something. */
  readonly writes: number;
  readonly templates: readonly string[];
}

/** Chains named in one finding. */
const MAX_CHAINS = 200;

interface Row {
  readonly endpoint: number | null;
  readonly chain: number | null;
  readonly status: number | null;
  /** Bits of `callFlag`. */
  readonly bits: number;
  readonly key: string | null;
  readonly method: string | null;
  /** How often each status stands at the endpoint, by code, as JSON. */
  readonly statuses: string | null;
  readonly sensitivity: number | null;
  readonly flags: string | null;
}

/** Calls looked up for one finding: what the first thousands reached is what the rest reach. */
export const MAX_LOOKED_UP = 5_000;

/**
 * True for a redirect in place of the answer that the same operation gives to others: who asks to read a page and is sent on has not got it.
 * After a call that changes something a redirect is how success looks (RFC 9110, 15.4.4), and an operation that only ever redirects is a signpost.
 */
const isTurnedAway = ({ status, method, statuses }: Row): boolean =>
  status !== null &&
  status > 300 &&
  status < 400 &&
  status !== 304 &&
  (method === 'GET' || method === 'HEAD') &&
  /"2\d\d"/.test(statuses ?? '');

/** Looks up what calls reached. Cost: one look-up for each of the first `MAX_LOOKED_UP`. */
export function readReach(db: SqlDriver, calls: readonly number[]): Reach {
  const select = db.prepare(
    `SELECT f.endpoint_id AS endpoint, f.chain_id AS chain, c.status, c.flags AS bits, e.key, e.method, e.statuses, e.sensitivity, e.flags
       FROM call c LEFT JOIN call_fact f ON f.call_id = c.id LEFT JOIN endpoint e ON e.id = f.endpoint_id WHERE c.id = ?`,
  );
  const rows = calls.slice(0, MAX_LOOKED_UP).flatMap((id) => select.get<Row>(id) ?? []);
  const away = rows.filter(isTurnedAway);
  const ok = rows.filter((row) => mayBeGiven({ status: row.status, flags: row.bits }) && !isTurnedAway(row));
  // A redirect may lead to a log-in as well as to what was asked for: it does not show that anything was reached. A missing status hides either.
  const isReached = ({ status, bits }: Row): boolean => (status ?? 0) === 0 || answerOf({ status, flags: bits }) === 'given';
  const isGrave = ({ sensitivity, flags }: Row): boolean => (sensitivity ?? 0) >= 3 || /moves-money|grants-power/.test(flags ?? '');
  const present = (values: readonly (number | null)[]): readonly number[] => [...new Set(values.filter((value) => value !== null))];
  return {
    endpoints: present(rows.map(({ endpoint }) => endpoint)),
    chains: present(rows.map(({ chain }) => chain)).slice(0, MAX_CHAINS),
    accepted: ok.length,
    turnedAway: away.length,
    grave: ok.filter((row) => isReached(row) && isGrave(row)).length,
    writes: rows.filter(({ key }) => key !== null && changesThings(key)).length,
    templates: [...new Set(rows.flatMap(({ key }) => key ?? []))].sort(),
  };
}

/** Severity steps that every misuse of a credential shares. */
export const reachSteps = (reach: Reach): readonly { readonly by: number; readonly why: string }[] =>
  reach.accepted === 0
    ? [{ by: -1, why: reach.turnedAway === 0 ? 'all attempts failed' : `all attempts failed, ${countOf(reach.turnedAway)} of them sent on to another page where others get an answer` }]
    : reach.grave > 0
      ? [{ by: 1, why: `${String(reach.grave)} accepted ${reach.grave === 1 ? 'call' : 'calls'} reached card, health or secret data, money or power` }]
      : []; // prettier-ignore
