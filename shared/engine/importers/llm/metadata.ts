import type { JsonObject } from '../../../lib/json.ts';
import { toLooseText } from '../read/fields.ts';

/** What applications call the conversation in the metadata of a call. Source: LangSmith, "Threads"; the same words stand in metadata given to OpenAI. */
const THREADS = ['thread_id', 'session_id', 'conversation_id'] as const;
const USERS = ['user_id', 'userId', 'user', 'user_email', 'langgraph_auth_user_id'] as const;
const AGENTS = ['agent', 'agent_name', 'ls_agent_name', 'lc_agent_name', 'agent_id'] as const;
/** Where applications note which HTTP request a tool made; the id of its trace is what a load balancer has of it. */
const REQUEST_IDS = ['x_request_id', 'x-request-id', 'request_id', 'http_request_id', 'http_trace_id'] as const;

/** The first member of these names that is a text or a number. */
export const pick = (from: JsonObject, names: readonly string[]): string | undefined =>
  names.map((name) => toLooseText(from[name])).find((text) => text !== undefined);

/** Whom a call was made for, and by which agent, as its metadata says. */
export interface MetadataOwner {
  readonly user: string | undefined;
  readonly agent: string | undefined;
}

/** Whose a call is by its metadata. */
export const toOwner = (metadata: JsonObject): MetadataOwner => ({ user: pick(metadata, USERS), agent: pick(metadata, AGENTS) });

/** The conversation that a call is part of, by its metadata. */
export const toThread = (metadata: JsonObject): string | undefined => pick(metadata, THREADS);

/** The HTTP request that a tool made, by the metadata of its call. */
export const toNotedRequest = (metadata: JsonObject): string | undefined => pick(metadata, REQUEST_IDS);
