import type { FindingJson, NotEvaluable } from '#shared/contract/report-json.ts';
import { runDetectors } from '#shared/engine/detectors/run.ts';
import { passes } from '#shared/engine/passes/index.ts';
import { caseKey } from '#shared/engine/store/open.ts';
import { listFindings, listNotEvaluable } from '#shared/engine/store/read/findings/findings.ts';
import { fixedCrypto, memoryCase, testCodec } from './case.ts';
import { importText } from './import-text.ts';

/** One run of an agent: it is told of a tool, may read a customer, and calls the tool outside. */
export interface ToolRun {
  /** Whose profile it reads first; none when absent. */
  readonly customer?: string;
  /** The tool that reads it is the same server's. */
  readonly fromServer?: boolean;
  /** The definition of the tool as the model is told of it; none when absent. */
  readonly told?: Readonly<Record<string, unknown>>;
  /** Arguments of the tool beside its lane; `PROFILE` stands for the answer that was read. */
  readonly extra?: Readonly<Record<string, string>>;
  readonly release?: string;
  readonly host?: string;
}

/** 2026-10-20T08:00:00Z. Units: ns. */
const START = 1_792_483_200_000_000_000n;
const MINUTE = 60_000_000_000n;

export const PROFILE = '‹what was read›';

/** What the customer service answers. */
const profileOf = (customer: string): string =>
  JSON.stringify({ id: customer, name: `Ruskamp Tools ${customer}`, email: `orders-${customer.toLowerCase()}@ruskamp-tools.example`, phone: `+32 470 12 ${customer.slice(-2)} 71`, contract: `K-${customer}-26`, goods: `Machines of ${customer}` }); // prettier-ignore

const attribute = (key: string, value: string): object => ({ key, value: { stringValue: value } });
const attributesOf = (values: Readonly<Record<string, string>>): readonly object[] => Object.entries(values).map(([key, value]) => attribute(key, value)); // prettier-ignore

/** One run as a line of OTLP: request, model, tool and message to the server. Source: OpenTelemetry, GenAI and MCP conventions of 2026. */
function toLine({ customer, fromServer = false, told, extra, release, host = 'mcp.rates.example' }: ToolRun, run: number): string {
  const traceId = String(run + 1).padStart(32, '0');
  let spans = 0;
  const span = (name: string, kind: number, parent: string | undefined, values: Readonly<Record<string, string>>) => {
    spans += 1;
    const start = START + BigInt(run) * MINUTE + BigInt(spans) * 1_000_000_000n;
    return { traceId, spanId: `${String(run + 1).padStart(8, '0')}${String(spans).padStart(8, '0')}`, ...(parent === undefined ? {} : { parentSpanId: parent }), name, kind, startTimeUnixNano: String(start), endTimeUnixNano: String(start + 500_000_000n), attributes: attributesOf(values) };
  };
  const tell = told === undefined ? {} : { 'gen_ai.tool.definitions': JSON.stringify([{ type: 'function', ...told }]) };
  const root = span('POST /v1/ask', 2, undefined, { 'http.request.method': 'POST', 'url.path': '/v1/ask', 'server.address': 'desk.acme.example', 'http.response.status_code': '200', 'user.id': `clerk-${String(run % 3)}` });
  const chat = span('chat m', 3, root.spanId, { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm', 'server.address': 'api.models.example', ...tell });
  const profile = customer === undefined ? undefined : profileOf(customer);
  const reads = profile === undefined ? [] : [span('execute_tool get_profile', 1, root.spanId, { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'get_profile', 'gen_ai.tool.call.arguments': JSON.stringify({ customer_id: customer }), 'gen_ai.tool.call.result': profile })];
  const messageOf = (name: string, parent: string) => span(`tools/call ${name}`, 3, parent, { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': name, 'server.address': host });
  // Other requests to the desk keep its domain the one that is called most, which is the estate.
  const others = ['/v1/ping', '/v1/me'].map((path) => span(`GET ${path}`, 2, undefined, { 'http.request.method': 'GET', 'url.path': path, 'server.address': 'desk.acme.example', 'http.response.status_code': '200' }));
  const asked = fromServer ? reads.map(({ spanId }) => messageOf('get_profile', spanId)) : [];
  const more = Object.fromEntries(Object.entries(extra ?? {}).map(([name, text]) => [name, text === PROFILE ? (profile ?? '') : text]));
  const step = span('execute_tool lane_rate', 1, root.spanId, { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'lane_rate', 'gen_ai.tool.call.arguments': JSON.stringify({ lane: 'BEANR-BRSSZ', ...more }), 'gen_ai.tool.call.result': '{"rate_usd":4049}' });
  const message = messageOf('lane_rate', step.spanId);
  const resource = { attributes: attributesOf({ 'service.name': 'desk', ...(release === undefined ? {} : { 'service.version': release }) }) };
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [root, ...others, chat, ...reads, ...asked, step, message] }] }] });
} // prettier-ignore

/** Imports runs, a minute apart, as one file of OTLP, analyses them and asks one detector. */
export async function detectRuns(only: string, runs: readonly ToolRun[]): Promise<{ readonly findings: readonly FindingJson[]; readonly notEvaluable: readonly NotEvaluable[] }> {
  const db = memoryCase();
  await importText(db, 'agents.jsonl', runs.map(toLine).join('\n'));
  const breathe = (): Promise<void> => Promise.resolve();
  const context = { db, codec: testCodec, crypto: fixedCrypto, caseKey: caseKey(db), signal: new AbortController().signal, progress: () => undefined, breathe };
  for (const pass of passes) await pass.run(context);
  await runDetectors(db, { only: [only], breathe, codec: testCodec });
  return { findings: listFindings(db), notEvaluable: listNotEvaluable(db) };
} // prettier-ignore
