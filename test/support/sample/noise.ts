import type { Random } from '../large/random.ts';
import { DAY_MS, everyStep, FIRST_DAY, HOUR_MS, MINUTE_MS } from './calendar.ts';
import type { Gateway } from './gateway.ts';
import { getOperation } from './operations.ts';
import type { Recorder } from './recorder.ts';
import { logPage } from './web-server.ts';
import type { World } from './world.ts';

interface NoiseContext {
  readonly random: Random;
  readonly world: World;
  readonly gateway: Gateway;
  readonly recorder: Recorder;
}

const PROBED = [
  '/.env',
  '/.git/config',
  '/wp-login.php',
  '/admin/',
  '/phpmyadmin/',
  '/backup.zip',
  '/server-status',
  '/actuator/env',
  '/.aws/credentials',
  '/config.json',
  '/old/',
  '/test.php',
  '/xmlrpc.php',
  '/api/swagger.json',
  '/debug/vars',
  '/.DS_Store',
  '/id_rsa',
  '/dump.sql',
  '/cgi-bin/test',
  '/console/',
];

/** The cluster and the load balancer ask whether the shop is alive. */
function addHealthChecks({ random, gateway, recorder }: NoiseContext): void {
  for (const at of everyStep(FIRST_DAY, 5 * MINUTE_MS))
    logPage(recorder, { at: at + random.int(0, 999), ip: '10.20.0.2', userAgent: 'kube-probe/1.31', path: '/healthz', bytes: 2 });
  const caller = {
    ip: '10.20.0.9',
    consumer: undefined,
    headers: { 'user-agent': 'statuspage-monitor/2.0 Go-http-client/1.1', accept: '*/*' },
  };
  for (const at of everyStep(FIRST_DAY + 30_000, 15 * MINUTE_MS))
    gateway.send({ at, caller, operation: getOperation('getStatus'), responseBytes: 48 });
}

/** A search engine reads the product pages, slowly, and its robots file first. */
function addCrawler({ random, recorder, world }: NoiseContext): void {
  const userAgent = 'Mozilla/5.0 (compatible; SeekerBot/1.4; +https://seeker.example/bot)';
  for (let day = 0; day < 6; day += 1) {
    let at = FIRST_DAY + day * DAY_MS + 3 * HOUR_MS;
    logPage(recorder, { at, ip: '192.0.2.77', userAgent, path: '/robots.txt', bytes: 112 });
    for (let index = day; index < world.products.length; index += 2) {
      at += random.int(20_000, 90_000);
      logPage(recorder, {
        at,
        ip: '192.0.2.77',
        userAgent,
        path: `/products/${world.products[index]?.slug ?? ''}`,
        bytes: 24_000 + random.int(0, 900),
      });
    }
  }
}

/** Somebody tries doors on Tuesday night and finds none. */
function addScanner({ random, gateway, recorder }: NoiseContext): void {
  let at = FIRST_DAY + DAY_MS + 23 * HOUR_MS + 17 * MINUTE_MS;
  const userAgent = 'Mozilla/5.0 zgrab/0.x';
  for (const suffix of ['', '~', '.bak']) {
    for (const path of PROBED) {
      at += random.int(300, 1800);
      logPage(recorder, {
        at,
        ip: '198.51.100.213',
        userAgent,
        path: `${path}${suffix}`,
        status: 404,
        bytes: 153,
        method: random.chance(0.1) ? 'HEAD' : 'GET',
      });
    }
  }
  const status = getOperation('getStatus');
  for (const path of PROBED.slice(0, 12)) {
    at += random.int(300, 1800);
    gateway.send({
      at,
      caller: { ip: '198.51.100.213', consumer: undefined, headers: { 'user-agent': userAgent } },
      operation: { ...status, path },
      status: 404,
      routed: false,
    });
  }
}

/** Traffic that means nothing. */
export function addNoise(context: NoiseContext): void {
  const kinds = { addHealthChecks, addCrawler, addScanner };
  for (const [name, add] of Object.entries(kinds)) add({ ...context, random: context.random.fork(name) });
}
