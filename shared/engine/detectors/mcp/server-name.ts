/** What a call says of the server that it goes to. */
export interface ServerParts {
  readonly host: string | null;
  readonly path: string | null;
  readonly service: string | null;
  readonly source: string;
}

/** The columns of `ServerParts`, over `c`. */
export const SERVER_PARTS = `(SELECT value FROM term WHERE id = c.host_id) AS host, c.path, (SELECT value FROM term WHERE id = c.service_id) AS service,
  (SELECT name FROM source WHERE id = c.source_id) AS source`;

/** A segment that names a session, not a server. */
const SESSION = /\/(?=[^/]*\d)[\w-]{8,}(?=\/|$)/g;

/** How a server is named: by host and path where the evidence has a host, else by its own name, else by the file. */
export function serverOf({ host, path, service, source }: ServerParts): string {
  if (host !== null) return `${host}${(path ?? '').replaceAll(SESSION, '/{}').replace(/\/$/, '')}`;
  return service ?? `the server of ${source}`;
}
