import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { inTimeOrder, whoMade, type EvidenceCall } from './inventory/evidence.ts';
import { listOf, plural } from './spoken.ts';

/** Names of tools that do more than read. */
const EFFECT =
  /(?:^|[_.:-])(?:create|add|insert|update|set|write|put|post|send|mail|delete|remove|drop|exec|execute|run|shell|eval|deploy|merge|push|pay|refund|transfer|grant|invite|upload|publish)(?:$|[_.-])/i;
const LOCAL = /^(?:localhost|127\.|\[?::1\]?$|.*\.localhost$)/i;
const SHOWN = 500;

interface Host {
  readonly id: number;
  readonly host: string;
}

/** Hosts on which MCP or A2A is spoken: by operation, by header, by the card that agents show. */
const SPEAKERS = `
  SELECT h.id, h.value AS host FROM term h WHERE h.id IN (
    SELECT c.host_id FROM call c WHERE c.tool_id IN (SELECT id FROM term WHERE value GLOB 'mcp:*' OR value GLOB 'mcp-*')
    UNION SELECT c.host_id FROM data_seen d JOIN term t ON t.id = d.pointer_id AND (t.value GLOB 'mcp-*' OR t.value GLOB 'a2a-*') JOIN call c ON c.id = d.call_id WHERE d.type = 'agent-signal'
    UNION SELECT c.host_id FROM call c WHERE c.path IN ('/.well-known/agent-card.json', '/.well-known/agent.json') AND c.status BETWEEN 200 AND 299)
  ORDER BY h.value`;

const CALLS = `
  SELECT c.id, c.time, t.value AS tool, c.credential_id AS credential, c.status FROM call c JOIN call_fact f ON f.call_id = c.id AND f.same_as IS NULL LEFT JOIN term t ON t.id = c.tool_id
   WHERE c.host_id = ? AND (t.value GLOB 'mcp*' OR c.path IN ('/.well-known/agent-card.json', '/.well-known/agent.json')
     OR EXISTS (SELECT 1 FROM data_seen d JOIN term s ON s.id = d.pointer_id WHERE d.call_id = c.id AND d.type = 'agent-signal' AND (s.value GLOB 'mcp-*' OR s.value GLOB 'a2a-*')))
   ORDER BY c.time, c.id`;

interface McpCall extends EvidenceCall {
  readonly tool: string | null;
  readonly credential: number | null;
  readonly status: number | null;
}

/** Hosts that a description in the case speaks for: the register. */
function registered(db: SqlDriver): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { servers } of db.prepare('SELECT servers FROM specification').all<{ servers: string }>())
    for (const server of JSON.parse(servers) as readonly string[]) {
      const host = /^[a-z][a-z0-9+.-]*:\/\/([^/:?#]+)/i.exec(server)?.[1];
      if (host !== undefined) hosts.add(host.toLowerCase());
    }
  return hosts;
}

function toDraft(db: SqlDriver, { host }: Host, calls: readonly McpCall[], showsCredentials: boolean): FindingDraft {
  const tools = [...new Set(calls.flatMap(({ tool }) => (tool?.startsWith('mcp:') === true ? [tool.slice(4)] : [])))].sort();
  const answered = calls.filter(({ status }) => status === null || status < 400);
  const anonymous = showsCredentials ? answered.filter(({ credential }) => credential === null).length : 0;
  const effects = tools.filter((tool) => EFFECT.test(tool));
  const shown = inTimeOrder(calls.slice(0, SHOWN));
  const who = whoMade(db, shown.slice(0, 200));
  const isOpen = anonymous > 0 && effects.length > 0;
  return {
    subject: host,
    title: `${host} speaks MCP or A2A and stands in no description: ${plural(calls.length, 'call')}${tools.length === 0 ? '' : `, ${plural(tools.length, 'tool')}`}`,
    severity: { base: 'medium', steps: isOpen ? [{ by: 1, why: `it answers without a credential, and ${listOf(effects, 3)} do more than read` }] : [] },
    confidence: 'observed',
    score: Math.min(1, 0.3 + tools.length / 20 + (isOpen ? 0.3 : 0)),
    principals: who.principals, credentials: who.credentials, endpoints: [], chains: who.chains, calls: shown, crossedAt: shown[0],
    observed: { host, tools: tools.slice(0, 30), callers: who.labels.slice(0, 10), calls: calls.length, ...(showsCredentials ? { withoutCredential: anonymous } : {}) },
    expected: { registeredHosts: true },
    benignTested: [
      { explanation: 'a developer’s own machine', result: 'not supported: the host is not local' },
      { explanation: 'a pilot that is known but not described', result: 'not tested: the register is what the descriptions in the case name' },
    ],
    remediation: ['Find out who runs it; describe and register it with an owner and sign-in, or switch it off.'],
  };
} // prettier-ignore

/** Flags MCP and A2A servers that no description in the case names. */
export const shadowMcpServer: Detector = {
  id: 'shadow-mcp-server',
  version: 1,
  title: 'Unregistered MCP server',
  question: 'Which hosts speak to agents (MCP, A2A) without anybody having registered them?',
  about: {
    catches: 'Hosts that speak MCP or A2A and that nobody registered, above all without sign-in.',
    inputs: ['calls of MCP or A2A, by body, header or path', 'a register in the case, to tell known ones'],
    falsePositives: ['a developer’s own machine', 'an official pilot'],
  },
  family: 'posture',
  needs: ['attribution', 'chains'],
  reads: [],
  maps: { owaspApi: ['API9:2023'], owaspLlm: ['LLM03:2025'], owaspAgentic: ['ASI04', 'MCP09', 'MCP07'], attack: ['T1199'], atlas: ['AML.T0084'], cwe: ['CWE-1059', 'CWE-306'] },
  settings: [{ name: 'register', value: 'servers of the API descriptions in the case', why: 'the only list of services that the evidence itself brings' }],
  async run(db, breathe) {
    const speakers = db.prepare(SPEAKERS).all<Host>().filter(({ host }) => !LOCAL.test(host));
    if (speakers.length === 0) return { kind: 'not-evaluable', reason: 'no call to a named host speaks MCP or A2A' };
    const known = registered(db);
    if (known.size === 0) return { kind: 'not-evaluable', reason: 'no API description with servers is in the case, so there is no register to compare with' };
    const findings: FindingDraft[] = [];
    const shows = db.prepare('SELECT 1 FROM call c JOIN call k ON k.source_id = c.source_id AND k.credential_id IS NOT NULL WHERE c.id = ? LIMIT 1');
    for (const host of speakers) {
      await breathe();
      if (known.has(host.host.toLowerCase())) continue;
      const calls = db.prepare(CALLS).all<McpCall>(host.id);
      const [first] = calls;
      if (first !== undefined) findings.push(toDraft(db, host, calls, shows.get(first.id) !== undefined));
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
