/** Paths that name no API but what a stranger hopes was left open. Source: detection 50; the lists of common scanners agree on these. */
const HOPED_FOR =
  /(?:^|\/)(?:\.git|\.env|\.svn|\.aws|\.ssh|\.htaccess|\.htpasswd|\.ds_store|actuator|jolokia|heapdump|phpmyadmin[\w.-]*|phpinfo(?:\.php)?|wp-(?:admin|login(?:\.php)?|content|includes)|xmlrpc\.php|cgi-bin|server-status|server-info|web\.config|backup(?:s|\.\w+)?|dump(?:\.\w+)?|console|debug|trace|swagger(?:-ui)?(?:\.\w+)?|api-docs|openapi(?:\.\w+)?|graphiql|solr|administrator|\+cscoe\+|jenkins|manager|druid|nacos|config\.(?:json|php|ya?ml)|id_rsa|shell\.php|eval-stdin\.php)(?:\/|$)/i;
/** Discovery that MCP, A2A, OAuth clients and browsers do by themselves. */
const DISCOVERY =
  /\/\.well-known\/|\/agent-card\.json$|\/favicon\.|\/robots\.txt$|\/apple-touch-icon|\/sitemap\.xml$|\/(?:health|healthz|livez|readyz|ping|status)$/i;
/** Segments that name an object rather than a door. */
const OBJECT = /\d|^[0-9a-f-]{16,}$|^[\w-]{24,}$/i;
/** The ending of a file's name, with what tools add to it. */
const ENDING = /^([^.]+)(\.[a-z][\w~+-]{0,15})$/i;
/** Segments of a door; what follows is the object's own. */
const DEPTH = 5;

/** True for a path out of a scanner's list. */
export const isHopedFor = (path: string): boolean => HOPED_FOR.test(path);

/** True for what programs look up by themselves. */
export const isDiscovery = (path: string): boolean => DISCOVERY.test(path);

/** A segment without the object in it; the kind of file stays, since a list of endings is tried one by one: `/x1.php`, `/x1.bak`. */
function withoutObject(segment: string): string {
  if (/^v\d+$/i.test(segment)) return segment;
  const [, base = segment, ending = ''] = ENDING.exec(segment) ?? [];
  return OBJECT.test(base) ? `{}${ending.toLowerCase()}` : segment;
}

/**
 * What was knocked at: method and path without the objects in it, so that a walk through ids is one door.
 * Example: `GET /v1/orders/4711` gives `GET /v1/orders/{}`; `v1` is a version and stays.
 */
export const doorOf = (method: string, path: string): string =>
  `${method} ${path
    .split('/')
    .slice(0, DEPTH + 1)
    .map(withoutObject)
    .join('/')}`;
