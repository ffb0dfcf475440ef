import { append } from '../../lib/append.ts';
import type { ImportedBody, ImportedCall } from '../../model/call.ts';
import type { TableRow } from '../../model/table-row.ts';
import type { IssuerKey } from '../../model/knowledge/issuer-key.ts';
import type { CryptoPort } from '../ports.ts';
import { callFlag } from '../store/call-flags.ts';
import { assertedCredential } from './tokens/asserted.ts';
import { labelled } from './tokens/authorization.ts';
import { createCallNotes, createValuePrinter, type CallNotes } from './call-notes.ts';
import { createHeaderMasker, credentialRank } from './masking/headers.ts';
import { maskBody, type MaskedBody } from './masking/body.ts';
import { decodeMcpHeader, markHeadersOnly } from './mcp-headers.ts';
import { maskEchoes } from './masking/echoes.ts';
import { maskExtra } from './masking/extra.ts';
import { maskRaw } from './masking/raw.ts';
import { maskRow } from './masking/row.ts';
import type { LoneSecret } from './masking/lone-secret.ts';
import { isHexId } from './masking/hex-id.ts';
import { isRare, isSure, placeSays, toLoneSecret } from './masking/lone-secrets.ts';
import { findSecretsByForm, maskText } from './masking/text.ts';
import { maskPath, maskQuery, maskUrl, findSecretsInUrl } from './masking/url.ts';
import type { Intake, MaskedCall, SeenCredential, StoredDetail } from './masking/masked-call.ts';
import { createMessageMembers, type Message } from './operations/message-members.ts';
import { nameOperation } from './operations/name-operation.ts';
import { isPlaceholder } from './masking/placeholder.ts';
import { createRecent } from './recent.ts';
import { agentSignal, readHeaderFields, type HeaderFields, withTraceOf } from './trace-fields.ts';
import { tlsFingerprint } from './tls-fingerprint.ts';
import type { Secret, Vault } from './masking/secret.ts';
import { createVault } from './vault.ts';

/** Paths of log-ins and token exchanges: their bodies are where passwords and tokens belong. */
const TOKEN_EXCHANGE =
  /(?:^|[/._-])(?:oauth2?|token|tokens|login|log-in|signin|sign-in|logon|authenticate|authentication|auth|session|sessions|sso|saml|refresh|register|signup|password|connect|introspect|revoke|jwt|mfa|otp)(?:[/._-]|$)/i;
const SPAN_DIGITS = /^\d{16}$/;
/** Digits, the marks between them and the words that times have: nothing that a secret could hide in, and nearly every time. */
const TIME_TEXT = /^(?:[\d :.,+\-/[\]TZ]|\b(?:[A-Z][a-z]{2}|[AP]M|UTC|GMT)\b){1,64}$/;
/** Shortest handle of a session. Units: characters. */
const MIN_HANDLE = 8;
/** Texts remembered masked: user agents, referers, hosts repeat over a whole log. */
const REMEMBERED = 5000;

/**
 * The masking door between importers and store: nothing behind it holds a secret in clear. One per reader; readers of one import
 * share `passingKey`, so that a weak secret is the same to all of them. Tokens are checked against `issuerKeys`: nobody can later.
 */
