import { groupBy } from '../../../lib/group-by.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { logReach, reasonOf } from '../../store/read/two-sides/client-only.ts';
import type { Sides } from '../../store/read/two-sides/read-sides.ts';
import type { DetectorTools, FindingDraft } from '../detector.ts';
import { plural } from '../spoken.ts';
import { matchRate, MIN_MATCHED } from './second-user.ts';

/** Fewer answered calls to an endpoint that the log never shows may be records that were lost. */
const MIN_MISSED = 3;

/** A finding for each endpoint that a recorded client got answers from and that a log of the same host never saw: a way around the gateway. */
export function bypassDrafts(db: SqlDriver, sides: Sides, { detail }: DetectorTools): readonly FindingDraft[] {
  if (sides.matched.length < MIN_MATCHED) return [];
  const hosts = new Set(sides.matched.map(({ client }) => client.host));
  const seen = new Set([...sides.matched, ...sides.changed].flatMap(({ client, log }) => [client.endpoint, log.endpoint]));
  const logged = db.prepare('SELECT 1 AS yes FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = ? AND +c.source_id = ? LIMIT 1');
  const reach = logReach(db, sides);
  const missed = sides.clientOnly.filter(({ host, status, endpoint }) => hosts.has(host) && status !== undefined && status >= 200 && status < 300 && endpoint !== undefined && !seen.has(endpoint));
  const arrived = missed.filter((call) => reasonOf(call, detail(call.id), reach) === 'never-arrived');
  return [...groupBy(arrived, ({ endpoint }) => endpoint)].flatMap(([endpoint, calls]) => {
    if (endpoint === undefined || calls.length < MIN_MISSED || sides.logs.some(({ source }) => logged.get(endpoint, source) !== undefined)) return [];
    const row = db.prepare('SELECT key FROM endpoint WHERE id = ?').get<{ key: string }>(endpoint);
    const key = row?.key ?? '?';
    return [{
      subject: `${sides.name} around ${key}`,
      title: `${plural(calls.length, 'call')} of ${sides.name} to ${key} were answered and are in no log of that host`,
      severity: { base: 'low', steps: [] },
      confidence: 'suspected',
      score: 0.3,
      principals: [],
      credentials: [...new Set(calls.flatMap(({ credential }) => credential ?? []))],
      endpoints: [endpoint],
      chains: [],
      calls: calls.map(({ standing }) => standing),
      crossedAt: calls[0]?.standing,
      observed: { capture: sides.name, missed: calls.length, matched: sides.matched.length, matchRate: Math.round(matchRate(sides) * 1000) / 1000 },
      expected: { missed: 0 },
      benignTested: [
        { explanation: 'a log that loses records', result: `not supported: of this endpoint it has none, of the same host ${plural(sides.matched.length, 'request')}` },
        { explanation: 'an answer out of a cache', result: 'possible where the capture does not say so' },
      ],
      remediation: [`Find out which way ${key} is reached by, and put it behind the gateway or into its log.`],
    } satisfies FindingDraft];
  });
} // prettier-ignore
