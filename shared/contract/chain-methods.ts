import { z } from 'zod';
import { CHAIN_MARKS } from '../model/chain-mark.ts';
import type { PackedChain } from './chain-drawing.ts';
import { sessionKeys, type ChainFacts, type FlowRow, type SessionKeysInForce, type SessionPreview, type SimilarChains } from './chains.ts';
import { nothing, page, query, ref } from './method-words.ts';
import { method } from './methods.ts';
import type { ChainDetail, ChainRow, EdgeDetail, Page } from './rows.ts';
import type { CaptureSides } from './two-sides.ts';

/** Questions about chains, their links, the sessions that they come from, and the two sides of a capture. */
export const chainMethods = {
  /** `like`: only chains of the shape that this chain has; `only`: of those the ones that a flow counts beside them. */
  'chains.page': method<Page<ChainRow>>()(
    'read',
    z.object({ ...page, query, like: ref.optional(), only: z.enum(CHAIN_MARKS).optional() }).strict(),
  ),
  /** Chains grouped by shape, the most frequent first. */
  'chains.flows': method<Page<FlowRow>>()('read', z.object({ ...page, query }).strict()),
  'chains.facts': method<ChainFacts>()('read', z.object({ id: ref }).strict()),
  /** The keys by which the analyst has sessions told; changed by `review.change`. */
  'chains.sessionKeys': method<SessionKeysInForce>()('read', nothing),
  'chains.previewKeys': method<SessionPreview>()('read', z.object({ keys: sessionKeys }).strict()),
  'chains.similar': method<SimilarChains>()('read', z.object({ id: ref, count: z.number().int().min(1).max(100) }).strict()),
  'chains.get': method<ChainDetail>()('read', z.object({ id: z.string(), limit: z.number().int().min(1).max(100_000) }).strict()),
  /** What the screen of a chain draws of it, packed by columns. */
  'chains.draw': method<PackedChain>()('read', z.object({ id: ref, limit: z.number().int().min(1).max(100_000) }).strict()),
  /** Every capture set against the logs that saw the same traffic. */
  'sides.list': method<readonly CaptureSides[]>()('read', nothing),
  'chains.edge': method<EdgeDetail>()('read', z.object({ from: ref, to: ref }).strict()),
};
