import type { EdgeJson } from '#shared/contract/report-json.ts';
import type { CallTruth } from '#test/support/scenarios/core/truth.ts';

import type { Truth } from './load.ts';

/** An edge of the product between two calls that are known. */
export interface KnownEdge {
  readonly edge: EdgeJson;
  readonly from: CallTruth;
  readonly to: CallTruth;
}

/** True when the first call led to the other, which was made to answer it. */
export const isBehind = (from: CallTruth, to: CallTruth): boolean =>
  to.causes?.some((cause) => cause.kind === 'call' && cause.from === from.id) === true;

/** The call that a call was made to answer. Shape: the id of a call between services is that of its cause, `>` and the operation. */
function aboveOf({ calls }: Truth, id: string): string | undefined {
  const known = calls.get(id);
  if (known !== undefined) return known.causes?.find(({ kind }) => kind === 'call')?.from;
  // What no source is beside is not in the truth either.
  return id.includes('>') ? id.slice(0, id.lastIndexOf('>')) : undefined;
}

/** True when only calls that no record shows lie between the two. */
function isBehindUnseen(truth: Truth, from: CallTruth, to: CallTruth): boolean {
  let above = aboveOf(truth, to.id);
  while (above !== undefined && !truth.recordsOf.has(above)) above = aboveOf(truth, above);
  return above === from.id;
}

/** The page whose URL is the later call's Referer. */
const isItsPage = (from: CallTruth, to: CallTruth): boolean =>
  to.referer !== undefined && to.referer === `https://${from.host}${from.template ?? ''}`;

/**
 * Whether an edge is true: `right` for any cause and for an echo of the truth, also through calls that no record shows; else `wrong`.
 * Neutral is, within a session, what the evidence itself says and what yet caused nothing: in a trace of a whole run all calls name
 * the span of the first as their parent, so that a reader must tie each of them to the first; and a page that the Referer names.
 * An edge of a trace between two other calls of the run is wrong, as is any that ties calls together for being of one session.
 */
export function verdictOf(truth: Truth, { edge: { kinds }, from, to }: KnownEdge): 'right' | 'neutral' | 'wrong' {
  if ([...(to.causes ?? []), ...(to.echoes ?? [])].some((cause) => cause.from === from.id)) return 'right';
  if (isBehindUnseen(truth, from, to)) return 'right';
  const isRoot = kinds.includes('trace') && from.span !== undefined && from.span === to.parentSpan;
  const isPage = kinds.includes('initiator') && isItsPage(from, to);
  return from.session === to.session && to.hop === 'client' && (isRoot || isPage) ? 'neutral' : 'wrong';
}
