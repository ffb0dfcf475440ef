import { LARGE_START, makeEstate, pathWithIds } from './estate.ts';
import type { Written } from './kong-lines.ts';
import { openLineFile } from './line-file.ts';
import { seededRandom } from './random.ts';

/** Mean distance of two lines. Units: ms. */
const MEAN_GAP = 37;
/** Share of requests for files of the page instead of data. */
const STATIC_SHARE = 0.6;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const FILES = ['/', '/index.html', '/static/app.3f2a.js', '/static/app.3f2a.css', '/img/logo.svg', '/favicon.ico', '/robots.txt'];
const REFERERS = ['-', '-', '-', '-', '-', 'https://www.acme.test/'];

const two = (value: number): string => String(value).padStart(2, '0');

function stampOf(at: number): string {
  const time = new Date(at);
  return `${two(time.getUTCDate())}/${MONTHS[time.getUTCMonth()] ?? ''}/${String(time.getUTCFullYear())}:${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} +0000`;
}

/** Writes `lines` lines in NGINX's combined format; a million are about 142 MB. */
export function writeCombinedLines(path: string, lines: number, seed = 'combined'): Written {
  const random = seededRandom(seed);
  const { callers, endpoints } = makeEstate(random.fork('estate'));
  const file = openLineFile(path);
  let at = LARGE_START;
  let second = -1;
  let stamp = '';
  for (let line = 0; line < lines; line += 1) {
    const caller = random.pick(callers);
    const endpoint = endpoints[caller.repertoire[random.int(0, caller.repertoire.length - 1)] ?? 0];
    if (endpoint === undefined) throw new RangeError('a repertoire outside of the endpoints');
    const isFile = random.chance(STATIC_SHARE);
    const target = isFile ? random.pick(FILES) : pathWithIds(endpoint, random);
    const chance = random.next();
    const status = chance < 0.9 ? 200 : chance < 0.95 ? 304 : chance < 0.99 ? 404 : 500;
    at += Math.floor(random.next() * 2 * MEAN_GAP + 0.5);
    if (Math.floor(at / 1000) !== second) {
      second = Math.floor(at / 1000);
      stamp = stampOf(at);
    }
    file.write(
      `${caller.ip} - - [${stamp}] "${isFile ? 'GET' : endpoint.method} ${target} HTTP/1.1" ${String(status)} ${String(random.int(0, 40_000))} "${random.pick(REFERERS)}" "${caller.userAgent}"\n`,
    );
  }
  return { bytes: file.close(), records: lines };
}
