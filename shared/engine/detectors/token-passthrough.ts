import { claimList } from '../../model/claims.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { readTokens } from './jwt/claims.ts';
import { plural } from './spoken.ts';

/** An upstream call that belongs to a tool call follows it within this. Units: µs. */
const MAX_PAUSE = 30_000_000;
/** Rows of calls looked at in one statement. */
const RANGE = 50_000;

interface Hop {
  readonly tool: number;
  readonly upstream: number;
  readonly credential: number;
  readonly from: string;
  readonly to: string;
}

/** Hosts that answer calls of MCP tools, by row id of their name. */
const mcpHosts = (db: SqlDriver): ReadonlyMap<number, string> =>
  new Map(
    db
      .prepare(
        "SELECT DISTINCT c.host_id AS id, h.value AS host FROM call c JOIN term t ON t.id = c.tool_id JOIN term h ON h.id = c.host_id WHERE t.value LIKE 'mcp:%'",
      )
      .all<{ id: number; host: string }>()
      .map(({ id, host }) => [id, host]),
  );

/**
 * Calls elsewhere that a tool call brought about, by proof, with the very credential that it came with.
 * The same method and path behind the same credential is a proxy that hands one request on, not a server that acts on its own.
 */
const HOPS = `
  SELECT a.id AS tool, b.id AS upstream, a.credential_id AS credential, ha.value AS "from", hb.value AS "to"
  FROM call a JOIN term t ON t.id = a.tool_id AND t.value LIKE 'mcp:%' JOIN edge e ON e.from_call = a.id JOIN call b ON b.id = e.to_call
  JOIN term ha ON ha.id = a.host_id JOIN term hb ON hb.id = b.host_id LEFT JOIN call_fact f ON f.call_id = b.id
  WHERE a.id BETWEEN ? AND ? AND b.credential_id = a.credential_id AND b.host_id <> a.host_id AND f.same_as IS NULL
    AND e.kind IN ('trace', 'rpc', 'nesting', 'value') AND b.time BETWEEN a.time AND a.time + ${String(MAX_PAUSE)}
    AND NOT (b.method_id IS a.method_id AND b.path IS a.path) AND NOT (b.request_id IS NOT NULL AND b.request_id IS a.request_id AND b.path IS a.path)
  ORDER BY a.time, a.id, b.id`;

async function findHops(db: SqlDriver, hosts: ReadonlyMap<number, string>, breathe: () => Promise<void>): Promise<readonly Hop[]> {
  const last = db.prepare('SELECT max(id) AS id FROM call').get<{ id: number | null }>()?.id ?? 0;
  const select = db.prepare(HOPS);
  const names = new Set(hosts.values());
  const hops: Hop[] = [];
  for (let from = 1; from <= last; from += RANGE) {
    // One MCP server that asks another is a chain of tools, each of which may be meant by the token.
    hops.push(...select.all<Hop>(from, from + RANGE - 1).filter(({ to }) => !names.has(to)));
    await breathe();
  }
  return hops;
}

/** The host that an audience names: itself, or the host of its address. */
function hostOf(audience: string): string {
  const match = /^[a-z][a-z0-9+.-]*:\/\/([^/:?#]+)/i.exec(audience);
  return (match?.[1] ?? audience).toLowerCase();
}

interface Misused {
  readonly credential: number;
  readonly from: string;
  readonly to: string;
  readonly calls: readonly number[];
}

/** Tokens made for an MCP server that another host took. */
function takenElsewhere(db: SqlDriver, hosts: ReadonlyMap<number, string>): readonly Misused[] {
  const byName = new Map([...hosts].map(([id, host]) => [host.toLowerCase(), id]));
  const select = db.prepare(
    `SELECT c.id, c.host_id, h.value AS host FROM call c JOIN term h ON h.id = c.host_id LEFT JOIN call_fact f ON f.call_id = c.id
     WHERE c.credential_id = ? AND +c.status BETWEEN 200 AND 299 AND f.same_as IS NULL ORDER BY c.time, c.id`,
  );
  return readTokens(db).flatMap(({ credential, claims }) => {
    const audiences = claimList(claims, 'aud').map(hostOf);
    const server = audiences.find((host) => byName.has(host));
    if (server === undefined || audiences.length > 1) return [];
    const elsewhere = new Map<string, number[]>();
    for (const { id, host_id, host } of select.all<{ id: number; host_id: number; host: string }>(credential))
      if (!hosts.has(host_id)) elsewhere.set(host, [...(elsewhere.get(host) ?? []), id]);
    return [...elsewhere].map(([to, calls]) => ({ credential, from: server, to, calls }));
  });
}

/** One entry for each credential and pair of hosts. */
function join(hops: readonly Hop[], elsewhere: readonly Misused[]): readonly (Misused & { readonly linked: number })[] {
  const groups = new Map<string, { from: string; to: string; credential: number; calls: Set<number>; linked: number }>();
  const groupOf = (credential: number, from: string, to: string): { calls: Set<number>; linked: number } => {
    const key = JSON.stringify([credential, from, to]);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { from, to, credential, calls: new Set(), linked: 0 }));
    return group;
  };
  for (const { credential, from, to, tool, upstream } of hops) {
    const group = groupOf(credential, from, to);
    group.calls.add(tool).add(upstream);
    group.linked += 1;
  }
  for (const { credential, from, to, calls } of elsewhere) for (const call of calls) groupOf(credential, from, to).calls.add(call);
  return [...groups.values()].map((group) => ({ ...group, calls: [...group.calls] }));
}