export function createIntake(
  crypto: CryptoPort,
  caseKey: Uint8Array,
  passingKey?: Uint8Array,
  issuerKeys: readonly IssuerKey[] = [],
): Intake {
  const vault = createVault(crypto, caseKey, passingKey, issuerKeys);
  const print = createValuePrinter(crypto, caseKey);
  const headers = createHeaderMasker(vault);
  const texts = createRecent(REMEMBERED, (text) => maskText(text, vault));
  const urls = createRecent(REMEMBERED, (url) => maskUrl(url, vault));
  // Ids are new on every record: remembering them would push out what repeats.
  const safeId = <Id extends string | undefined>(id: Id): Id | string => (id === undefined || isHexId(id) ? id : maskText(id, vault));
  /** Of sixteen digits one in ten thousand reads as a card's number; beside a trace they name a span. */
  const safeSpan = (id: string | undefined, trace: string | undefined): string | undefined =>
    id !== undefined && SPAN_DIGITS.test(id) && trace !== undefined && isHexId(trace) ? id : safeId(id);
  const safe = (text: string | undefined): string | undefined => (text === undefined ? undefined : texts.get(text));
  const safeUrl = (url: string | undefined): string | undefined => (url === undefined ? undefined : urls.get(url));

  let lone: LoneSecret[] = [];
  const places = createRecent(REMEMBERED, placeSays);
  /** What has a form of its own is found by it wherever it stands. */
  const isLone = createRecent(REMEMBERED, (text) => isRare(text) && findSecretsByForm(text, vault).length === 0);
  const loneOf = ({ named }: CallNotes): readonly LoneSecret[] =>
    named
      .filter(({ field, secret }) => isLone.get(secret.text) && isSure(secret, places.get(field)))
      .map(({ secret }) => toLoneSecret(secret));

  const inTable = (text: string, row: TableRow | undefined): string => (row === undefined ? text : maskRow(text, row, vault));

  const credentialOf = (
    call: ImportedCall,
    isTokenExchange: boolean,
  ): { readonly used: SeenCredential | undefined; readonly authenticated: boolean } => {
    const candidates: SeenCredential[] = [];
    let authenticated = call.requestHeaders !== undefined && headers.credentials(call.requestHeaders, candidates);
    if (call.query !== undefined && !isTokenExchange) {
      const inQuery = queryCredential(call.query, vault);
      authenticated ||= inQuery !== undefined;
      if (inQuery !== undefined) candidates.push(inQuery);
    }
    let used: SeenCredential | undefined;
    for (const candidate of candidates) if (used === undefined || rankOf(candidate) < rankOf(used)) used = candidate;
    // Who a gateway let in says more than the key of the program, which all of its users share.
    used ??= call.backendHeaders === undefined ? undefined : assertedCredential(call.backendHeaders, call.requestHeaders ?? [], vault);
    // The gateway's id of a key that it does not show is as good as the key for telling callers apart.
    used ??= labelled('api-key', call.credentialId, vault);
    used ??= sessionOf(call)?.credential;
    // Whose short-lived tokens a cloud does not even number: the account is what they have in common.
    used ??= labelled('identity', call.programIdentity, vault);
    return { used, authenticated: authenticated || used !== undefined || call.consumer !== undefined };
  };

  /** The session that a record names by its handle; what is shorter is a number of the log's own, and a word (`anonymous`) is everybody's. */
  const sessionOf = ({ sessionId }: ImportedCall): Secret | undefined =>
    sessionId === undefined || sessionId.length < MIN_HANDLE || isPlaceholder(sessionId) || /^[A-Za-z _-]{1,20}$/.test(sessionId)
      ? undefined
      : vault.secret(sessionId, 'session-token', 'session id');

  /** What else a record says, then the headers that its gateway sent to the back end, which notes of their own keep out of what the caller did. */
  const maskExtras = ({ extras, backendHeaders }: ImportedCall, found: Map<string, Secret>): ImportedCall['extras'] => {
    const masked = extras?.map(
      ([name, value]) => [vault.inName(name).masked, maskExtra(name, value, vault, (text) => texts.get(text), found)] as const,
    );
    if (backendHeaders === undefined) return masked;
    const notes = createCallNotes(print);
    // Masked under their bare names: what a name promises (`Cookie`, `x-functions-key`) it promises as a whole.
    const told = headers.mask(backendHeaders, 'request-header', notes).map(([name, value]) => [`backend ${name}`, value] as const);
    for (const [text, secret] of notes.secrets) found.set(text, secret);
    return [...(masked ?? []), ...told];
  };

  const maskCall = (call: ImportedCall, row?: TableRow): MaskedCall => {
    const notes = createCallNotes(print);
    const isTokenExchange = call.path !== undefined && TOKEN_EXCHANGE.test(call.path);
    const { used, authenticated } = credentialOf(call, isTokenExchange);
    const fields = readHeaderFields(call);
    const requestHeaders = call.requestHeaders === undefined ? undefined : headers.mask(call.requestHeaders, 'request-header', notes);
    const responseHeaders = call.responseHeaders === undefined ? undefined : headers.mask(call.responseHeaders, 'response-header', notes);
    noteHeaderValues(call, notes);
    const inSegments = call.path === undefined ? undefined : maskPath(call.path, call.host, notes, vault);
    // Without a method it is a request line that is none, or the name of an operation: any text.
    const path = call.method === undefined ? safe(inSegments) : inSegments;
    const query = call.query === undefined ? undefined : maskQuery(call.query, notes, vault);
    if (call.referer !== undefined && !hasHeader(call, 'referer'))
      for (const { secret } of findSecretsInUrl(call.referer, vault))
        notes.secret('request-header', 'referer', 'referer', secret, 'misplaced');
    const members = createMessageMembers();
    const body = (imported: ImportedBody | undefined, side: 'request' | 'response'): MaskedBody | undefined =>
      imported === undefined ? undefined : maskBody(imported, { side, notes, vault, isTokenExchange, members });
    const requestBody = body(call.requestBody, 'request');
    const responseBody = body(call.responseBody, 'response');
    noteAgent(call, members.messages[0] ?? {}, notes, vault);
    const tls = tlsFingerprint(call);
    if (tls !== undefined) notes.kind('request-header', tls, 'tls-fingerprint');

    const inExtras = new Map<string, Secret>();
    const session = sessionOf(call);
    if (session !== undefined) inExtras.set(session.text, session);
    const secrets = (): ReadonlyMap<string, Secret> => (inExtras.size === 0 ? notes.secrets : new Map([...notes.secrets, ...inExtras]));
    const detail: StoredDetail = {
      requestHeaders,
      responseHeaders,
      requestBody: requestBody?.stored,
      responseBody: responseBody?.stored,
      timeText: call.timeText === undefined || TIME_TEXT.test(call.timeText) ? call.timeText : safe(call.timeText),
      timings: call.timings,
      extras: markHeadersOnly(maskExtras(call, inExtras), call, fields.mcp),
      initiatorUrl: safeUrl(call.initiatorUrl),
      redirectUrl: safeUrl(fields.redirectUrl),
      forwardedFor: safe(fields.forwardedFor),
      raw: call.rawText === undefined ? undefined : maskRaw(inTable(call.rawText, row), secrets(), vault),
    };
    const tool =
      fields.tool ?? nameOperation(call, members.messages, { ...fields, mcpMethod: fields.mcp?.method, responseType: fields.contentType });
    const masked: MaskedCall = {
      call: { ...maskedFields(call, withTraceOf(fields, members.messages[0]?.traceparent)), path, query, tool: safe(tool) },
      credential: used,
      values: notes.values,
      data: notes.data(),
      exposures: notes.exposures,
      detail,
      flags: flagsOf(call, detail, requestBody?.hasText === true, responseBody?.hasText === true, authenticated),
    };
    append(lone, loneOf(notes));
    return maskEchoes(masked, secrets().values());
  };

  const maskedFields = (call: ImportedCall, fields: HeaderFields): MaskedCall['call'] => ({
    time: call.time,
    timeKind: call.timeKind,
    zoneKnown: call.zoneKnown,
    durationMs: call.durationMs,
    // A request line is whatever a client sent, and its first word a method by its place alone.
    method: safe(call.method),
    scheme: safe(call.scheme),
    host: safe(fields.host),
    port: call.port,
    status: call.status,
    reqBytes: call.reqBytes,
    resBytes: call.resBytes,
    clientIp: safe(fields.clientIp),
    forwardedFor: safe(fields.forwardedFor),
    userAgent: safe(fields.userAgent),
    referer: safeUrl(fields.referer),
    consumer: safe(call.consumer),
    credentialId: safe(call.credentialId),
    traceId: safeId(fields.traceId),
    spanId: safeSpan(fields.spanId, fields.traceId),
    parentSpanId: safeSpan(fields.parentSpanId, fields.traceId),
    requestId: safeId(fields.requestId),
    upstream: safe(call.upstream),
    route: safe(fields.route),
    service: safe(fields.service),
    contentType: safe(fields.contentType),
    initiatorUrl: safeUrl(call.initiatorUrl),
    redirectUrl: safeUrl(fields.redirectUrl),
  });

  return {
    maskCall,
    takeSecrets() {
      const taken = lone;
      lone = [];
      return taken;
    },
    // The id as in the columns of its calls, which it is to meet.
    maskTrace: ({ traceId, user, agent, step }) => ({
      traceId: safeId(traceId),
      user: safe(user),
      agent: safe(agent),
      step: step && {
        spanId: safeSpan(step.spanId, traceId) ?? '',
        parentSpanId: safeSpan(step.parentSpanId, traceId),
        service: safe(step.service),
      },
    }),
    maskText: (text, row) => maskText(inTable(text, row), vault),
  };
}

