import { nodeCodec } from '#electron/node/crypto.ts';
import { estimateBits } from '#shared/engine/intake/masking/entropy.ts';
import type { StoredDetail } from '#shared/engine/intake/masking/masked-call.ts';
import { valueFingerprint } from '#shared/engine/intake/value-forms.ts';
import { OPERATION_METHOD } from '#shared/model/named-operation.ts';
import type { OperationContract } from '#shared/model/operation-contract.ts';
import type { TokenSignature } from '#shared/model/token-signature.ts';
import type { PassContext } from '#shared/engine/passes/pass.ts';
import { detailPacker } from '#shared/engine/reading/details.ts';
import { callFlag } from '#shared/engine/store/call-flags.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { interner } from '#shared/engine/store/intern.ts';
import { firstIndices } from '#shared/engine/store/migrations/0001-first.ts';
import { signatureStore } from '#shared/engine/store/token-signatures.ts';
import { packValues, type ListedValue } from '#shared/engine/store/value-list.ts';
import { caseKey } from '#shared/engine/store/open.ts';
import { fixedCrypto, memoryCase } from './case.ts';

/** The detail of one call as a block of its own. */
function packed(detail: StoredDetail): Uint8Array {
  const packer = detailPacker(nodeCodec);
  packer.add(detail, false);
  return packer.take()[0]?.data ?? new Uint8Array(0);
}

/** Formats of sources by how their names begin; all others are Kong's. */
const FORMATS = Object.entries({ har: 'har', alb: 'aws-alb', otel: 'otlp-traces', cloudtrail: 'aws-cloudtrail', s3: 'aws-s3-access' });

/** 2026-10-01T00:00:00Z: every clock of the text counts from here. Units: µs. */
export const TEXT_START = Date.UTC(2026, 9, 1) * 1000;

/**
 * One call a line, columns by blanks:
 *
 *     00:01.5  agent:bot  GET  api.acme.test/v1/tickets/T-1001  200  in=kong dur=80 trace=t1 span=b parent=a  => $.id=T-1001  <= $.card=x
 *
 * Time is `[day+]hh:mm:ss`, `mm:ss` or with tenths, `-` for none. Who is `kind:label` or `-`. Options: `in` source (its name tells the format,
 * see `FORMATS`), `dur` ms, `trace span parent id` ids, `ip up ua referer`, `tpl` template (else segments with a digit become `{id}`),
 * `s` sensitivity 0…3, `spec`, `types` kinds of data in answers with commas, `sent` kinds in the request as `type*count`,
 * `tool` what its body asks for, as the column `tool` holds it, `xff` whom it was forwarded for, `said` what a record without a status says of the answer (`given`, `denied`, `failed`); the method `CALL` is an operation of an API,
 * `auth` a credential of which only that is known, `scheme`, `cred` credential, `shows` a credential seen in the open as `side:type:credential:place` (else in `key`), `tls` a TLS client, `initiator`, `location`, `bytes` of the request, `answer` bytes of the response.
 * `=>` begins values of the answer, `<=` of the request, `pointer=text`.
 */
interface TextCall {
  readonly time: number | null;
  readonly kind: string;
  readonly who: string | undefined;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string | undefined;
  readonly status: number | null;
  readonly options: ReadonlyMap<string, string>;
  readonly answered: readonly (readonly [pointer: string, text: string])[];
  readonly sent: readonly (readonly [pointer: string, text: string])[];
  readonly source: string;
  readonly record: number;
}

function parseTime(text: string): number | null {
  if (text === '-') return null;
  const [days, clock] = text.includes('+') ? text.split('+') : ['0', text];
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return TEXT_START + Math.round((Number(days) * 86_400 + seconds) * 1e6);
}

