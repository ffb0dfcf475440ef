import type { SqlDriver } from '../../store/driver.ts';

/** Spans that are walked up from a call to the agent; longer ways are circles of a broken trace. */
const MAX_STEPS = 64;

/** One span of a trace: a call that is kept, or a step of an agent. */
interface Node {
  readonly call: number | null;
  readonly span: string | null;
  readonly parent: string | null;
  readonly service: string | null;
  readonly agent: string | null;
  readonly user: string | null;
}

/** A call that an agent made in a run of its own. */
export interface AgentCall {
  readonly call: number;
  readonly agent: string;
  /** For whom, where the step or the request around it names somebody. */
  readonly user: string | undefined;
}

/** The spans of one trace in one format: of a call its caller's name, of a step the names that it gives. */
const NODES = `
  SELECT c.id AS call, c.span_id AS span, c.parent_span_id AS parent, service.value AS service, NULL AS agent, consumer.value AS user
    FROM call c JOIN source s ON s.id = c.source_id AND s.format = ?
    LEFT JOIN term service ON service.id = c.service_id LEFT JOIN term consumer ON consumer.id = c.consumer_id
   WHERE c.trace_id = ?
  UNION ALL
  SELECT NULL, a.span_id, a.parent_span_id, a.service, a.agent, a.user
    FROM inner_span a JOIN source s ON s.id = a.source_id AND s.format = ? WHERE a.trace_id = ?`;

/**
 * Finds calls that agents made: those below a step that names its agent, in the same service. The innermost agent has a call; the request around
 * the agent's work stays its caller's, and what another service did in answer stays that service's.
 * Shape:   one trace after the other, each call once.
 * Example: `POST /ask` of kim, in it the step `invoke_agent desk`, in it `execute_tool rate`: the tool's call is desk's, for kim.
 */
export function* findAgentCalls(db: SqlDriver): Generator<AgentCall> {
  const traces = db
    .prepare(
      'SELECT DISTINCT a.trace_id AS trace, s.format FROM inner_span a JOIN source s ON s.id = a.source_id WHERE a.agent IS NOT NULL ORDER BY 1, 2',
    )
    .all<{ trace: string; format: string }>();
  const select = db.prepare(NODES);
  for (const { trace, format } of traces) {
    const nodes = select.all<Node>(format, trace, format, trace);
    const bySpan = new Map<string, Node>();
    for (const node of nodes) if (node.span !== null) bySpan.set(node.span, node);
    for (const node of nodes) {
      if (node.call === null) continue;
      const above = listAbove(node, bySpan);
      const place = above.findIndex(({ agent }) => agent !== null);
      const agent = above[place]?.agent ?? undefined;
      if (agent === undefined || above[place]?.service !== node.service) continue;
      const user = above.slice(place).find((one) => one.user !== null)?.user ?? undefined;
      yield { call: node.call, agent, user };
    }
  }
}

/** What a span lies in, the innermost first. */
function listAbove(node: Node, bySpan: ReadonlyMap<string, Node>): readonly Node[] {
  const above: Node[] = [];
  let next = node.parent === null ? undefined : bySpan.get(node.parent);
  while (next !== undefined && above.length < MAX_STEPS) {
    above.push(next);
    next = next.parent === null ? undefined : bySpan.get(next.parent);
  }
  return above;
}
