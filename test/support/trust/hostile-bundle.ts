import { vectorFor } from './vectors.ts';

/** Secrets that stand in the capture; no screen, export or log may hold one. */
export const PLANTED = ['Kd03LmQz71TyPwRb5Nv2Hc9S', 'ghp_4f3c9a1b7e2d8056af91c3e47b28d60aQx71', 'Pw-geheim-Zx81keyZx81', 'sk_live_51HqLyjWDarjtT1zdp7dcGGGG', '6f1c2a34-90ab-4cde-8f01-23456789abcd'] as const; // prettier-ignore
/** Stands where a signature would. */
const TOKEN_SIGNATURE = 'nobody has signed this, and nobody can tell';
const [BEARER, GITHUB, PASSWORD, STRIPE, UUID] = PLANTED;

/** Calls of the capture; each has another text in each of its fields. */
const ENTRIES = 60;
const LINES = 60;
/** The call that hands on what the answer before it named, under a name that attacks: a link bears it. */
const FOLLOW_UP = 56;
const SPANS = 30;
/** Ids of steps begin here. */
const STEPS = 4096;

const at = (second: number): string => new Date(Date.UTC(2026, 9, 3, 22, 14, second)).toISOString();

/** Texts of one record: a field's name gives its text, each record has others. */
const texts = (start: number) => {
  let number = start;
  return (field: string): string => vectorFor(field, (number += 1));
};

const jwtPart = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token whose every claim attacks; nobody can check who signed it. */
function hostileToken(v: (field: string) => string): string {
  const claims = {
    iss: `https://login.example/${v('claim-issuer')}`, sub: v('claim-subject'), aud: [v('claim-audience')], scope: `orders:read ${v('claim-scope').replaceAll(/\s/g, '_')}`,
    client_id: v('claim-client'), azp: v('claim-party'), act: { sub: v('claim-actor') }, name: v('claim-name'), roles: [v('claim-role')], [v('claim-key')]: v('claim-value'),
    iat: 1_790_812_800, exp: 1_890_812_800,
  };
  return `${jwtPart({ alg: 'RS256', kid: v('token-kid'), typ: v('token-type') })}.${jwtPart(claims)}.${Buffer.from(TOKEN_SIGNATURE).toString('base64url')}`;
} // prettier-ignore

/** The address of a call: one of a foreign host, one that the description knows, or one that it does not. */
function urlOf(index: number, v: (field: string) => string): string {
  if (index % 5 === 0) return `https://${encodeURIComponent(v('host')).slice(0, 40)}.example/${v('path')}?${v('query-name')}=${v('query-value')}#${v('fragment')}`;
  if (index % 5 === 1) return `https://api.example/v1/known/${String(index)}?${encodeURIComponent(v('known-query'))}=1`;
  return `https://api.example/v1/${v('path')}/${String(index)}?${v('query-name')}=${v('query-value')}&access_token=${BEARER}`;
} // prettier-ignore

/** What the answer to a call names. */
const answerId = (index: number): string => `a91f-${String(index)}-77c2d1`;

