/** How a field's values are written and compared. `integer` and `time` are counts and µs; `duration` is ms. */
export type FieldType = 'text' | 'address' | 'integer' | 'bytes' | 'duration' | 'time';

/** One field of the query language. */
export interface Field {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: FieldType;
  /** One phrase for the list that the query bar offers. */
  readonly description: string;
  /** True when upper and lower case are the same to this field. */
  readonly caseless?: boolean;
  /** True when a value may stand anywhere in the text, as a word in a note does. */
  readonly contains?: boolean;
  /** The only values that the field can have. */
  readonly choices?: readonly string[];
  /** True when calls must be unpacked one by one to answer: said beside the field, and asked only of what the rest leaves. */
  readonly slow?: boolean;
  /** What may follow the name behind a dot: the name of a header, or the way to a value in a JSON body. */
  readonly nested?: 'header' | 'body';
}

/** The fields in the order in which they are offered. Names are those of a call in `spoor query --format ndjson`. */
export const fields = [
  { name: 'agent', aliases: [], type: 'text', description: 'principal that is an AI agent' },
  { name: 'user', aliases: ['human'], type: 'text', description: 'principal that is a person' },
  { name: 'principal', aliases: [], type: 'text', description: 'who called, of any kind' },
  {
    name: 'kind',
    aliases: [],
    type: 'text',
    description: 'kind of principal',
    caseless: true,
    choices: ['human', 'service', 'agent', 'unknown'],
  },
  { name: 'method', aliases: [], type: 'text', description: 'HTTP method', caseless: true },
  { name: 'host', aliases: [], type: 'text', description: 'host called', caseless: true },
  { name: 'path', aliases: [], type: 'text', description: 'path as sent, without the query' },
  {
    name: 'endpoint',
    aliases: ['op', 'operation'],
    type: 'text',
    description: 'method, host, path template and the operation inside of it, or the template or operation alone',
  },
  { name: 'status', aliases: [], type: 'integer', description: 'status code of the response' },
  {
    name: 'outcome',
    aliases: [],
    type: 'text',
    description: 'what became of the call, by its status or, where it has none, by what the record says beside it',
    caseless: true,
    choices: ['given', 'denied', 'failed', 'unknown'],
  },
  { name: 'time', aliases: [], type: 'time', description: 'when the call began, UTC unless the text names a zone' },
  { name: 'durationMs', aliases: ['dur', 'duration'], type: 'duration', description: 'how long the call took: 250ms, 2s, 1m' },
  { name: 'resBytes', aliases: ['res.bytes', 'bytes'], type: 'bytes', description: 'size of the response: 512, 5KB, 2MiB' },
  { name: 'reqBytes', aliases: ['req.bytes'], type: 'bytes', description: 'size of the request' },
  { name: 'clientIp', aliases: ['ip'], type: 'address', description: 'address of the principal, or a network such as 10.0.0.0/8' },
  {
    name: 'credential',
    aliases: ['cred'],
    type: 'text',
    description: 'id of the credential used, in any record of the call, such as jwt-1',
  },
  {
    name: 'auth',
    aliases: [],
    type: 'text',
    description: 'kind of the credential used',
    caseless: true,
    choices: ['jwt', 'api-key', 'session', 'basic', 'mtls', 'opaque', 'identity'],
  },
  {
    name: 'session',
    aliases: [],
    type: 'text',
    description: 'session of the caller: the id of its credential, such as session-1, or the sid of its token',
  },
  { name: 'scope', aliases: [], type: 'text', description: 'a scope that the token used grants, such as orders:read' },
  { name: 'finding', aliases: ['detector'], type: 'text', description: 'finding that names the call: its id or its detector' },
  {
    name: 'severity',
    aliases: ['sev'],
    type: 'text',
    description: 'severity of a finding that names the call',
    caseless: true,
    choices: ['info', 'low', 'medium', 'high', 'critical'],
  },
  { name: 'chain', aliases: [], type: 'text', description: 'id of the chain: the reference of its first call' },
  {
    name: 'depth',
    aliases: [],
    type: 'integer',
    description: 'place in its chain: calls on the longest path of causes that ends with it, itself included',
  },
  {
    name: 'tool',
    aliases: [],
    type: 'text',
    description: 'tool or operation inside of a path, such as search_orders, mcp:search_orders, graphql:query GetUser or rpc:tools/list',
  },
  { name: 'source', aliases: [], type: 'text', description: 'name of the evidence file' },
  { name: 'seenIn', aliases: [], type: 'text', description: 'name of any evidence file that shows the call, not only the first' },
  { name: 'record', aliases: ['line'], type: 'integer', description: 'number of the record in its file' },
  { name: 'ref', aliases: [], type: 'text', description: 'reference: file name, #, record' },
  { name: 'userAgent', aliases: ['ua'], type: 'text', description: 'User-Agent header', caseless: true },
  { name: 'contentType', aliases: [], type: 'text', description: 'media type of the response', caseless: true },
  { name: 'query', aliases: [], type: 'text', description: 'query string, secrets masked' },
  { name: 'scheme', aliases: [], type: 'text', description: 'http or https', caseless: true },
  { name: 'port', aliases: [], type: 'integer', description: 'port called' },
  { name: 'referer', aliases: [], type: 'text', description: 'Referer header' },
  { name: 'traceId', aliases: ['trace'], type: 'text', description: 'trace id' },
  { name: 'spanId', aliases: ['span'], type: 'text', description: 'span id' },
  { name: 'parentSpanId', aliases: [], type: 'text', description: 'span id of the cause' },
  { name: 'requestId', aliases: [], type: 'text', description: 'request id of the gateway' },
  { name: 'upstream', aliases: [], type: 'text', description: 'where the gateway passed the call on to' },
  { name: 'route', aliases: [], type: 'text', description: 'route of the gateway' },
  { name: 'service', aliases: [], type: 'text', description: 'service of the gateway' },
  {
    name: 'format',
    aliases: [],
    type: 'text',
    description: 'format of any evidence file that shows the call, such as har or kong-json',
    caseless: true,
  },
  { name: 'tag', aliases: [], type: 'text', description: 'tag that you gave the call', caseless: true },
  { name: 'note', aliases: [], type: 'text', description: 'words in a note on the call', caseless: true, contains: true },
  {
    name: 'header',
    aliases: [],
    type: 'text',
    nested: 'header',
    slow: true,
    description: 'header of request or response: header.x-request-id:abc*; slower',
  },
  {
    name: 'req.header',
    aliases: [],
    type: 'text',
    nested: 'header',
    slow: true,
    description: 'header of the request: req.header.accept:*json*; slower',
  },
  {
    name: 'res.header',
    aliases: [],
    type: 'text',
    nested: 'header',
    slow: true,
    description: 'header of the response: res.header.server:*; slower',
  },
  {
    name: 'req.body',
    aliases: [],
    type: 'text',
    nested: 'body',
    slow: true,
    caseless: true,
    description: 'text in the request body, or a JSON value: req.body.user.id:42; slower',
  },
  {
    name: 'res.body',
    aliases: [],
    type: 'text',
    nested: 'body',
    slow: true,
    caseless: true,
    description: 'text in the response body, or a JSON value: res.body.items.id:7; slower',
  },
] as const satisfies readonly Field[];

