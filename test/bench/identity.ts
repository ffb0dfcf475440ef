import { identityScores } from './truth/identity.ts';
import { scoreBench } from './truth/score-bench.ts';

/** Principals, kinds, credentials and scopes against who really called. */
export const identityBench = scoreBench({
  id: 'identity',
  question: 'Who called, what are they, and what were they allowed without need?',
  score: async ({ truth, read }) => identityScores(truth, await read('whole')),
  what: {
    'principals.f1': 'calls that show who called, by principal, B-cubed F1',
    'kind.principals': 'principals of the right kind',
    'agents.f1': 'principals that are agents, F1',
    'agent-calls.f1': 'calls of agents, F1',
    'unused-scopes.f1': 'scopes granted and never used, F1',
    credentials: 'credentials with the right principal',
    'network.attributed': 'calls that show only the network, with any principal',
  },
});
