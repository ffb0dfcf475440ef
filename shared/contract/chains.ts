import { z } from 'zod';
import { MAX_KEY_NAME, MAX_KEYS, SESSION_KEY_KINDS, sessionKeyProblem } from '../model/session-key.ts';
import type { Outcome } from '../model/call-outcome.ts';
import type { CallRef, TimeText } from './report-json.ts';
import type { ChainRow } from './rows.ts';

/** One key: calls of one caller's work carry the same value there. */
const sessionKey = z
  .strictObject({ kind: z.enum(SESSION_KEY_KINDS), name: z.string().trim().min(1).max(MAX_KEY_NAME) })
  .superRefine((key, context) => {
    const problem = sessionKeyProblem(key);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem, path: ['name'] });
  });

/** Keys in the order in which they are asked: the first that a call carries counts. No key: sessions come from pauses alone. */
export const sessionKeys = z.array(sessionKey).max(MAX_KEYS).readonly();

/** The keys in force; `at` says since when, absent while the analyst has chosen none. */
export interface SessionKeysInForce {
  readonly keys: z.output<typeof sessionKeys>;
  readonly at?: TimeText;
}

/** What one key of the list finds. */
export interface SessionKeyUse {
  /** Calls that carry it. */
  readonly carried: number;
  /** Calls that it decides, since no earlier key of the list is on them. */
  readonly decides: number;
  /** Different values among those. */
  readonly values: number;
  /** Calls of the value that is on most of them: where that is nearly all, the key tells nothing apart. */
  readonly largest: number;
}

/** Chains in numbers. `sizes`: chains by calls, in the classes of `SIZE_CLASSES`. */
export interface ChainSizes {
  readonly chains: number;
  /** Calls in chains. */
  readonly calls: number;
  readonly medianCalls: number;
  readonly largest: number;
  readonly sizes: readonly number[];
}

/** What other keys would change, worked out and not written: what the next analysis of the same evidence then finds. */
export interface SessionPreview {
  readonly calls: number;
  /** Calls that carry a key at all. */
  readonly carried: number;
  /** As the keys of the request stand. */
  readonly keys: readonly SessionKeyUse[];
  readonly before: ChainSizes;
  readonly after: ChainSizes;
  /** Chains of now whose calls would stand in several, and chains to come whose calls stand in several now. */
  readonly split: number;
  readonly joined: number;
}

/**
 * Calls alike under one cause, folded without loss: same method, route, cause and outcome, or several of them that came in rounds. One call is a
 * fold of one. Folds hang under the fold of their cause, so that each call of a chain is in exactly one.
 */
export interface ChainFold {
  /** The first of its calls, which no other fold has. */
  readonly id: CallRef;
  /** The fold of the causes; absent at the top. */
  readonly parent?: CallRef;
  /** `retry`: the calls failed and each was followed by the same call again under the same cause. */
  readonly kind: 'call' | 'loop' | 'retry' | 'rounds';
  /** Of the first call. */
  readonly step: string;
  /** The steps of one round, only where several calls came in rounds. */
  readonly round?: readonly string[];
  readonly outcome: Outcome;
  /** All of them, in time order. */
  readonly calls: readonly CallRef[];
  readonly start?: TimeText;
  readonly end?: TimeText;
  /** Calls by status, `-` for none. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Units: ms; absent where no call has a duration. */
  readonly slowestMs?: number;
}

/**
 * Data that went one way. `in`: what calls of the chain received in answers; `out`: what they sent. A request that a gateway passes on
 * counts at each hop that the evidence shows.
 */
export interface ChainData {
  /** Units: bytes, of the calls that state them. */
  readonly bytes: number;
  readonly callsWithBytes: number;
  /** Kinds of data, those of most calls first. */
  readonly types: readonly { readonly type: string; readonly calls: number; readonly count: number }[];
}

/** A host of the chain, and the trust domain that it belongs to: the registered name, or the network inside. */
export interface ChainHost {
  readonly host: string;
  readonly domain: string;
  readonly calls: number;
  /** The first call to it. */
  readonly first: CallRef;
}

/** A step from one trust domain into another: `from` led to `to`. */
export interface DomainCrossing {
  readonly fromDomain: string;
  readonly toDomain: string;
  readonly edges: number;
  readonly from: CallRef;
  readonly to: CallRef;
}

/** How quickly the calls came. Units: ms; absent where too few calls have a time. */
export interface ChainTempo {
  readonly durationMs?: number;
  readonly callsPerSecond?: number;
  /** Pauses between the starts of one call and the next. */
  readonly medianGapMs?: number;
  readonly p95GapMs?: number;
  /** Calls that began while another one ran that did not cause them. */
  readonly overlapping: number;
  /** Most calls that ran at one moment. */
  readonly atOnce: number;
}

/** What one chain did, in numbers that each lead to calls. */
export interface ChainFacts {
  readonly id: CallRef;
  /** The call that the others follow from, and how that is known. */
  readonly rootCause: { readonly call: CallRef; readonly step: string; readonly follows: number; readonly why: string };
  /** Calls without a cause inside the chain. */
  readonly roots: number;
  /** Calls on the longest path of causes. */
  readonly depth: number;
  /** Most calls that one call led to, and that call; absent when none led to another. */
  readonly fanOut?: { readonly most: number; readonly call: CallRef; readonly mean: number };
  readonly tempo: ChainTempo;
  readonly out: ChainData;
  readonly in: ChainData;
  readonly hosts: readonly ChainHost[];
  readonly domains: readonly string[];
  readonly crossings: readonly DomainCrossing[];
  /** In time order of their first call, causes before their effects. */
  readonly folds: readonly ChainFold[];
  /** Chains of the same shape, this one among them. */
  readonly sameShape: number;
  /** True when the chain has more calls than are looked at; the numbers are then of the first ones. */
  readonly truncated: boolean;
}

/** A step of a flow, and how often it differs. */
export interface FlowStep {
  readonly step: string;
  readonly from?: string;
}

/** Chains of one shape. */
export interface FlowRow {
  /** The first of its chains: names the flow. */
  readonly id: CallRef;
  readonly signature: string;
  /** A sentence without a name: the steps. */
  readonly title: string;
  readonly chains: number;
  readonly calls: number;
  readonly principals: number;
  /** Chains with a failed call. */
  readonly failed: number;
  /** Chains with a call that is evidence of an incident. */
  readonly withFindings: number;
  readonly first?: TimeText;
  readonly last?: TimeText;
  /** The most frequent flow that this one is nearly like, with the steps that differ. */
  readonly variantOf?: {
    readonly id: CallRef;
    readonly chains: number;
    readonly similarity: number;
    readonly added: readonly FlowStep[];
    readonly missing: readonly FlowStep[];
  };
}

/** Another shape than that of the chain asked about, the most similar first. */
export interface SimilarChain {
  /** The first chain of the shape. */
  readonly chain: ChainRow;
  /** Chains of that shape. */
  readonly chains: number;
  /** Weighted Jaccard index over steps and over which step led to which; 1 is the same. Units: ratio. */
  readonly similarity: number;
  /** Steps of both, the rarest first. */
  readonly shared: readonly FlowStep[];
  /** Steps of the chain asked about that this one lacks, and the other way round. */
  readonly missing: readonly FlowStep[];
  readonly added: readonly FlowStep[];
}

/** Chains like one, and how many of the same shape there are. */
export interface SimilarChains {
  readonly sameShape: number;
  readonly rows: readonly SimilarChain[];
}
