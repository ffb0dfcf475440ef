import { LARGE_HOST, LARGE_START, makeEstate, pathWithIds, type LargeCaller } from './estate.ts';
import { openLineFile } from './line-file.ts';
import { seededRandom, type Random } from './random.ts';

/** What was written. */
export interface Written {
  readonly bytes: number;
  readonly records: number;
}

interface Session {
  readonly caller: LargeCaller;
  readonly traceId: string | undefined;
  left: number;
}

/** Mean distance of two lines: a million cover some ten hours. Units: ms. */
const MEAN_GAP = 37;
/** Sessions that are open at the same time. */
const OPEN_SESSIONS = 40;

function beginSession(random: Random, callers: readonly LargeCaller[]): Session {
  const caller = random.pick(callers);
  return { caller, traceId: random.chance(caller.traced) ? random.hex(32) : undefined, left: random.int(2, 9) };
}

function statusOf(random: Random, method: string): number {
  const chance = random.next();
  if (chance < 0.95) return method === 'POST' ? 201 : 200;
  if (chance < 0.98) return 404;
  return chance < 0.99 ? 401 : 502;
}

/**
 * Writes `lines` lines as Kong's file-log plugin does; a million are about 660 MB.
 * Cost: more than 100,000 lines a second; built by joining text, since JSON.stringify takes three times as long.
 */
export function writeKongLines(path: string, lines: number, seed = 'kong'): Written {
  const random = seededRandom(seed);
  const { callers, endpoints } = makeEstate(random.fork('estate'));
  const file = openLineFile(path);
  const sessions = Array.from({ length: OPEN_SESSIONS }, () => beginSession(random, callers));
  let at = LARGE_START;
  for (let line = 0; line < lines; line += 1) {
    const slot = random.int(0, OPEN_SESSIONS - 1);
    let session = sessions[slot];
    if (session === undefined || session.left === 0) sessions[slot] = session = beginSession(random, callers);
    session.left -= 1;
    const { caller } = session;
    const endpoint = endpoints[caller.repertoire[random.int(0, caller.repertoire.length - 1)] ?? 0];
    if (endpoint === undefined) throw new RangeError('a repertoire outside of the endpoints');
    const status = statusOf(random, endpoint.method);
    const url =
      pathWithIds(endpoint, random) +
      (endpoint.pieces.length === 1 && endpoint.method === 'GET' ? `?page=${String(random.int(1, 40))}` : '');
    const proxy = 1 + Math.floor(endpoint.millis * (0.5 + random.next()));
    const kong = random.int(0, 3);
    const size = 150 + Math.floor(endpoint.bytes * (0.6 + 0.8 * random.next()));
    const trace = session.traceId === undefined ? '' : `,"traceparent":"00-${session.traceId}-${random.hex(16)}-01"`;
    at += Math.floor(random.next() * 2 * MEAN_GAP + 0.5);
    file.write(
      `{"request":{"method":"${endpoint.method}","uri":"${url}","url":"https://${LARGE_HOST}:443${url}","size":${String(120 + url.length)},"headers":{"host":"${LARGE_HOST}","user-agent":"${caller.userAgent}"${caller.credentialJson}${trace},"x-request-id":"${random.hex(32)}"}},"response":{"status":${String(status)},"size":${String(size)},"headers":{}},"service":{"name":"${endpoint.service}"}${caller.consumerJson},"tries":[{"ip":"10.20.3.${String(10 + (size % 9))}","port":8080}],"client_ip":"${caller.ip}","started_at":${String(at)},"latencies":{"request":${String(proxy + kong)},"kong":${String(kong)},"proxy":${String(proxy)}}}\n`,
    );
  }
  return { bytes: file.close(), records: lines };
}
