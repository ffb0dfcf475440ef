import { accessRecords, recognizeAccessLog } from '../access/access-log.ts';
import type { RecordImporter } from '../importer.ts';

/** The common log form: client, identity, user, time, request, status, size. */
export const accessCommon = {
  id: 'access-common',
  title: 'Apache or nginx access log (common)',
  extensions: ['.log', '.txt'],
  holds: 'time to the second, client, user, method, path, status and response size; no host, user agent, duration, headers or bodies',
  recognize: (head) => recognizeAccessLog(head, 'common'),
  ...accessRecords,
} as const satisfies RecordImporter;
