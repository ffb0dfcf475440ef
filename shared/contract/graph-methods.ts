import { z } from 'zod';
import type { GraphHeat, GraphMap, Spread } from './graph.ts';
import type { Conversation } from './messages.ts';
import { MAX_PAGE, query } from './method-words.ts';
import { method } from './methods.ts';
import type { CallRow, Page } from './rows.ts';

/** How operations stand in the map; `open` are hosts whose operations stand by themselves. */
const boxing = { grouping: z.enum(['auto', 'operation', 'host']), open: z.array(z.string().max(1000)).max(50).readonly() };
/** Most rows of one answer. */
const count = z.number().int().min(1).max(MAX_PAGE);

/** Questions about the calls that fit a query as a whole: how they stand together, over time, how far they reached, and what they say. */
export const graphMethods = {
  /** The calls that fit, as callers, models, tools and operations with lines between. */
  'graph.map': method<GraphMap>()('read', z.object({ query, ...boxing }).strict()),
  /** The calls of one line of that map, by the ids of its boxes. */
  'graph.calls': method<Page<CallRow>>()(
    'read',
    z
      .object({ query, ...boxing, from: z.string().max(5000), to: z.string().max(5000), role: z.enum(['called', 'led-to']), count })
      .strict(),
  ),
  /** Callers over time and by operation, counted. */
  'graph.heat': method<GraphHeat>()(
    'read',
    z
      .object({
        query,
        slices: z.number().int().min(1).max(400),
        callers: z.number().int().min(2).max(200),
        operations: z.number().int().min(2).max(200),
      })
      .strict(),
  ),
  /** The hosts that the calls that fit reached, with what they led to, each by its first call. */
  'graph.spread': method<Spread>()('read', z.object({ query, count }).strict()),
  /** The calls that fit read as a conversation, the first ones in order of time: what models and tools were told and answered. */
  'calls.messages': method<Conversation>()('read', z.object({ query, limit: z.number().int().min(1).max(5000) }).strict()),
};
