import type { ComparedPrincipal, Differences } from '../../contract/compare.ts';
import { joinById } from './join-by-id.ts';

/** Callers that came and went, and those that are taken for something else now: a service that turns out to be an agent. */
export const comparePrincipals = (
  before: readonly ComparedPrincipal[],
  after: readonly ComparedPrincipal[],
): Differences<ComparedPrincipal> =>
  joinById(before, after, (was, is) => (was.kind === is.kind ? [] : [{ what: 'kind', before: was.kind, after: is.kind }]));
