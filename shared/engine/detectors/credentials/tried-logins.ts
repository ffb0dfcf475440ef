import type { SqlDriver } from '../../store/driver.ts';
import { logOf, useLogs } from '../rows/logs.ts';
import { NAMED, REFUSED, type LoginEndpoint } from './login-endpoints.ts';
import { DECISION, MIN_FAILING, MIN_FAST, MIN_SHARE, SLACK } from './login-waves.ts';

/** What one address did at one operation, as far as one log tells. */
interface Tally {
  readonly log: number;
  readonly ip: number;
  refused: number;
  accepted: number;
}

/** The addresses that were refused at an operation, of which one after the other turns out to get in as a rule. */
export interface Suspicion {
  /** Notes a try that got in. */
  readonly accept: (log: number, ip: number) => void;
  /** False once no burst and no wave can be left, whatever further tries are. */
  readonly isOpen: () => boolean;
}

/**
 * Tells from how often addresses were refused and got in whether a burst or a wave may be among their tries. A burst takes `MIN_FAST` refusals of one
 * address with the share of a burst; a wave more addresses in some hour than its slack, and refusals in so many hours as its line and its slack ask for,
 * all of addresses that hardly get in. Times are not looked at: they can only rule out more.
 */
export function suspect(refusals: Iterable<{ readonly log: number; readonly ip: number }>): Suspicion {
  const tallies = new Map<string, Tally>();
  const failing = new Map<number, { addresses: number; refused: number }>();
  let bursts = 0;
  const count = ({ log, refused, accepted }: Tally, sign: 1 | -1): void => {
    if (refused >= MIN_FAST && refused / (refused + accepted) >= MIN_SHARE) bursts += sign;
    const known = failing.get(log) ?? { addresses: 0, refused: 0 };
    if (refused >= accepted * MIN_FAILING) failing.set(log, { addresses: known.addresses + sign, refused: known.refused + sign * refused });
  };
  for (const { log, ip } of refusals) {
    const key = `${String(log)} ${String(ip)}`;
    const known = tallies.get(key);
    if (known === undefined) tallies.set(key, { log, ip, refused: 1, accepted: 0 });
    else known.refused += 1;
  }
  for (const tally of tallies.values()) count(tally, 1);
  return {
    accept(log, ip) {
      const tally = tallies.get(`${String(log)} ${String(ip)}`);
      if (tally === undefined) return;
      count(tally, -1);
      tally.accepted += 1;
      count(tally, 1);
    },
    isOpen: () => bursts > 0 || [...failing.values()].some(({ addresses, refused }) => addresses > SLACK && refused >= DECISION + SLACK),
  };
}

/**
 * Leaves out operations whose tries hold neither a burst nor a wave, so that they need not be read whole; of a form that answers a wrong password with 200
 * that is not known beforehand.
 * Cost: one walk along the refusals of the case, and of each operation as many calls as it takes to see that who was refused there gets in as a rule.
 */
export function triedLogins(db: SqlDriver, endpoints: readonly LoginEndpoint[]): readonly LoginEndpoint[] {
  useLogs(db);
  const forms = new Map(endpoints.map(({ id, form }) => [id, form]));
  const tries = `f.same_as IS NULL AND c.time IS NOT NULL AND c.client_ip_id IS NOT NULL`;
  const refusals = new Map<number, { readonly log: number; readonly ip: number }[]>();
  const refused = db.prepare(
    `SELECT f.endpoint_id AS endpoint, ${logOf('c')} AS log, c.client_ip_id AS ip, ${NAMED} AS named FROM call c JOIN call_fact f ON f.call_id = c.id
      WHERE c.status IN (${REFUSED.join(', ')}) AND ${tries}`,
  );
  for (const { endpoint, log, ip, named } of refused.iterate<{ endpoint: number | null; log: number; ip: number; named: 0 | 1 }>()) {
    const form = forms.get(endpoint ?? 0);
    if (endpoint === null || form === undefined || (form === 'named' && named === 0)) continue;
    const own = refusals.get(endpoint);
    if (own === undefined) refusals.set(endpoint, [{ log, ip }]);
    else own.push({ log, ip });
  }
  const got = (named: boolean) =>
    db.prepare(
      `SELECT ${logOf('c')} AS log, c.client_ip_id AS ip FROM call_fact f JOIN call c ON c.id = f.call_id
        WHERE f.endpoint_id = ? AND c.status < 400 AND ${tries} AND ${named ? NAMED : '1'}`,
    );
  const [byName, byAll] = [got(true), got(false)];
  return endpoints.filter(({ id, form }) => {
    if (form === 'form-page') return true;
    const suspicion = suspect(refusals.get(id) ?? []);
    if (!suspicion.isOpen()) return false;
    for (const { log, ip } of (form === 'named' ? byName : byAll).iterate<{ log: number; ip: number }>(id)) {
      suspicion.accept(log, ip);
      if (!suspicion.isOpen()) return false;
    }
    return true;
  });
}