function parseLine(line: string, records: Map<string, number>): TextCall {
  const [time = '-', who = '-', method = 'GET', url = '', status = '-', ...rest] = line.trim().split(/\s+/);
  const options = new Map<string, string>();
  const answered: [string, string][] = [];
  const sent: [string, string][] = [];
  let into: 'options' | [string, string][] = 'options';
  for (const word of rest) {
    if (word === '=>') into = answered;
    else if (word === '<=') into = sent;
    else {
      const split = word.indexOf('=');
      const pair: [string, string] = [word.slice(0, split), word.slice(split + 1)];
      if (into === 'options') options.set(...pair);
      else into.push(pair);
    }
  }
  const [address = '', query] = url.split('?');
  const slash = address.indexOf('/');
  const source = options.get('in') ?? 'kong';
  const record = (records.get(source) ?? 0) + 1;
  records.set(source, record);
  const [kind = 'unknown', label] = who.includes(':') ? who.split(':') : ['unknown', who];
  return {
    time: parseTime(time), kind, who: who === '-' ? undefined : label, method, host: address.slice(0, slash), path: address.slice(slash), query,
    status: status === '-' ? null : Number(status), options, answered, sent, source, record,
  }; // prettier-ignore
}

const templateOf = (call: TextCall): string =>
  call.options.get('tpl') ??
  call.path
    .split('/')
    .map((segment) => (/\d/.test(segment) && !/^v\d+$/.test(segment) ? '{id}' : segment))
    .join('/');

/** Body text in which every pointer stands, for marks: only plain keys and one level of items are needed. */
function bodyOf(values: TextCall['sent']): string | undefined {
  if (values.length === 0) return undefined;
  const root: Record<string, unknown> = {};
  for (const [pointer, text] of values) {
    const steps = [...pointer.matchAll(/\.([A-Za-z_]+)|\[(\d+)\]/g)].map((match) => match[1] ?? Number(match[2]));
    let at: Record<string | number, unknown> = root;
    for (const [index, step] of steps.entries()) {
      if (index === steps.length - 1) at[step] = text;
      else {
        at[step] ??= typeof steps[index + 1] === 'number' ? [] : {};
        at = at[step] as Record<string | number, unknown>;
      }
    }
  }
  return JSON.stringify(root);
}

export interface TextCase {
  readonly db: SqlDriver;
  readonly context: PassContext;
  /** Row id of a reference. */
  readonly id: (ref: string) => number;
}

export interface TextOptions {
  /** Order of insertion as a permutation seed: the result may not depend on it. */
  readonly shuffle?: number;
  /** Base URLs of one API description. */
  readonly servers?: readonly string[];
  /** Tokens by the names that `cred` uses. */
  readonly tokens?: Readonly<Record<string, { readonly header?: object; readonly claims: object; readonly signature?: TokenSignature }>>;
  /** Text of answers by `source#record`, for those whose words matter. */
  readonly bodies?: Readonly<Record<string, string>>;
  /** Text of requests by `source#record`. */
  readonly requests?: Readonly<Record<string, string>>;
  /** Headers by `source#record`, as `name: value`. */
  readonly headers?: Readonly<Record<string, { readonly request?: readonly string[]; readonly response?: readonly string[] }>>;
  /** What a description promises of endpoints, by their key. */
  readonly contracts?: Readonly<Record<string, Partial<OperationContract> & { readonly secured?: boolean; readonly deprecated?: boolean }>>;
}

const toHeader = (line: string): readonly [string, string] => {
  const colon = line.indexOf(': ');
  return [line.slice(0, colon), line.slice(colon + 2)];
};

/** A small generator of our own, so that a shuffle is the same everywhere. */
function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const copy = [...items];
  let state = seed;
  for (let at = copy.length - 1; at > 0; at -= 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const other = state % (at + 1);
    const [a, b] = [copy[at], copy[other]];
    if (a !== undefined && b !== undefined) [copy[at], copy[other]] = [b, a];
  }
  return copy;
}