function harEntry(index: number): object {
  const v = texts(index * 41);
  const key = v('body-key');
  const body = JSON.stringify({ [key]: v('body-value'), ...(index === FOLLOW_UP ? { [`${key} of the last`]: answerId(index - 1) } : {}), note: v('body-note'), password: PASSWORD, auth: { token: GITHUB }, nested: { list: [v('body-item')] }, id: `ord-${String(index)}-8842917` });
  return {
    startedDateTime: at(index),
    time: 12,
    comment: v('entry-comment'),
    pageref: v('page-ref'),
    serverIPAddress: v('server-ip'),
    connection: v('connection'),
    _initiator: { type: 'script', url: v('initiator-url'), [v('initiator-key')]: v('initiator-value') },
    request: {
      method: index % 7 === 0 ? v('method') : 'POST',
      url: urlOf(index, v),
      httpVersion: v('http-version'),
      headers: [
        { name: 'User-Agent', value: v('user-agent') }, { name: v('header-name'), value: v('header-value') }, { name: 'X-Request-Id', value: v('request-id') }, { name: 'Referer', value: v('referer') },
        { name: 'X-Agent-Name', value: v('agent-name') }, { name: 'Mcp-Session-Id', value: v('mcp-session') }, { name: 'traceparent', value: v('traceparent') }, { name: 'baggage', value: v('baggage') },
        { name: 'X-Forwarded-For', value: v('forwarded-for') }, { name: 'Origin', value: v('origin') }, { name: 'Host', value: v('host-header') }, { name: 'Accept-Language', value: v('accept-language') },
        { name: 'Authorization', value: index % 2 === 0 ? `Basic ${Buffer.from(`${v('basic-user')}:${PASSWORD}`).toString('base64')}` : index % 3 === 0 ? `Bearer ${BEARER}` : `Bearer ${hostileToken(v)}` },
        { name: 'X-Api-Key', value: STRIPE }, { name: 'Cookie', value: `session=${UUID}` },
      ],
      cookies: [{ name: v('cookie-name'), value: v('cookie-value') }],
      queryString: [{ name: v('query-list-name'), value: v('query-list-value') }],
      headersSize: -1, bodySize: -1,
      postData: { mimeType: index % 3 === 0 ? v('request-type') : 'application/json', text: body, params: [{ name: v('form-name'), value: v('form-value'), fileName: v('file-name') }] },
    },
    response: {
      status: 201, statusText: v('status-text'), httpVersion: 'HTTP/1.1', redirectURL: v('redirect-url'), headersSize: -1, bodySize: 40,
      headers: [{ name: 'Location', value: v('location') }, { name: 'Content-Type', value: index % 3 === 0 ? v('response-type') : 'application/json' }, { name: 'Server', value: v('server') }, { name: v('response-header-name'), value: v('response-header-value') }],
      cookies: [{ name: 's', value: v('set-cookie'), path: v('cookie-path') }],
      content: { size: 40, mimeType: index % 2 === 0 ? 'text/html' : 'application/json', text: index % 2 === 0 ? v('html-body') : JSON.stringify({ id: answerId(index), [v('answer-key')]: v('answer-value'), email: `${v('email')}@example.com` }) },
    },
    cache: {}, timings: { send: 1, wait: 10, receive: 1, comment: v('timings-comment') },
  };
} // prettier-ignore

function gatewayLine(index: number): string {
  const v = texts(5000 + index * 17);
  return `${JSON.stringify({
    request: { method: 'GET', uri: `/v2/${v('gateway-path')}?${v('gateway-query')}=1`, url: `https://gw.example:443/v2/${v('gateway-url')}`, headers: { 'user-agent': v('gateway-agent'), host: 'gw.example', [v('gateway-header')]: v('gateway-header-value') } },
    response: { status: index % 4 === 0 ? 403 : 200, headers: { 'content-type': v('gateway-type') } },
    latencies: { request: 5, kong: 1, proxy: 3 },
    client_ip: index % 6 === 0 ? v('client-ip') : `192.0.2.${String(index % 5)}`,
    consumer: { username: v('consumer'), custom_id: v('consumer-id') },
    route: { name: v('route'), paths: [v('route-path')] },
    service: { name: v('service'), host: v('service-host') },
    workspace: v('workspace'),
    started_at: 1790812800000 + index * 1000,
  })}\n`;
} // prettier-ignore

function span(index: number): object {
  const v = texts(9000 + index * 13);
  const text = (key: string, value: string): object => ({ key, value: { stringValue: value } });
  return {
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: (index + 1).toString(16).padStart(16, '0'),
    // Every fifth lies in the step of an agent, which is no call.
    parentSpanId: (index % 5 === 0 ? index + STEPS : index).toString(16).padStart(16, '0'),
    name: v('span-name'), kind: 3,
    startTimeUnixNano: String(1_790_812_800_000_000_000n + BigInt(index) * 1_000_000n), endTimeUnixNano: String(1_790_812_800_000_000_000n + BigInt(index) * 1_000_000n + 900_000n),
    status: { code: 2, message: v('span-status') },
    attributes: [
      text('http.request.method', 'POST'), text('url.full', `https://tools.example/mcp/${v('span-url')}`), text('server.address', 'tools.example'), text('url.path', `/mcp/${v('span-path')}`), { key: 'http.response.status_code', value: { intValue: '200' } },
      text('gen_ai.agent.name', v('agent')), text('gen_ai.tool.name', v('tool')), text('gen_ai.tool.call.arguments', v('tool-arguments')), text('gen_ai.request.model', v('model')), text('enduser.id', v('end-user')), text('user_agent.original', v('span-agent')), text(v('attribute-name'), v('attribute-value')),
    ],
  };
} // prettier-ignore

