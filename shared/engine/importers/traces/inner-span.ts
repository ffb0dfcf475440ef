import type { ImportedTrace } from '../../../model/call.ts';
import { Attributes } from './attributes.ts';
import type { Span } from './span.ts';

/** Names of the agent, of its program before its id. Sources: OpenTelemetry gen-ai agent spans, OpenInference, Traceloop. */
const AGENT_NAMES = ['gen_ai.agent.name', 'agent.name', 'traceloop.entity.name', 'gen_ai.agent.id'];
/** Where the three vocabularies name what a step does. */
const OPERATIONS = ['gen_ai.operation.name', 'openinference.span.kind', 'traceloop.span.kind'];
/** What they call the step in which an agent works. */
const AGENT_WORK = new Set(['invoke_agent', 'agent']);
const USER_NAMES = ['enduser.id', 'user.id', 'langfuse.user.id', 'traceloop.association.properties.user_id'];

/**
 * What a span that is no call says of the calls below it: that they were made within the call above it, and where it is a step of an agent which agent
 * made them, for whom. Undefined for spans without ids, and for those of requests to a database, a queue and the like, in which nothing lies.
 * Source: OpenTelemetry semantic conventions, "invoke agent" spans: the agent's name stands there and on no tool call.
 */
export function toInnerSpan(span: Span): ImportedTrace | undefined {
  const { traceId, spanId, parentSpanId, service } = span;
  if (traceId === undefined || spanId === undefined || span.side === 'client') return undefined;
  const attributes = new Attributes(span.attributes);
  const works = OPERATIONS.some((name) => AGENT_WORK.has(attributes.peek(name)?.toLowerCase() ?? ''));
  const agent = works ? (attributes.text(...AGENT_NAMES) ?? span.name) : undefined;
  return { traceId, user: attributes.text(...USER_NAMES), agent, step: { spanId, parentSpanId, service } };
}
