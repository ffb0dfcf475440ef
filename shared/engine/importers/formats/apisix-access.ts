import { lineImporter } from '../access/line-format.ts';
import { compileLogFormat } from '../access/log-format.ts';

const DEFAULT =
  '$remote_addr - $remote_user [$time_local] $http_host "$request" $status $body_bytes_sent $request_time "$http_referer" "$http_user_agent" $upstream_addr $upstream_status $upstream_response_time "$upstream_scheme://$upstream_host$upstream_uri"';

/**
 * The default access log of Apache APISIX: the host stands between time and request, so that it is no combined line.
 * Source: `access_log_format` in APISIX's default configuration; newer versions add `"$apisix_request_id"`.
 */
export const apisixAccess = lineImporter({
  id: 'apisix-access',
  title: 'APISIX access log',
  holds:
    'time to the second, duration, client, user, host, method, path, status, response size, referer, user agent, upstream; no route, consumer, headers or bodies',
  looks: 'client, user, [time], host, "request", status, bytes, seconds, "referer", "user agent", upstream',
  formats: () => [`${DEFAULT} "$apisix_request_id"`, DEFAULT].map((text) => compileLogFormat(text)),
  telling: 2,
  strength: 'magic',
});
