import { HOUR_MS, MINUTE_MS } from '../core/calendar.ts';
import { someAddress } from '../core/addresses.ts';
import type { Party } from '../core/party.ts';
import { BROWSERS, SCRIPTS } from '../core/user-agents.ts';
import type { Actor } from '../core/world.ts';
import { job } from './people.ts';

/** A caller without any credential. */
export function anonymous(id: string, kind: Party['kind'], ip: string, userAgent: string): Party {
  return { id, kind, ip, userAgent, headers: { accept: '*/*' }, consumer: undefined, credentialAt: () => undefined, traced: 'none' };
}

/** The load balancer asks whether everything is alive. */
export function healthChecks(operation: string, ips: readonly string[]): readonly Actor[] {
  return ips.map((ip, index) =>
    job({
      id: `health/${ip}`,
      party: anonymous(`probe:${ip}`, 'service', ip, index % 2 === 0 ? 'kube-probe/1.31' : 'ELB-HealthChecker/2.0'),
      every: 5 * MINUTE_MS,
      phase: index * 37_000,
      run: (session) => {
        session.call(operation, { responseBytes: 17 });
      },
    }),
  );
}

/** A search engine reads public pages, slowly, all day; its own address says what it is. */
export function crawler(list: string, read: string, ip: string): Actor {
  const party = anonymous('crawler:seeker', 'service', ip, 'Mozilla/5.0 (compatible; SeekerBot/1.4; +https://seeker.example/bot)');
  return job({
    id: 'crawler',
    party,
    every: 3 * HOUR_MS,
    phase: 23 * MINUTE_MS,
    run: (session) => {
      session.call(list);
      for (let pages = session.random.int(8, 22); pages > 0; pages -= 1) {
        session.think(21_000);
        session.call(read);
      }
    },
  });
}

const DOORS =
  '/.env /.git/config /wp-login.php /admin/ /phpmyadmin/ /backup.zip /server-status /actuator/env /.aws/credentials /config.json /old/ /test.php /xmlrpc.php /swagger.json /debug/vars /.DS_Store /id_rsa /dump.sql /cgi-bin/test /console/ /api/ /v1/ /graphql /metrics'.split(
    ' ',
  );

/** Scanners of the whole internet: they try doors, find none and go on. Twice a day, each from elsewhere. */
export function scanners(api: string): Actor {
  return {
    id: `scanners/${api}`,
    hour: (stage, hourStart) => {
      const random = stage.random(`scanners/${api}/${String(hourStart)}`);
      if (!random.chance(2 / 24)) return;
      const ip = someAddress(random, true);
      const party = anonymous(
        `scanner:${ip}`,
        'unknown',
        ip,
        random.pick(['Mozilla/5.0 zgrab/0.x', 'masscan/1.3', ...SCRIPTS, ...BROWSERS]),
      );
      const session = stage.open(party, hourStart + random.int(0, HOUR_MS / 2), { name: `scanners/${api}/${String(hourStart)}` });
      for (let tries = random.int(6, DOORS.length); tries > 0; tries -= 1) {
        session.probe(api, random.chance(0.1) ? 'HEAD' : 'GET', random.pick(DOORS), 404);
        session.think(900);
      }
    },
  };
}

/** People who look at the public things with a program of their own: prices, a list for a class, a feed. Some times a day, from anywhere. */
export function tinkerers(list: string, read: string): Actor {
  return {
    id: 'tinkerers',
    hour: (stage, hourStart) => {
      const random = stage.random(`tinkerers/${String(hourStart)}`);
      if (!random.chance(5 / 24)) return;
      const ip = someAddress(random, true);
      const party = anonymous(`unknown:${ip}`, 'unknown', ip, random.pick(random.chance(0.7) ? SCRIPTS : BROWSERS));
      const session = stage.open(party, hourStart + random.int(0, HOUR_MS / 2), { name: `tinkerers/${String(hourStart)}` });
      session.call(list);
      for (let reads = random.int(3, 40); reads > 0; reads -= 1) {
        session.think(1800);
        session.call(read);
      }
    },
  };
}