/** Every field, those inside messages, too. */
export type AnyFieldName = (typeof fields)[number]['name'];
export type HeaderField = Extract<(typeof fields)[number], { readonly nested: 'header' }>['name'];
export type BodyField = Extract<(typeof fields)[number], { readonly nested: 'body' }>['name'];
/** A field that stands in a column of the case, so that it has no parts. */
export type FieldName = Exclude<AnyFieldName, HeaderField | BodyField>;

/**
 * What a condition looks at: a field, and for what is inside a message the way to it.
 * Shape: `path` is a header's name in lower case, or keys of a JSON body joined by dots; a body without one is its whole text.
 */
export type Target =
  | { readonly field: FieldName; readonly path?: undefined }
  | { readonly field: HeaderField; readonly path: string }
  | { readonly field: BodyField; readonly path?: string | undefined };

/** What `is:` and `has:` take. */
export const flags = [
  { name: 'is:agent', description: 'made by an AI agent' },
  { name: 'is:human', description: 'made by a person' },
  { name: 'is:service', description: 'made by a service' },
  { name: 'is:failed', description: 'answered with a status of 400 or more, or said by its record to have failed or been denied' },
  {
    name: 'is:retry',
    description: 'the same request with the same body again, by the same principal, within 10 minutes after it failed or got no answer',
  },
  {
    name: 'is:write',
    description: 'changes something: POST, PUT, PATCH or DELETE, save operations inside that only read, such as tools/list',
  },
  { name: 'is:hop', description: 'an inner hop: handed on by, or made within, another call of the same principal' },
  { name: 'is:undocumented', description: 'on an endpoint that no API description of its host names' },
  { name: 'is:offhours', description: 'begun outside Monday to Friday, 07:00 to 19:00 UTC' },
  { name: 'has:finding', description: 'named by a finding' },
  { name: 'has:body', description: 'with a request or response body in the evidence' },
  { name: 'has:credential', description: 'with a credential' },
  { name: 'has:chain', description: 'linked to another call' },
  { name: 'is:starred', description: 'with your star' },
  { name: 'is:marked', description: 'marked for the timeline' },
  { name: 'has:tag', description: 'with a tag of yours' },
  { name: 'has:note', description: 'with a note of yours' },
  { name: 'is:inferred', description: 'linked to the calls before it by order or nesting in time only' },
  { name: 'has:secret', description: 'with a secret where none should be' },
  { name: 'has:time', description: 'with a known time' },
  { name: 'has:trace', description: 'with a trace id' },
  { name: 'has:header', description: 'with headers in the evidence; slower', slow: true },
] as const;

