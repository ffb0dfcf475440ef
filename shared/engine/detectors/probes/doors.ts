/** Paths that name no API but what a stranger hopes was left open, by what he hopes for. Source: detection 50; the lists of common scanners agree on these. */
const HOPED_FOR: readonly { readonly what: string; readonly names: string }[] = [
  { what: 'files of versions and settings', names: '\\.git|\\.env|\\.svn|\\.htaccess|\\.htpasswd|\\.ds_store|web\\.config|config\\.(?:json|php|ya?ml)' },
  { what: 'keys', names: '\\.aws|\\.ssh|id_rsa' },
  { what: 'the inside of a running service', names: 'actuator|jolokia|heapdump|phpinfo(?:\\.php)?|server-status|server-info|debug|trace' },
  { what: 'administration of a database', names: 'phpmyadmin[\\w.-]*|adminer(?:\\.php)?|dbadmin|mysqladmin|pgadmin|(?:administrator|admin)/db' },
  { what: 'administration of a site', names: 'wp-(?:admin|login(?:\\.php)?|content|includes)|xmlrpc\\.php|administrator' },
  { what: 'consoles of servers', names: 'console|solr|jenkins|manager|druid|nacos' },
  { what: 'the log-in of a VPN gateway', names: '\\+cscoe\\+|remote/login|dana-na|global-protect' },
  { what: 'descriptions of the API', names: 'swagger(?:-ui)?(?:\\.\\w+)?|api-docs|openapi(?:\\.\\w+)?|graphiql' },
  { what: 'copies of data', names: 'backup(?:s|\\.\\w+)?|dump(?:\\.\\w+)?' },
  { what: 'programs that somebody else left behind', names: 'cgi-bin|shell\\.php|eval-stdin\\.php' },
]; // prettier-ignore
const LISTS = HOPED_FOR.map(({ what, names }) => ({ what, paths: new RegExp(`(?:^|/)(?:${names})(?:/|$)`, 'i') }));
/** Discovery that MCP, A2A, OAuth clients and browsers do by themselves. */
const DISCOVERY =
  /\/\.well-known\/|\/agent-card\.json$|\/favicon\.|\/robots\.txt$|\/apple-touch-icon|\/sitemap\.xml$|\/(?:health|healthz|livez|readyz|ping|status)$/i;
/** Segments that name an object rather than a door. */
const OBJECT = /\d|^[0-9a-f-]{16,}$|^[\w-]{24,}$/i;
/** The ending of a file's name, with what tools add to it. */
const ENDING = /^([^.]+)(\.[a-z][\w~+-]{0,15})$/i;
/** Segments of a door; what follows is the object's own. */
const DEPTH = 5;

/** What a path out of a scanner's list asks for: `/phpmyadmin2017/index.php` for the administration of a database. */
export const hopedFor = (path: string): string | undefined => LISTS.find(({ paths }) => paths.test(path))?.what;

/** True for a path out of a scanner's list. */
export const isHopedFor = (path: string): boolean => hopedFor(path) !== undefined;

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
