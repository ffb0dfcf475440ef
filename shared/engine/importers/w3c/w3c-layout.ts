import { toDialect, type W3cDialect } from './w3c-dialect.ts';

/** What a column means for a call. */
type Role =
  | 'date'
  | 'time'
  | 'start'
  | 'client'
  | 'method'
  | 'uri'
  | 'stem'
  | 'query'
  | 'scheme'
  | 'host'
  | 'port'
  | 'user'
  | 'agent'
  | 'referer'
  | 'forwarded'
  | 'status'
  | 'received'
  | 'sent'
  | 'taken'
  | 'takenMs'
  | 'firstByte'
  | 'requestId'
  | 'type'
  | 'site'
  | 'body';

/** Column names by role, the one that counts first where a log has several. Names are compared in lower case. */
const ROLES: Readonly<Record<Role, readonly string[]>> = {
  date: ['date', 'date-local'],
  time: ['time', 'time-local'],
  start: ['cs-start'],
  client: ['c-ip'],
  method: ['cs-method'],
  uri: ['cs-uri', 'cs-url'],
  stem: ['cs-uri-stem', 'cs-uri-path'],
  query: ['cs-uri-query'],
  scheme: ['cs-uri-scheme', 'cs-protocol'],
  // CloudFront's cs(Host) is the name of the distribution; x-host-header is what the viewer asked for.
  host: ['x-host-header', 'cs(host)', 'cs-host'],
  port: ['cs-uri-port', 's-port'],
  user: ['cs-username'],
  agent: ['cs(user-agent)'],
  referer: ['cs(referer)', 'cs(referrer)'],
  forwarded: ['x-forwarded-for', 'cs(x-forwarded-for)', 's-xff'],
  status: ['sc-status'],
  received: ['cs-bytes'],
  sent: ['sc-bytes'],
  taken: ['time-taken'],
  takenMs: ['timetakenms'],
  firstByte: ['time-to-first-byte'],
  requestId: ['x-edge-request-id'],
  type: ['sc-content-type', 'rs(content-type)'],
  site: ['s-sitename'],
  body: ['cs-postbody'],
};

/** Columns that only logs of HTTP have. */
const HTTP_COLUMNS = ['cs-method', 'cs-uri-stem', 'cs-uri', 'cs-uri-path', 'cs(host)', 'sc-status'];

/** A header's columns, worked out once for all rows below it. */
export interface W3cLayout {
  readonly count: number;
  /** Where the column of a role stands. */
  readonly at: Readonly<Partial<Record<Role, number>>>;
  /** True when date and time are those of the writing machine (`date-local`). */
  readonly isLocal: boolean;
  readonly requestHeaders: readonly Column[];
  readonly responseHeaders: readonly Column[];
  /** Columns that no field of a call holds. */
  readonly others: readonly Column[];
  readonly dialect: W3cDialect;
}

interface Column {
  readonly name: string;
  readonly index: number;
}

/** True when columns of these names describe HTTP calls; FTP, SMTP and DNS servers write extended logs too. */
export const isHttpColumns = (names: readonly string[]): boolean =>
  names.filter((name) => HTTP_COLUMNS.includes(name.toLowerCase())).length >= 2;

/** Works out the columns of a header. */
export function toLayout(names: readonly string[], software: string): W3cLayout {
  const columns = names.map((name) => name.toLowerCase());
  const at: Partial<Record<Role, number>> = {};
  const taken = new Set<number>();
  for (const [role, candidates] of Object.entries(ROLES) as [Role, readonly string[]][]) {
    const index = candidates.map((candidate) => columns.indexOf(candidate)).find((found) => found !== -1);
    if (index === undefined) continue;
    at[role] = index;
    taken.add(index);
  }
  const requestHeaders: Column[] = [];
  const responseHeaders: Column[] = [];
  const others: Column[] = [];
  for (const [index, name] of names.entries()) {
    if (taken.has(index)) continue;
    const [, side, header] = /^(cs|sc|rs)\(([\w-]+)\)$/i.exec(name) ?? [];
    if (header === undefined || columns[index] === 'cs(host)') others.push({ name, index });
    else (side?.toLowerCase() === 'cs' ? requestHeaders : responseHeaders).push({ name: header, index });
  }
  const isLocal = at.time !== undefined && columns[at.time] === 'time-local';
  return { count: names.length, at, isLocal, requestHeaders, responseHeaders, others, dialect: toDialect(software, columns) };
}