export type FlagName = (typeof flags)[number]['name'];

/**
 * Hours that `is:offhours` leaves out: usual office hours, in UTC since a case has no place. What is odd for one caller is the detector's to say.
 * Units: hours of the day, `to` not included; days from 0 for Monday.
 */
export const officeHours = { from: 7, to: 19, lastDay: 4 } as const;

const byName = new Map<string, (typeof fields)[number]>();
for (const field of fields) for (const name of [field.name, ...field.aliases]) byName.set(name.toLowerCase(), field);

/** The field that a name or alias means, in any case; `undefined` when there is none. */
export const findField = (name: string): (Field & { readonly name: AnyFieldName }) | undefined => byName.get(name.toLowerCase());

const byCanonical = new Map<AnyFieldName, Field>(fields.map((field) => [field.name, field]));

/** The field of a canonical name, which a parsed query always has. */
export function getField(name: AnyFieldName): Field {
  const field = byCanonical.get(name);
  if (field === undefined) throw new Error(`bug: no field ${name}`);
  return field;
}

/** What a name such as `req.body.user.id` means; `undefined` for an unknown field and for headers without a header's name. */
export function findTarget(name: string): Target | undefined {
  const exact = byName.get(name.toLowerCase());
  if (exact !== undefined) {
    if (!('nested' in exact)) return { field: exact.name };
    return exact.nested === 'body' ? { field: exact.name } : undefined;
  }
  for (const field of fields) {
    if (!('nested' in field) || !name.toLowerCase().startsWith(`${field.name}.`)) continue;
    const path = name.slice(field.name.length + 1);
    if (field.nested === 'header') return path === '' ? undefined : { field: field.name, path: path.toLowerCase() };
    return path.split('.').includes('') ? undefined : { field: field.name, path };
  }
  return undefined;
}

/** True for what is a column of the case, not a part of a message. */
export const isColumn = (target: Target): target is Extract<Target, { field: FieldName }> => getField(target.field).nested === undefined;

/** True when upper and lower case are the same there; values of headers and of JSON are taken exactly. */
export const isCaseless = ({ field, path }: Target): boolean => path === undefined && getField(field).caseless === true;

/** The name of a target as a query says it. */
export const nameOf = ({ field, path }: Target): string => (path === undefined ? field : `${field}.${path}`);
