import { accessRecords, recognizeAccessLog } from '../access/access-log.ts';
import type { RecordImporter } from '../importer.ts';

/** The combined log form of Apache and nginx: common form plus referer and user agent. */
export const accessCombined = {
  id: 'access-combined',
  title: 'Apache or nginx access log (combined)',
  extensions: ['.log', '.txt'],
  holds:
    'time to the second, client, user, method, path, status, response size, referer and user agent; no host, duration, headers or bodies',
  recognize: (head) => recognizeAccessLog(head, 'combined'),
  ...accessRecords,
} as const satisfies RecordImporter;
