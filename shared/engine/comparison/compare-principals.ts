import type { ComparedPrincipal, Differences } from '../../contract/compare.ts';
import { joinById } from './join-by-id.ts';

const agentsFirst = (principals: readonly ComparedPrincipal[]): readonly ComparedPrincipal[] =>
  principals.toSorted((a, b) => Number(b.kind === 'agent') - Number(a.kind === 'agent'));

/** Callers that came and went, and those that are taken for something else now: a service that turns out to be an agent. Agents stand first. */
export const comparePrincipals = (
  before: readonly ComparedPrincipal[],
  after: readonly ComparedPrincipal[],
): Differences<ComparedPrincipal> =>
  joinById(agentsFirst(before), agentsFirst(after), (was, is) =>
    was.kind === is.kind ? [] : [{ what: 'kind', before: was.kind, after: is.kind }],
  );
