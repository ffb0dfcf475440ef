import type { Place } from './url.ts';

/** The Calls screen with a query and nothing selected. */
export const toCalls = (query: string): Partial<Place> => ({
  view: 'calls',
  query,
  call: undefined,
  with: undefined,
  sort: undefined,
});

/** The Calls screen with one call selected among all. */
export const toCall = (ref: string): Partial<Place> => ({ view: 'calls', query: '', call: ref, with: undefined });

/** The Chains screen with one chain selected among all, and one of its calls if given. */
export const toChain = (chain: string, call?: string): Partial<Place> => ({ view: 'chains', query: '', chain, call, with: undefined });

/** The Graph screen with the principals and endpoints of some calls. */
export const toMapOf = (query: string): Partial<Place> => ({ view: 'graph', query, tab: undefined });

/** The Graph screen with the hosts that some calls reached. */
export const toSpread = (query: string): Partial<Place> => ({ view: 'graph', query, tab: 'spread' });

/** The Graph screen with the principals of some calls, each with its operations. */
export const toPrincipalsOf = (query: string): Partial<Place> => ({ view: 'graph', query, tab: 'matrix' });

/** The Evidence screen with every source, none chosen. */
export const toSources: Partial<Place> = { view: 'evidence', source: undefined, tab: undefined };

/** The Findings screen with one finding selected. */
export const toFinding = (finding: string): Partial<Place> => ({ view: 'findings', finding, tab: undefined });

/** The page of one detector. */
export const toDetector = (detector: string): Partial<Place> => ({ view: 'findings', tab: 'detectors', detector });

/** The detectors that this evidence cannot answer. */
export const toUnanswered: Partial<Place> = { view: 'findings', tab: 'unanswered', detector: undefined };

/** The detectors that could look at a part of it only. */
export const toPartlyAnswered: Partial<Place> = { view: 'findings', tab: 'partly', detector: undefined };

/** The findings of one severity. */
export const toSeverity = (severity: string): Partial<Place> => ({ view: 'findings', tab: severity, finding: undefined });

/** The findings that nobody has decided on. */
export const toUndecided: Partial<Place> = { view: 'findings', tab: 'undecided', finding: undefined };

/** The rules that set findings aside. */
export const toSuppressions: Partial<Place> = { view: 'findings', tab: 'suppressions' };

/** The Inventory screen with one endpoint shown in full among all. */
export const toEndpoint = (endpoint: string): Partial<Place> => ({ view: 'inventory', endpoint, filter: undefined, tab: undefined });

/** The Inventory screen narrowed to some endpoints. Shape: `filter` as `parseFilter` of the screen reads it. */
export const toEndpoints = (filter: string): Partial<Place> => ({ view: 'inventory', endpoint: undefined, filter, tab: undefined });

/** The endpoints, those that most agents call first. */
export const toAgentFacing: Partial<Place> = { view: 'inventory', endpoint: undefined, filter: undefined, tab: 'flat', sort: '-agents' };

/** What is usual and what changed against it, all of it or the differences of one sort. Shape: `sort` is an id of `groupDrift`. */
export const toUsualChanges = (sort?: string): Partial<Place> => ({ view: 'inventory', endpoint: undefined, tab: 'changes', filter: sort });

/** A tab of the Identities screen, with a filter of its table; who is chosen stays. Shape: `tab` is an id of its tab registry. */
export const toIdentities = (tab: string, filter?: string): Partial<Place> => ({ view: 'identities', tab, filter, sort: undefined });

/** The Identities screen with one principal shown in full among all. */
export const toPrincipal = (principal: string): Partial<Place> => ({ ...toIdentities('principals'), principal });

/** The Identities screen with one credential shown in full among all. */
export const toCredential = (credential: string): Partial<Place> => ({ ...toIdentities('credentials'), credential });
