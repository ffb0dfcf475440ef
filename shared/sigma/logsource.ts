import type { JsonObject } from '../lib/json.ts';
import { CannotRun } from './rule.ts';

/** Log sources whose records are calls: what is asked of them can be asked of a case. */
const CATEGORIES: ReadonlySet<string> = new Set(['webserver', 'proxy', 'web', 'api', 'apigateway', 'api_gateway', 'waf', 'application', 'loadbalancer']); // prettier-ignore
const PRODUCTS: ReadonlySet<string> = new Set([
  'apache', 'nginx', 'iis', 'haproxy', 'envoy', 'traefik', 'caddy', 'kong', 'squid', 'tyk', 'apigee', 'apisix', 'istio', 'cloudflare', 'fastly', 'zeek', 'mitmproxy', 'tomcat',
]); // prettier-ignore
/** Services that hold something else than requests. */
const NOT_REQUESTS: ReadonlySet<string> = new Set(['error', 'audit', 'auth', 'debug', 'dns', 'conn', 'kerberos', 'smb_files', 'dce_rpc', 'x509', 'rdp']); // prettier-ignore
/** Application logs of products that are no API: their fields are their own. */
const APPLICATIONS_WITH_FIELDS: ReadonlySet<string> = new Set(['', 'api', 'rest', 'graphql', 'mcp', 'http']);

const textOf = (source: JsonObject, key: string): string => {
  const value = source[key];
  return typeof value === 'string' ? value.toLowerCase() : '';
};

/** Checks that a rule is about records that become calls. Errors: CannotRun. */
export function checkLogsource(source: JsonObject | undefined): void {
  if (source === undefined) throw new CannotRun('it names no log source');
  const [category, product, service] = ['category', 'product', 'service'].map((key) => textOf(source, key));
  const spelled = [category, product, service]
    .filter((word) => word !== '')
    .join('/')
    .slice(0, 80);
  const refuse = (why: string): never => {
    throw new CannotRun(`the log source ${spelled === '' ? 'of the rule' : spelled} is not supported: ${why}`);
  };
  if (service !== undefined && NOT_REQUESTS.has(service)) refuse(`${service} logs hold no requests`);
  if (category === 'application' && product !== undefined && !APPLICATIONS_WITH_FIELDS.has(product))
    refuse('logs of that application have fields of their own');
  if (category !== undefined && CATEGORIES.has(category)) return;
  if (product === 'aws' && service === 'cloudtrail') return;
  if (/error[._-]?log/i.test(textOf(source, 'definition'))) refuse('it asks for the error log of a server, which holds no requests');
  if ((category === undefined || category === '') && product !== undefined && PRODUCTS.has(product)) return;
  refuse('cases hold requests of webservers, proxies and APIs, and calls in CloudTrail');
}