/** Builds a case from a text of calls, with principals, endpoints and credentials as their passes would have left them. */
export function caseFromText(text: string, { shuffle, servers, tokens, bodies, requests, headers, contracts }: TextOptions = {}): TextCase {
  const db = memoryCase();
  const key = caseKey(db);
  const term = interner(db);
  const records = new Map<string, number>();
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'));
  const parsed = lines.map((line) => parseLine(line, records));
  const calls = shuffle === undefined ? parsed : shuffled(parsed, shuffle);
  const names = new Map<string, Map<string, number>>();
  const known = (table: string, name: string, insert: () => number): number => {
    const ids = names.get(table) ?? new Map<string, number>();
    names.set(table, ids);
    const id = ids.get(name) ?? insert();
    ids.set(name, id);
    return id;
  };
  const source = (name: string): number =>
    known(
      'source',
      name,
      () =>
        db
          .prepare(
            "INSERT INTO source (name, format, recognized_by, evidence, sha256, bytes, bytes_accounted, records, accepted, rejected, skipped, timezone, state, notes) VALUES (?, ?, 'content', '', '', 0, 0, 0, 0, 0, 0, 'in the data', 'complete', '[]')",
          )
          .run(name, FORMATS.find(([start]) => name.startsWith(start))?.[1] ?? 'kong-json').lastId,
    );
  const principal = (call: TextCall): number | null =>
    call.who === undefined
      ? null
      : known(
          'principal',
          call.who,
          () =>
            db
              .prepare("INSERT INTO principal (key, label, kind, rung, why, weak, calls) VALUES (?, ?, ?, 4, '', 0, 0)")
              .run(`p-${call.who ?? ''}`, call.who ?? '', call.kind).lastId,
        );
  const endpoint = (call: TextCall): number => {
    const template = templateOf(call);
    const name = `${call.method} ${call.host}${template}`;
    const types = (call.options.get('types') ?? '')
      .split(',')
      .filter((type) => type !== '')
      .map((type) => ({ type, where: 'response $', share: 1 }));
    return known(
      'endpoint',
      name,
      () =>
        db
          .prepare(
            "INSERT INTO endpoint (key, method, host, template, spec, sensitivity, classified_from, flags, data_types, calls, principals, agents, statuses, auth) VALUES (?, ?, ?, ?, ?, ?, 'names', '[]', ?, 0, 0, 0, '{}', '[]')",
          )
          .run(
            name,
            call.method,
            call.host,
            template,
            call.options.get('spec') ?? 'no-spec',
            Number(call.options.get('s') ?? 0),
            JSON.stringify(types),
          ).lastId,
    );
  };
  const credential = (name: string, owner: number | null): number =>
    known('credential', name, () => {
      const token = tokens?.[name];
      const id = db
        .prepare('INSERT INTO credential (fingerprint, kind, masked, jwt_header, jwt_claims) VALUES (?, ?, ?, ?, ?)')
        .run(
          `fp-${name}`,
          token === undefined ? 'api-key' : 'jwt',
          `${name}…`,
          token === undefined ? null : JSON.stringify(token.header ?? { alg: 'RS256', typ: 'JWT' }),
          token === undefined ? null : JSON.stringify(token.claims),
        ).lastId;
      if (token?.signature !== undefined) signatureStore(db)(`fp-${name}`, token.signature);
      db.prepare("INSERT INTO credential_use (credential_id, key, principal_id, calls, contexts, issues) VALUES (?, ?, ?, 0, 1, '[]')").run(
        id,
        name,
        owner,
      );
      return id;
    });
  const values = (callId: number, sent: TextCall['sent'], answered: TextCall['sent']): void => {
    if (sent.length + answered.length === 0) return;
    const listed = (side: 0 | 1, list: TextCall['sent']): ListedValue[] =>
      list.map(([pointer, value]) => ({
        side,
        pointerId: term(pointer) ?? 0,
        fingerprint: valueFingerprint(fixedCrypto, key, value),
        bits: estimateBits(value),
      }));
    const data = packValues([...listed(0, sent), ...listed(1, answered)]);
    db.prepare('INSERT INTO value (call_id, sent, answered, data) VALUES (?, ?, ?, ?)').run(callId, sent.length, answered.length, data);
  };
  const refs = new Map<string, number>();
  const blocks: [number, StoredDetail][] = [];

  for (const call of calls) {
    const option = (name: string): string | null => call.options.get(name) ?? null;
    const owner = principal(call);
    const [used, said] = [call.options.get('cred'), call.options.get('said')];
    const flags =
      (call.options.has('initiator') ? callFlag.initiator : 0) |
      (call.options.has('location') ? callFlag.redirect : 0) |
      (call.answered.length > 0 || bodies?.[`${call.source}#${String(call.record)}`] !== undefined ? callFlag.responseBody : 0) |
      (call.sent.length > 0 || requests?.[`${call.source}#${String(call.record)}`] !== undefined ? callFlag.requestBody : 0) |
      (call.options.has('auth') ? callFlag.authenticated : 0) |
      (call.method === OPERATION_METHOD ? callFlag.operation : 0) |
      (said === 'given' || said === 'denied' || said === 'failed' ? callFlag[said] : 0);
    const id = db
      .prepare(
        `INSERT INTO call (source_id, record, byte_start, byte_length, time, time_kind, duration, method_id, scheme_id, host_id, path, query, status, req_bytes, res_bytes,
           client_ip_id, user_agent_id, referer_id, credential_id, trace_id, span_id, parent_span_id, request_id, upstream_id, tool_id, flags)
         VALUES (?, ?, 0, 10, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        source(call.source), call.record, call.time, Number(option('dur') ?? 50) * 1000, term(call.method), term(option('scheme') ?? 'https'), call.host === '' ? null : term(call.host), call.path, call.query ?? null,
        call.status, option('bytes') === null ? null : Number(option('bytes')), option('answer') === null ? null : Number(option('answer')), term(option('ip') ?? undefined), term(option('ua') ?? undefined), term(option('referer') ?? undefined),
        used === undefined ? null : credential(used, owner), option('trace'), option('span'), option('parent'), option('id'), term(option('up') ?? undefined), term(option('tool') ?? undefined), flags,
      ).lastId; // prettier-ignore
    refs.set(`${call.source}#${String(call.record)}`, id);
    db.prepare('INSERT INTO call_fact (call_id, principal_id, endpoint_id) VALUES (?, ?, ?)').run(id, owner, endpoint(call));
    values(id, call.sent, call.answered);
    const tls = call.options.get('tls');
    if (tls !== undefined)
      db.prepare(
        "INSERT INTO data_seen (call_id, side, pointer_id, type, count) VALUES (?, 'request-header', ?, 'tls-fingerprint', 1)",
      ).run(id, term(`ja4 ${tls}`));
    const shows = call.options.get('shows')?.split(':');
    if (shows !== undefined)
      db.prepare('INSERT INTO exposure (call_id, side, pointer_id, type, credential_id) VALUES (?, ?, ?, ?, ?)').run(
        id,
        shows[0] ?? '',
        term(shows[3] ?? 'key'),
        shows[1] ?? '',
        credential(shows[2] ?? '', null),
      );
    for (const item of (call.options.get('sent') ?? '').split(',').filter((part) => part !== '')) {
      const [type = '', count = '1'] = item.split('*');
      db.prepare("INSERT INTO data_seen (call_id, side, pointer_id, type, count) VALUES (?, 'request', ?, ?, ?)").run(
        id,
        term('$'),
        type,
        Number(count),
      );
    }
    const responseText = bodies?.[`${call.source}#${String(call.record)}`] ?? bodyOf(call.answered);
    const requestText = requests?.[`${call.source}#${String(call.record)}`] ?? bodyOf(call.sent);
    const told = headers?.[`${call.source}#${String(call.record)}`];
    const detail: StoredDetail = {
      responseBody: responseText === undefined ? undefined : { text: responseText },
      requestBody: requestText === undefined ? undefined : { text: requestText },
      requestHeaders: told?.request?.map(toHeader),
      responseHeaders: told?.response?.map(toHeader),
      forwardedFor: call.options.get('xff'),
      initiatorUrl: call.options.get('initiator'),
      redirectUrl: call.options.get('location'),
    };
    blocks.push([id, detail]);
  }
  for (const [id, detail] of blocks)
    db.prepare('INSERT INTO detail_block (first_call_id, last_call_id, data) VALUES (?, ?, ?)').run(id, id, packed(detail));
  if (servers !== undefined)
    db.prepare("INSERT INTO specification (source_id, title, version, dialect, servers) VALUES (1, 'Shop', '1', 'openapi-3.1', ?)").run(
      JSON.stringify(servers),
    );
  if (contracts !== undefined) addContracts(db, contracts);
  settle(db);
  const context: PassContext = {
    db,
    crypto: fixedCrypto,
    codec: nodeCodec,
    caseKey: key,
    signal: new AbortController().signal,
    progress: () => undefined,
    breathe: () => Promise.resolve(),
  };
  return { db, context, id: (ref) => refs.get(ref) ?? -1 };
}

/** Operations of one description, given to endpoints that the text has or, as operations that nothing called, to none of it. */
function addContracts(db: SqlDriver, contracts: NonNullable<TextOptions['contracts']>): void {
  const specification = db
    .prepare("INSERT INTO specification (source_id, title, version, dialect, servers) VALUES (1, 'Shop', '1', 'openapi-3.1', '[]')")
    .run().lastId;
  for (const [key, { secured, deprecated, ...contract }] of Object.entries(contracts)) {
    const [method = '', place = ''] = key.split(' ');
    const path = place.slice(place.indexOf('/'));
    const operation = db
      .prepare(
        "INSERT INTO operation (specification_id, record, byte_start, byte_length, method, path, deprecated, secured, security, tags, request_fields, response_fields, contract) VALUES (?, 1, 0, 0, ?, ?, ?, ?, '[]', '[]', '[]', '[]', ?)",
      )
      .run(
        specification,
        method,
        path,
        deprecated === true ? 1 : 0,
        secured === true ? 1 : 0,
        JSON.stringify({ parameters: [], responses: {}, auth: [], ...contract }),
      ).lastId;
    const known = db
      .prepare("UPDATE endpoint SET operation_id = ?, spec = CASE WHEN ? THEN 'zombie' ELSE 'documented' END WHERE key = ?")
      .run(operation, deprecated === true ? 1 : 0, key);
    if (known.changes === 0)
      db.prepare(
        "INSERT INTO endpoint (key, method, host, template, operation_id, spec, sensitivity, classified_from, flags, data_types, calls, principals, agents, statuses, auth) VALUES (?, ?, ?, ?, ?, 'orphan', 0, 'names', '[]', '[]', 0, 0, 0, '{}', '[]')",
      ).run(key, method, place.slice(0, place.indexOf('/')), path, operation);
  }
}

/** Counts that the passes would have made. */
function settle(db: SqlDriver): void {
  db.exec(firstIndices);
  db.exec(`
    UPDATE endpoint SET calls = (SELECT count(*) FROM call_fact f WHERE f.endpoint_id = endpoint.id),
      principals = (SELECT count(DISTINCT f.principal_id) FROM call_fact f WHERE f.endpoint_id = endpoint.id),
      statuses = (SELECT json_group_object(status, n) FROM (SELECT c.status AS status, count(*) AS n FROM call_fact f JOIN call c ON c.id = f.call_id WHERE f.endpoint_id = endpoint.id AND c.status IS NOT NULL GROUP BY c.status));
    UPDATE principal SET calls = (SELECT count(*) FROM call_fact f WHERE f.principal_id = principal.id);
    UPDATE credential_use SET (calls, first_use, last_use, contexts) = (SELECT count(*), min(c.time), max(c.time), count(DISTINCT concat_ws(' ', ifnull(c.client_ip_id, 0), ifnull(c.user_agent_id, 0))) FROM call c WHERE c.credential_id = credential_use.credential_id);
  `);
}

/** Edges as short texts, in time order of their effect: `kong#1 trace kong#2`. */
export const edgeTexts = (db: SqlDriver): readonly string[] =>
  db
    .prepare(
      `SELECT a.name || '#' || f.record AS cause, e.kind, b.name || '#' || t.record AS effect FROM edge e JOIN call f ON f.id = e.from_call JOIN call t ON t.id = e.to_call
       JOIN source a ON a.id = f.source_id JOIN source b ON b.id = t.source_id ORDER BY e.id`,
    )
    .all<{ cause: string; kind: string; effect: string }>()
    .map((row) => `${row.cause} ${row.kind} ${row.effect}`);