const rankOf = (credential: SeenCredential): number => credentialRank[credential.kind];

const hasHeader = (call: ImportedCall, name: string): boolean =>
  call.requestHeaders?.some(([header]) => header.toLowerCase() === name) === true;

/** A key or token that the call proves itself with in its query. */
function queryCredential(query: string, vault: Vault): SeenCredential | undefined {
  if (!/key|token|secret|jwt/i.test(query)) return undefined;
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    if (equals < 1) continue;
    const name = part.slice(0, equals);
    const hint = vault.hint(name);
    const value = decodeURIComponentSafe(part.slice(equals + 1));
    if (
      hint?.sure !== true ||
      isPlaceholder(value) ||
      !(hint.type === 'api-key' || /^(?:access_?token|auth_?token|token|jwt|bearer_?token)$/i.test(name))
    )
      continue;
    const { credential } = vault.secret(value, hint.type);
    return { ...credential, kind: credential.kind === 'session' ? 'opaque' : credential.kind, label: vault.inName(name).masked };
  }
  return undefined;
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone `%`: the parameter was not encoded.
    return text;
  }
}

/** The target of `rel=next`, as the next call will spell it without its scheme. Source: RFC 8288, section 3. */
function noteNextPage({ host }: ImportedCall, value: string, notes: CallNotes): void {
  for (const [, target = '', parameters = ''] of value.slice(0, 8192).matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (!/\brel="?[^";,=]*\bnext\b/i.test(parameters) || !URL.canParse(target, `https://${host ?? 'host.invalid'}`)) continue;
    const url = new URL(target, `https://${host ?? 'host.invalid'}`);
    notes.value('response', 'header link', `${url.hostname}${url.pathname}${url.search}`);
  }
}

