import { z } from 'zod';
import { MAX_QUERY_LENGTH } from '../model/query-length.ts';

/** What the inputs of many methods consist of. */

export const nothing = z.object({}).strict();
export const ref = z.string().min(1).max(4096);
export const query = z.string().max(MAX_QUERY_LENGTH);
/** Most rows of a page. */
export const MAX_PAGE = 1000;
export const page = { from: z.number().int().min(0), count: z.number().int().min(1).max(MAX_PAGE) };
