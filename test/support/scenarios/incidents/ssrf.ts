import type { Random } from '../../large/random.ts';
import { MINUTE_MS } from '../core/calendar.ts';
import type { Incident } from '../core/incident.ts';

/** Addresses inside, in all the ways of writing them, with what comes back. Units: bytes, of an answer that has them. */
const FORMS: readonly (readonly [url: string, status: number, bytes?: number])[] = [
  ['http://127.0.0.1/', 403],
  ['http://localhost:8080/health', 403],
  ['http://10.0.0.5:9200/_cat/indices', 502],
  ['http://192.168.1.1/', 504],
  ['http://172.16.0.10:8500/v1/agent/self', 502],
  ['http://169.254.169.254/latest/meta-data/', 403],
  ['http://127.1/', 403],
  ['http://2130706433:8080/health', 200, 1140],
  ['http://2852039166/latest/meta-data/', 200, 2310],
  ['http://0xa9fea9fe/latest/meta-data/iam/security-credentials/', 200, 1890],
  ['http://0xa9.0xfe.0xa9.0xfe/latest/user-data', 200, 6220],
  ['http://0251.0376.0251.0376/latest/meta-data/', 400],
  ['http://[::1]:6379/', 502],
  ['http://[::ffff:169.254.169.254]/latest/meta-data/', 200, 2310],
  ['http://[::ffff:a9fe:a9fe]/latest/meta-data/iam/security-credentials/preview-role', 200, 4470],
  ['http://[::ffff:10.0.0.5]:9200/_search?size=50', 200, 38_400],
  ['http://[fe80::1]/', 504],
  ['http://metadata.google.internal/computeMetadata/v1/instance/', 403],
  ['http://images.example@169.254.169.254/latest/meta-data/', 200, 2310],
  ['gopher://127.0.0.1:6379/_INFO', 400],
  ['file:///etc/hostname', 400],
];

/** What the metadata service is asked for in the quiet form. */
const INNER: readonly string[] = [
  'http://169.254.169.254/latest/meta-data/iam/security-credentials/preview-role',
  'http://169.254.169.254/latest/user-data',
  'http://[::ffff:a9fe:a9fe]/latest/meta-data/iam/security-credentials/',
  'http://2852039166/latest/dynamic/instance-identity/document',
];
/** Of all the ways that many are tried. */
const TRIED = 16;

/** Some of the ways, in an order of the seed, with hosts and roles of the seed. */
function formsOf(random: Random): typeof FORMS {
  const [third, role] = [String(random.int(1, 250)), random.pick(['preview-role', 'app-instance', 'node-worker', 'media-fetch'])];
  return FORMS.map((form) => [random.next(), form] as const)
    .toSorted(([left], [right]) => left - right)
    .slice(0, TRIED)
    .map(([, [url, ...rest]]) => [
      url.replace('10.0.0.5', `10.0.${third}.5`).replace('172.16.0.10', `172.16.${third}.10`).replace('preview-role', role),
      ...rest,
    ]);
}

/**
 * The company's own server is made to fetch what only it can reach.
 * Loud: all forms of inner addresses within minutes; some answers are much larger than a preview.
 * Quiet: one call between ordinary ones, whose address is a foreign site with the inner address as its parameter; the answer is
 * three times as large as its neighbours'. What gives it away is the parameter, decoded twice.
 */
export const ssrf: Incident = {
  id: 'ssrf',
  detectors: ['ssrf-pattern'],
  play: ({ open, roles, form, start }) => {
    const { operation, parameter, by } = roles.fetchUrl;
    const session = open(by, start);
    if (form === 'loud') {
      for (const [url, status, responseBytes] of formsOf(session.random)) {
        session.call(operation, { query: { [parameter]: url }, status, ...(responseBytes === undefined ? {} : { responseBytes }) });
        session.think(9000);
      }
      return;
    }
    const { random } = session;
    const inner = random.pick(INNER);
    const pictures = [0, 1, 2].map(() => `/p/${String(random.int(1000, 9999))}.png`);
    for (const picture of [...pictures.slice(0, 2), undefined, ...pictures.slice(2)]) {
      const url =
        picture === undefined
          ? `https://go.${roles.foreign.host}/r?ref=preview&to=${encodeURIComponent(inner)}`
          : `https://img.${roles.foreign.host}${picture}`;
      session.call(operation, {
        query: { [parameter]: url },
        status: 200,
        ...(picture === undefined ? { responseBytes: 1394 } : { role: 'context' }),
      });
      session.think(3 * MINUTE_MS);
    }
  },
};