/** Response headers that name where to go on. */
const ONWARD = new Set(['location', 'content-location', 'operation-location', 'link']);
/** Headers whose whole value is meant to come back: of a version, of a page. */
const COMES_BACK = /^(?:etag|if-match|x-[a-z-]*(?:cursor|page-token|continuation))$/;

/**
 * Where a response sends its caller next and what it wants back, as values that a later call may show, and arguments of tools that MCP
 * clients repeat in headers (`Mcp-Param-*`), which may show where they came from.
 */
function noteHeaderValues(call: ImportedCall, notes: CallNotes): void {
  for (const [header, value] of call.requestHeaders ?? []) {
    const name = header.toLowerCase();
    if (name.startsWith('mcp-param-')) notes.value('request', `header ${name}`, decodeMcpHeader(value));
    else if (COMES_BACK.test(name)) notes.value('request', `header ${name}`, value);
  }
  for (const [header, value] of call.responseHeaders ?? []) {
    const name = header.toLowerCase();
    if (!ONWARD.has(name) && !COMES_BACK.test(name)) continue;
    notes.value('response', `header ${name}`, value);
    if (name === 'link') noteNextPage(call, value, notes);
    if (!ONWARD.has(name)) continue;
    for (const part of value.slice(0, 2048).split(/[/?&#=<>;,\s]+/, 80))
      if (/\d/.test(part)) notes.value('response', `header ${name}`, part);
  }
}

/** Marks of agents that no column holds: kept as a kind of data of the request's headers, for the principals pass. */
function noteAgent(call: ImportedCall, rpc: Message, notes: CallNotes, vault: Vault): void {
  const client = rpc.version === undefined ? undefined : (rpc.metaClient ?? (rpc.method === 'initialize' ? rpc.client : undefined));
  const signal = client === undefined ? agentSignal(call.requestHeaders ?? []) : `mcp-client=${client.slice(0, 80)}`;
  if (signal !== undefined) notes.kind('request-header', vault.inName(signal).masked, 'agent-signal');
}

function flagsOf(
  call: ImportedCall,
  detail: StoredDetail,
  hasRequestBody: boolean,
  hasResponseBody: boolean,
  authenticated: boolean,
): number {
  return (
    (hasRequestBody ? callFlag.requestBody : 0) |
    (hasResponseBody ? callFlag.responseBody : 0) |
    (authenticated ? callFlag.authenticated : 0) |
    (call.isOperation === true ? callFlag.operation : call.method === undefined && call.path !== undefined ? callFlag.malformed : 0) |
    (call.outcome === undefined || call.status !== undefined ? 0 : callFlag[call.outcome]) |
    (call.time !== undefined && !call.zoneKnown ? callFlag.zoneAssumed : 0) |
    (detail.initiatorUrl === undefined ? 0 : callFlag.initiator) |
    (detail.redirectUrl === undefined ? 0 : callFlag.redirect)
  );
}
