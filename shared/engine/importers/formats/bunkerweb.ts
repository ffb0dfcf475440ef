import { lineImporter } from '../access/line-format.ts';
import { compileLogFormat } from '../access/log-format.ts';

const AFTER = '$remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

/**
 * The default access log of BunkerWeb: the virtual host first, and a request id before the user.
 * Source: `LOG_FORMAT` in BunkerWeb's documentation; lines without a request id are those of versions before 1.6.
 */
export const bunkerweb = lineImporter({
  id: 'bunkerweb',
  title: 'BunkerWeb access log',
  holds:
    'time to the second, host, client, user, request id, method, path, status, response size, referer and user agent; no duration, headers or bodies',
  looks: 'host, client, request id, user, [time], "request", status, bytes, "referer", "user agent"',
  formats: () => [`$host $remote_addr - $request_id ${AFTER}`, `$host $remote_addr - ${AFTER}`].map((text) => compileLogFormat(text)),
  telling: 1,
  strength: 'shape',
});
