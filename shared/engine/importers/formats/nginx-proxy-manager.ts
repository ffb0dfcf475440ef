import { lineImporter } from '../access/line-format.ts';
import { compileLogFormat } from '../access/log-format.ts';
import { upstreamAddress } from '../access/log-variables.ts';

const AFTER = '- $request_method $scheme $host "$request_uri" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio]';
const END = '"$http_user_agent" "$http_referer"';

/**
 * The access logs of Nginx Proxy Manager, which write requests to a backend and others in two ways, often into one file.
 * Source: its `log_format` directives `proxy` and `standard`; crowdsec-nginx-proxy-manager.log has both.
 */
export const nginxProxyManager = lineImporter({
  id: 'nginx-proxy-manager',
  title: 'Nginx Proxy Manager access log',
  holds:
    'time to the second, method, scheme, host, path, status, upstream status and name, client, response size, user agent and referer; no duration, headers or bodies',
  looks: '[time], statuses, method, scheme, host, "path", [Client …], [Length …], [Gzip …], "user agent", "referer"',
  formats: () =>
    [
      `[$time_local] $upstream_cache_status $upstream_status $status ${AFTER} [Sent-to $server] ${END}`,
      `[$time_local] $status ${AFTER} ${END}`,
    ].map((text) => compileLogFormat(text, { variables: { server: upstreamAddress('server') } })),
  telling: 2,
  strength: 'magic',
});
