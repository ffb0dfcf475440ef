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
}

/** The fields in the order in which they are offered. Names are those of a call in `spoor query --format ndjson`. */
export const fields = [
  { name: 'agent', aliases: [], type: 'text', description: 'caller that is an AI agent' },
  { name: 'user', aliases: ['human'], type: 'text', description: 'caller that is a person' },
  { name: 'principal', aliases: [], type: 'text', description: 'who called, of any kind' },
  {
    name: 'kind',
    aliases: [],
    type: 'text',
    description: 'kind of caller',
    caseless: true,
    choices: ['human', 'service', 'agent', 'unknown'],
  },
  { name: 'method', aliases: [], type: 'text', description: 'HTTP method', caseless: true },
  { name: 'host', aliases: [], type: 'text', description: 'host called', caseless: true },
  { name: 'path', aliases: [], type: 'text', description: 'path as sent, without the query' },
  { name: 'endpoint', aliases: ['op', 'operation'], type: 'text', description: 'method, host and path template, or the template alone' },
  { name: 'status', aliases: [], type: 'integer', description: 'status code of the response' },
  { name: 'time', aliases: [], type: 'time', description: 'when the call began, UTC unless the text names a zone' },
  { name: 'durationMs', aliases: ['dur', 'duration'], type: 'duration', description: 'how long the call took: 250ms, 2s, 1m' },
  { name: 'resBytes', aliases: ['res.bytes', 'bytes'], type: 'bytes', description: 'size of the response: 512, 5KB, 2MiB' },
  { name: 'reqBytes', aliases: ['req.bytes'], type: 'bytes', description: 'size of the request' },
  { name: 'clientIp', aliases: ['ip'], type: 'address', description: 'address of the caller, or a network such as 10.0.0.0/8' },
  { name: 'credential', aliases: ['cred'], type: 'text', description: 'id of the credential used, such as jwt-1' },
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
  { name: 'tool', aliases: [], type: 'text', description: 'tool that an agent used, such as mcp:search_orders' },
  { name: 'source', aliases: [], type: 'text', description: 'name of the evidence file' },
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
  { name: 'format', aliases: [], type: 'text', description: 'format of the evidence, such as har or kong-json', caseless: true },
  { name: 'tag', aliases: [], type: 'text', description: 'tag that you gave the call', caseless: true },
  { name: 'note', aliases: [], type: 'text', description: 'words in a note on the call', caseless: true, contains: true },
] as const satisfies readonly Field[];

export type FieldName = (typeof fields)[number]['name'];

/** What `is:` and `has:` take. */
export const flags = [
  { name: 'is:agent', description: 'made by an AI agent' },
  { name: 'is:human', description: 'made by a person' },
  { name: 'is:service', description: 'made by a service' },
  { name: 'is:failed', description: 'answered with a status of 400 or more' },
  { name: 'is:write', description: 'POST, PUT, PATCH or DELETE' },
  { name: 'is:undocumented', description: 'on an endpoint that no API description of its host names' },
  { name: 'has:finding', description: 'named by a finding' },
  { name: 'has:body', description: 'with a request or response body in the evidence' },
  { name: 'has:credential', description: 'with a credential' },
  { name: 'has:chain', description: 'linked to another call' },
  { name: 'is:starred', description: 'with your star' },
  { name: 'is:marked', description: 'marked for the timeline' },
  { name: 'has:tag', description: 'with a tag of yours' },
  { name: 'has:note', description: 'with a note of yours' },
] as const;

export type FlagName = (typeof flags)[number]['name'];

/** Methods that `is:write` means. */
export const writeMethods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

const byName = new Map<string, (typeof fields)[number]>();
for (const field of fields) for (const name of [field.name, ...field.aliases]) byName.set(name.toLowerCase(), field);

/** The field that a name or alias means, in any case; `undefined` when there is none. */
export const findField = (name: string): (Field & { readonly name: FieldName }) | undefined => byName.get(name.toLowerCase());

const byCanonical = new Map<FieldName, Field>(fields.map((field) => [field.name, field]));

/** The field of a canonical name, which a parsed query always has. */
export function getField(name: FieldName): Field {
  const field = byCanonical.get(name);
  if (field === undefined) throw new Error(`bug: no field ${name}`);
  return field;
}
