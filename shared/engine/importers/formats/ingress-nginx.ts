import { lineImporter } from '../access/line-format.ts';
import { compileLogFormat } from '../access/log-format.ts';

const COMBINED = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

/**
 * The default line of Kubernetes' ingress-nginx: combined form and what is known of the backend.
 * Source: ingress-nginx documentation, "Log format"; versions before 0.27 had no `proxy_alternative_upstream_name`.
 */
export const ingressNginx = lineImporter({
  id: 'ingress-nginx',
  title: 'Kubernetes ingress-nginx access log',
  holds:
    'time to the second, duration, client, user, method, path, status, sizes, referer, user agent, service, upstream, request id; no host, headers or bodies',
  looks: 'a combined line, request length and time, [service], upstream address, length, time and status, request id',
  formats: () =>
    [
      `${COMBINED} $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id`,
      `${COMBINED} $request_length $request_time [$proxy_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id`,
    ].map((text) => compileLogFormat(text)),
  telling: 2,
  strength: 'magic',
});
