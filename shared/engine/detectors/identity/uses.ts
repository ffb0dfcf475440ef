import { findAgentEntry, findBrowser, findPhone, userAgentFamily } from '../../passes/principals/user-agent.ts';
import { networkOf } from '../../../model/network.ts';
import type { SqlDriver } from '../../store/driver.ts';

/** Units: µs. */
const DAY = 86_400_000_000;

/** How one credential was used on one day by one program from one network. */
export interface Use {
  /** Days since 1970, UTC. */
  readonly day: number;
  readonly userAgent: string;
  readonly family: string;
  /** What the program is: an agent or SDK by name, a person's, anything else. */
  readonly program: 'agent' | 'person' | 'other';
  readonly network: string;
  readonly calls: number;
}

interface Row {
  readonly day: number;
  readonly ua: string | null;
  readonly ip: string | null;
  readonly calls: number;
}

/** Credentials of the case that came with calls, in order of their names. */
export interface UsedCredential {
  readonly id: number;
  readonly key: string;
  readonly kind: string;
  readonly claims: string | null;
  readonly principal: number | null;
  readonly label: string;
  /** Pairs of network and program that it came from: whoever looks for several need not read the calls of one. */
  readonly contexts: number;
}

/** Reads every used credential of some kinds. */
export const usedCredentials = (db: SqlDriver, kinds: readonly string[]): readonly UsedCredential[] =>
  db
    .prepare(
      `SELECT c.id, u.key, c.kind, c.jwt_claims AS claims, u.principal_id AS principal, ifnull(p.label, u.key) AS label, u.contexts
         FROM credential c JOIN credential_use u ON u.credential_id = c.id LEFT JOIN principal p ON p.id = u.principal_id
        WHERE c.kind IN (${kinds.map(() => '?').join(', ')}) ORDER BY u.key`,
    )
    .all<UsedCredential>(...kinds);

function programOf(userAgent: string): Use['program'] {
  const entry = userAgent === '' ? undefined : findAgentEntry(userAgent);
  if (entry?.kind === 'agent' && entry.rung <= 5) return 'agent';
  return findBrowser(userAgent) === undefined && findPhone(userAgent) === undefined ? 'other' : 'person';
}

/** How a credential was used; calls without a time count for day 0. Cost: one walk over its calls, by index. */
export function usesOf(db: SqlDriver, credential: number): readonly Use[] {
  return db
    .prepare(
      `SELECT ifnull(c.time, 0) / ${String(DAY)} AS day, ua.value AS ua, ip.value AS ip, count(*) AS calls
         FROM call c JOIN call_fact f ON f.call_id = c.id AND f.same_as IS NULL
         LEFT JOIN term ua ON ua.id = c.user_agent_id LEFT JOIN term ip ON ip.id = c.client_ip_id
        WHERE c.credential_id = ? GROUP BY 1, 2, 3`,
    )
    .all<Row>(credential)
    .map(({ day, ua, ip, calls }) => ({
      day,
      userAgent: ua ?? '',
      family: userAgentFamily(ua ?? undefined),
      program: programOf(ua ?? ''),
      network: networkOf(ip ?? undefined),
      calls,
    }));
}

/** True when a call of the credential names its program. Cost: a few calls where they do, all of its calls where none does. */
export const hasProgram = (db: SqlDriver, credential: number): boolean =>
  db
    .prepare(
      `SELECT 1 FROM call c JOIN call_fact f ON f.call_id = c.id AND f.same_as IS NULL JOIN term ua ON ua.id = c.user_agent_id
        WHERE c.credential_id = ? AND ua.value <> '' LIMIT 1`,
    )
    .get(credential) !== undefined;

/** Adds up calls by a word of each use. */
export function countBy(uses: readonly Use[], word: (use: Use) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const use of uses) counts.set(word(use), (counts.get(word(use)) ?? 0) + use.calls);
  return counts;
}

/** Calls of a credential by programs or networks, in time order, `most` at most. */
export const callsWith = (db: SqlDriver, credential: number, userAgents: ReadonlySet<string>, most: number): readonly number[] => {
  const found: number[] = [];
  const rows = db
    .prepare(
      `SELECT c.id, ifnull(ua.value, '') AS ua FROM call c JOIN call_fact f ON f.call_id = c.id AND f.same_as IS NULL LEFT JOIN term ua ON ua.id = c.user_agent_id
        WHERE c.credential_id = ? ORDER BY c.time, c.id`,
    )
    .iterate<{ id: number; ua: string }>(credential);
  for (const { id, ua } of rows) {
    if (!userAgents.has(ua)) continue;
    found.push(id);
    if (found.length >= most) break;
  }
  return found;
};

/** One call of a credential, as far as it tells where and with what it was used. */
export interface DayCall {
  readonly id: number;
  readonly family: string;
  readonly program: Use['program'];
  readonly network: string;
}

/** Calls of a credential on one day, in time order; every one of them. Units: `day` in days since 1970, UTC. */
export const callsOfDay = (db: SqlDriver, credential: number, day: number): readonly DayCall[] =>
  db
    .prepare(
      `SELECT c.id, ifnull(ua.value, '') AS ua, ip.value AS ip FROM call c JOIN call_fact f ON f.call_id = c.id AND f.same_as IS NULL
         LEFT JOIN term ua ON ua.id = c.user_agent_id LEFT JOIN term ip ON ip.id = c.client_ip_id
        WHERE c.credential_id = ? AND +c.time >= ? AND +c.time < ? ORDER BY c.time, c.id`,
    )
    .all<{ id: number; ua: string; ip: string | null }>(credential, day * DAY, (day + 1) * DAY)
    .map(({ id, ua, ip }) => ({
      id,
      family: userAgentFamily(ua === '' ? undefined : ua),
      program: programOf(ua),
      network: networkOf(ip ?? undefined),
    }));
