import { listMachineLinks } from '../store/read/principals/machine-links.ts';
import { pagePrincipals } from '../store/read/principals/principal-list.ts';
import type { EngineContext, Some } from './context.ts';

/** Links that a screen draws; the report holds more. */
const SHOWN_LINKS = 1000;

/** Who called, and the figures about them. */
export function identityHandlers({ db, answers }: EngineContext): Some<'identities.principals' | 'identities.kpis' | 'identities.links'> {
  return {
    'identities.principals': ({ words, principal }) => pagePrincipals(answers.principals(), words, principal),
    'identities.kpis': () => answers.kpis(),
    'identities.links': () => listMachineLinks(db).slice(0, SHOWN_LINKS),
  };
}
