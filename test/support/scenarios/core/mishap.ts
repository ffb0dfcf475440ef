import type { Random } from '../../large/random.ts';
import type { Operation } from './api.ts';
import type { Party } from './party.ts';
import type { SessionOptions } from './session.ts';
import type { Stage } from './stage.ts';

/** Share of calls that go wrong for no reason of their own, and how; those of a token only where one is asked for. */
const MISHAPS = 0.008;
const MISHAP_STATUSES = [500, 502, 503, 503, 504, 504, 429, 404, 400] as const;
const RETRIED_STATUSES = [500, 500, 503, 503, 503, 504, 429] as const;
const TOKEN_STATUSES = [401, 403, 403] as const;
/** Share of mishaps that are about the token: it has run out, or the page is not theirs. */
const ABOUT_TOKEN = 0.3;
/** How long an answer takes that needs no work, or that never came. Units: ms. */
const FAILED_MILLIS: Readonly<Record<number, number>> = { 401: 4, 403: 6, 429: 3, 504: 30_000 };
const SPREAD = 0.35;
/** A time-out hardly varies. */
const TIMEOUT_SPREAD = 0.0004;
const ERRORS: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  429: 'too_many_requests',
  500: 'internal_error',
  503: 'unavailable',
  504: 'timeout',
};

/** The word in the body of a refusal. */
export const errorWord = (status: number): string => ERRORS[status] ?? 'refused';

/** How long a call takes, by chance. `millis`: asked for; `usual`: of its operation. Units: ms, at least 1. */
export function durationOf(
  operation: Operation | undefined,
  status: number,
  millis: number | undefined,
  usual: number,
  random: Random,
): number {
  // A login looks at the password before it refuses.
  const quick = operation?.scopes.length === 0 && status < 500 ? undefined : FAILED_MILLIS[status];
  return Math.max(1, random.around(millis ?? quick ?? usual, status === 504 ? TIMEOUT_SPREAD : SPREAD));
}

/** What becomes of a call that is to succeed: who needs its answer tries again. */
export function mishap(
  stage: Stage,
  party: Party,
  label: SessionOptions['label'],
  { scopes }: Operation,
  random: Random,
): { readonly status: number; readonly again: boolean } | undefined {
  if (label?.kind === 'incident' || !random.chance(MISHAPS)) return undefined;
  const again = label !== undefined || stage.reads(party);
  const aboutToken = scopes.length > 0 && random.chance(ABOUT_TOKEN);
  return { status: random.pick(aboutToken ? TOKEN_STATUSES : again ? RETRIED_STATUSES : MISHAP_STATUSES), again };
}