/** The step of an agent, which is no call and says whose the calls below it are. */
function agentStep(index: number): object {
  const v = texts(14_000 + index * 3);
  const text = (key: string, value: string): object => ({ key, value: { stringValue: value } });
  return {
    traceId: '5b8efff798038103d269b633813fc60c', spanId: (index + STEPS).toString(16).padStart(16, '0'), name: v('step-name'), kind: 1,
    startTimeUnixNano: '1790812800000000000', endTimeUnixNano: '1790812801000000000',
    attributes: [text('gen_ai.operation.name', 'invoke_agent'), text('gen_ai.agent.name', v('step-agent')), text('enduser.id', v('step-user'))],
  };
} // prettier-ignore

function spans(): string {
  const v = texts(12_000);
  const attributes = [
    { key: 'service.name', value: { stringValue: v('service-name') } },
    { key: 'host.name', value: { stringValue: v('host-name') } },
  ];
  const all = Array.from({ length: SPANS }, (_, index) => [span(index), agentStep(index)]).flat();
  return `${JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope: { name: v('scope') }, spans: all }] }] })}\n`;
}

function specification(): string {
  const v = texts(13_000);
  const operation = {
    operationId: v('operation-id'), summary: v('operation-summary'), description: v('operation-description'), tags: [v('operation-tag')], deprecated: true,
    parameters: [{ name: v('parameter'), in: 'query', description: v('parameter-description'), schema: { type: 'string', enum: [v('enum')], pattern: v('pattern'), example: v('example') } }],
    security: [{ [v('security-scheme')]: [v('scope-of-scheme')] }],
    responses: { '200': { description: v('response-description'), content: { [v('media-type')]: { schema: { type: 'object', properties: { [v('property')]: { type: 'string', description: v('property-description') } } } } } } },
  };
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: v('spec-title'), version: v('spec-version'), description: v('spec-description'), contact: { name: v('contact'), url: v('contact-url') } },
    servers: [{ url: 'https://api.example', description: v('server-description') }, { url: v('server-url') }],
    paths: { '/v1/{id}': { get: operation, post: operation }, '/v1/known/{id}': { post: { ...operation, operationId: v('known-operation') } }, [`/${v('spec-path')}`]: { get: operation } },
    externalDocs: { url: v('external-docs') },
  });
} // prettier-ignore

/** A run as a tracing tool's API gives it, with whose it is; after all else. */
function run(): string {
  const v = texts(14_000);
  const step = (id: string, type: string, parent: string | null): object => ({
    id, traceId: 'run-1', type, name: v('run-agent'), parentObservationId: parent, startTime: at(900), endTime: at(901), model: 'm-1', input: {}, output: {},
  });
  return JSON.stringify({ data: [{ id: 'run-1', timestamp: at(900), userId: v('run-user'), observations: [step('a', 'AGENT', null), step('b', 'GENERATION', 'a')] }] });
} // prettier-ignore

/** Evidence with a hostile text in every field that a reader takes: a capture, a gateway log, traces of agents, a description; and names as hostile. */
export const hostileBundle = (): Readonly<Record<string, string>> => ({
  'cap<img src=x onerror=alert(1)>.har': JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: vectorFor('creator', 20_000), version: vectorFor('creator-version', 20_001) },
      pages: [{ id: 'p', title: vectorFor('page-title', 20_002), startedDateTime: at(0), pageTimings: {} }],
      comment: vectorFor('log-comment', 20_003),
      entries: Array.from({ length: ENTRIES }, (_, index) => harEntry(index)),
    },
  }),
  'gateway"onmouseover=alert(1) x=".jsonl': `${Array.from({ length: LINES }, (_, index) => gatewayLine(index)).join('')}{"broken": "${vectorFor('bad-line', 20_004).replaceAll(/["\\\n\t]/g, '.')}\n`,
  "spans'-alert(1)-'.jsonl": spans(),
  'runs<svg onload=alert(1)>.json': run(),
  'api{{7*7}}.json': specification(),
});
