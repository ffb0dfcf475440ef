import { lineImporter } from '../access/line-format.ts';
import { compileLogFormat } from '../access/log-format.ts';

/**
 * Apache's `ssl_request_log`, which many distributions switch on beside the access log.
 * Source: `CustomLog` of httpd's `ssl.conf`: `%t %h %{SSL_PROTOCOL}x %{SSL_CIPHER}x "%r" %b`. Each request stands in the access log
 * as well, which also has its status.
 */
export const apacheSslRequest = lineImporter({
  id: 'apache-ssl-request',
  title: 'Apache SSL request log',
  holds:
    'time to the second, client, TLS version and cipher, method, path and response size; no status, user, user agent, headers or bodies',
  looks: '[time], client, TLS version, cipher, "request", bytes',
  formats: () => [compileLogFormat('%t %h %{SSL_PROTOCOL}x %{SSL_CIPHER}x "%r" %b')],
  telling: 1,
  strength: 'magic',
  notes: ['An SSL request log has no status; each of its requests also stands in the access log of the same server.'],
});