function toDraft(db: SqlDriver, { credential, from, to, calls, linked }: ReturnType<typeof join>[number]): FindingDraft {
  const whose = db
    .prepare(
      'SELECT u.key, u.principal_id AS principal, p.label FROM credential_use u LEFT JOIN principal p ON p.id = u.principal_id WHERE u.credential_id = ?',
    )
    .get<{ key: string; principal: number | null; label: string | null }>(credential);
  const how =
    linked > 0
      ? `${plural(linked, 'call')} at ${to} came from tool calls at ${from} with the same credential`
      : `${to} took ${plural(calls.length, 'call')} with a token that is made out to ${from}`;
  return {
    subject: `${whose?.key ?? ''} ${from} ${to}`,
    title: `${from} passes the credential of ${whose?.label ?? 'an unknown principal'} on to ${to}`,
    severity: { base: 'high', steps: [] },
    confidence: linked > 0 ? 'observed' : 'inferred',
    score: Math.min(1, 0.5 + calls.length / 200),
    principals: whose?.principal === undefined || whose.principal === null ? [] : [whose.principal],
    credentials: [credential],
    endpoints: [],
    chains: [],
    calls: inOrder(db, calls),
    observed: { server: from, upstream: to, linkedCalls: linked, calls: calls.length, how },
    expected: { credentialAtUpstream: 'one that the server got for itself, made out to the upstream host' },
    benignTested: [
      {
        explanation: 'a gateway that records one call twice',
        result: 'tested: hops with the same method and path, or the same request, do not count',
      },
      { explanation: 'a second MCP server behind the first', result: 'tested: hosts that answer tool calls themselves do not count' },
    ],
    remediation: [
      `Have ${from} exchange the token (RFC 8693) or use a credential of its own towards ${to}.`,
      `Have ${to} refuse tokens whose audience is not its own.`,
    ],
  };
}

/** By time; calls of one moment by source and record, which no order of import changes. */
function inOrder(db: SqlDriver, calls: readonly number[]): readonly number[] {
  const rows = db
    .prepare(
      'SELECT c.id FROM call c JOIN source s ON s.id = c.source_id WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.time IS NULL, c.time, s.name, c.record',
    )
    .all<{ id: number }>(JSON.stringify(calls));
  return rows.map(({ id }) => id);
}

/** Flags servers of tools that hand their caller's token to somebody else. Source: MCP, "Security best practices", token passthrough. */
export const tokenPassthrough: Detector = {
  id: 'token-passthrough',
  version: 2,
  title: 'Tool server forwards the token it was given',
  question: 'Which tool servers act upstream with the credential of whoever called them?',
  about: {
    catches: 'A tool server that calls on with the very credential that it was called with.',
    inputs: ['both hops in the evidence, with their credentials'],
    falsePositives: ['one gateway that logs a call twice', 'a reverse proxy of the same service'],
  },
  family: 'posture',
  needs: ['principals', 'chains'],
  reads: ['credential'],
  maps: {
    owaspApi: ['API2:2023', 'API10:2023'],
    owaspLlm: [],
    owaspAgentic: ['ASI03', 'MCP07'],
    attack: ['T1550.001'],
    atlas: ['AML.T0091.000'],
    cwe: ['CWE-441'],
  },
  settings: [{ name: 'maxPause', value: '30 s', why: 'what a tool does for a call, it does while the client waits' }],
  async run(db, breathe) {
    const hosts = mcpHosts(db);
    if (hosts.size === 0) return { kind: 'not-evaluable', reason: 'no call of an MCP tool over HTTP is in the evidence' };
    const shown = db
      .prepare(
        "SELECT 1 AS shown FROM call c JOIN term t ON t.id = c.tool_id WHERE t.value LIKE 'mcp:%' AND c.credential_id IS NOT NULL LIMIT 1",
      )
      .get();
    const elsewhere = takenElsewhere(db, hosts);
    if (shown === undefined && elsewhere.length === 0)
      return { kind: 'not-evaluable', reason: 'no call of an MCP tool shows the credential that it came with' };
    const groups = join(await findHops(db, hosts, breathe), elsewhere);
    return { kind: 'evaluated', findings: groups.map((group) => toDraft(db, group)) };
  },
};
