import { callFlag } from '../store/call-flags.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, DetectorTools, FindingDraft } from './detector.ts';
import { LEDGER_ROWS } from './exhibits/few.ts';
import { defang } from './flow/untrusted.ts';
import { inTimeOrder, whoMade } from './inventory/evidence.ts';
import { compareHeaders, type Mismatch } from './mcp/header-body.ts';
import { serverOf, SERVER_PARTS, type ServerParts } from './mcp/server-name.ts';
import { listOf, plural } from './spoken.ts';

/** Requests whose header and body are compared. */
export const MAX_COMPARED = 20_000;

interface Row extends ServerParts {
  readonly id: number;
  readonly standing: number;
  readonly time: number | null;
}

interface Odd {
  readonly id: number;
  readonly time: number | null;
  readonly mismatches: readonly Mismatch[];
}

interface Server {
  compared: number;
  readonly odd: Odd[];
}

const REQUESTS = `SELECT c.id, ifnull(f.same_as, c.id) AS standing, c.time, ${SERVER_PARTS} FROM call c JOIN call_fact f ON f.call_id = c.id
  WHERE c.tool_id IN (SELECT id FROM term WHERE value GLOB 'mcp:*' OR value GLOB 'rpc:*') AND c.flags & ? <> 0 AND (c.status IS NULL OR c.status BETWEEN 200 AND 299)
  ORDER BY c.id LIMIT ?`;

/** What a gateway decides on: by it a request passes that would have been stopped. */
const isPolicy = ({ kind }: Mismatch): boolean => kind === 'method' || kind === 'name' || kind === 'parameter';

function severityOf(mismatches: readonly Mismatch[], isAll: boolean): FindingDraft['severity'] {
  const [first] = mismatches.filter(isPolicy);
  return {
    base: 'low',
    steps: [
      ...(first === undefined ? [] : [{ by: 2, why: `a gateway that decides by ${first.header} decided on something else than was done` }]),
      ...(first === undefined && isAll ? [{ by: -1, why: 'it is so with every request: the headers may be lost on the way' }] : []),
    ],
  };
}

function toDraft(db: SqlDriver, server: string, { compared, odd }: Server): FindingDraft {
  const mismatches = odd.flatMap((one) => one.mismatches);
  const headers = [...new Set(mismatches.map(({ header }) => header))];
  const policy = odd.filter((one) => one.mismatches.some(isPolicy));
  const example = mismatches.find(isPolicy) ?? mismatches[0];
  const calls = inTimeOrder(odd);
  const who = whoMade(db, calls.slice(0, 500));
  const rows = (policy.length > 0 ? policy : odd).flatMap(({ id, mismatches: own }) =>
    own.map(({ header, inHeader, inBody }) => ({ at: id, tone: 'grave' as const, cells: [header, defang(inHeader ?? 'not sent'), defang(inBody)] })),
  );
  return {
    subject: server,
    title: `${server} did ${plural(odd.length, 'request')} whose body says another thing than ${listOf(headers, 3)}${example?.inHeader === undefined ? ': the header was not sent' : `: ${defang(example.inHeader)} in the header, ${defang(example.inBody)} in the body`}`,
    severity: severityOf(mismatches, odd.length === compared),
    confidence: 'observed',
    score: Math.min(1, 0.3 + policy.length / 20),
    ...who,
    endpoints: [],
    calls,
    crossedAt: inTimeOrder(policy)[0] ?? calls[0],
    observed: { server, requests: odd.length, compared, headers, differing: mismatches.filter(({ kind }) => kind !== 'missing').length, missing: mismatches.filter(({ kind }) => kind === 'missing').length },
    expected: { differing: 0, missing: 0 },
    benignTested: [
      { explanation: 'a proxy that drops headers', result: odd.length === compared && policy.length === 0 ? 'possible: no request of this server has them' : 'not supported: the headers are there, or some requests have them' },
      { explanation: 'an older revision of the protocol', result: 'not supported: such requests are left out' },
    ],
    remediation: ['Have the server refuse requests whose headers and body differ (error −32020).', 'Decide by the body where the gateway can read it.'],
    exhibits: [{ kind: 'ledger', title: 'What the gateway saw, and what the server was asked', head: ['Header', 'In the header', 'In the body'], rows: rows.slice(0, LEDGER_ROWS), omitted: Math.max(0, rows.length - LEDGER_ROWS) }],
  };
} // prettier-ignore

async function run(db: SqlDriver, breathe: () => Promise<void>, tools: DetectorTools): ReturnType<Detector['run']> {
  const rows = db.prepare(REQUESTS).all<Row>(callFlag.requestBody, MAX_COMPARED + 1);
  const servers = new Map<string, Server>();
  for (const [index, row] of rows.slice(0, MAX_COMPARED).entries()) {
    if (index % 50 === 0) await breathe();
    const mismatches = compareHeaders(tools.detail(row.id));
    if (mismatches === undefined) continue;
    const name = serverOf(row);
    const server = servers.get(name) ?? { compared: 0, odd: [] };
    servers.set(name, server);
    server.compared += 1;
    if (mismatches.length > 0) server.odd.push({ id: row.standing, time: row.time, mismatches });
  }
  if (servers.size === 0) return { kind: 'not-evaluable', reason: 'no MCP request with its body and its routing headers (Mcp-Method, Mcp-Name) is in the evidence' };
  const findings = [...servers].filter(([, { odd }]) => odd.length > 0).map(([name, server]) => toDraft(db, name, server));
  return { kind: 'evaluated', findings, ...(rows.length > MAX_COMPARED ? { partly: `only the first ${MAX_COMPARED.toLocaleString('en-US')} MCP requests were compared` } : {}) };
} // prettier-ignore

/** Flags MCP requests whose headers, by which gateways decide, say another thing than their body, which the server obeys. */
export const mcpHeaderMismatch: Detector = {
  id: 'mcp-header-mismatch',
  version: 1,
  title: 'Gateway and server are told different things',
  question: 'Did a server do what the headers of an MCP request did not say?',
  about: {
    catches: 'MCP requests that were answered although their routing headers name another method, tool, parameter or version than their body, or are missing where the protocol demands them.',
    inputs: ['MCP requests with headers and bodies'],
    falsePositives: ['a proxy that drops headers', 'headers for parameters that the tool names otherwise'],
  },
  family: 'posture',
  needs: ['attribution', 'chains'],
  reads: ['requestBody'],
  maps: { owaspApi: ['API8:2023', 'API5:2023'], owaspLlm: [], owaspAgentic: ['ASI07', 'MCP07'], attack: ['T1190'], atlas: ['AML.T0107'], cwe: ['CWE-345', 'CWE-444'] },
  settings: [
    { name: 'headersSince', value: '2026-07-28', why: 'the revision of MCP from which on the headers have to be sent; before it only those that are there are compared' },
    { name: 'compared', value: MAX_COMPARED, why: 'requests that are read, so that reading takes seconds' },
  ],
  run,
}; // prettier-ignore
