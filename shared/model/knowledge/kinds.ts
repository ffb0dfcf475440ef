/** What a case can know beside its evidence: how to read sources, and what an analysis compares calls with. */
export const KNOWLEDGE_KINDS = ['mapping', 'log-format', 'iam', 'jwks', 'key-directory', 'ranges', 'sigma'] as const;
export type KnowledgeKind = (typeof KNOWLEDGE_KINDS)[number];

/** Kinds that the analysis uses: a change makes its results out of date. The others count at import. */
export const ANALYSIS_KINDS: ReadonlySet<KnowledgeKind> = new Set<KnowledgeKind>(['iam', 'jwks', 'key-directory', 'ranges', 'sigma']);

/** As each is called in sentences. */
export const KNOWLEDGE_WORDS: Readonly<Record<KnowledgeKind, string>> = {
  mapping: 'mapping',
  'log-format': 'log format',
  iam: 'list of principals',
  jwks: 'key set of a token issuer',
  'key-directory': 'key directory of signing agents',
  ranges: 'address ranges of agents',
  sigma: 'file of Sigma rules',
};

/** Largest text that is taken as knowledge: cloud vendors publish range lists of two million. Units: UTF-16 code units. */
export const MAX_KNOWLEDGE = 4_000_000;
