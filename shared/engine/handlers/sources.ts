import { breather } from '../breathe.ts';
import { addKnowledge, removeKnowledge } from '../jobs/knowledge.ts';
import { withdrawByName } from '../jobs/withdraw.ts';
import { getRevision } from '../store/meta.ts';
import { getCoverage } from '../store/read/coverage.ts';
import { listKnowledge } from '../store/read/knowledge.ts';
import { countIssues, listSources, pageIssues } from '../store/read/sources.ts';
import type { EngineContext, Some } from './context.ts';

type Names =
  | 'sources.list'
  | 'sources.withdraw'
  | 'sources.coverage'
  | 'issues.page'
  | 'issues.codes'
  | 'knowledge.list'
  | 'knowledge.add'
  | 'knowledge.remove';

/** Where the evidence came from, what of it was not used, and what helps to read it. */
export function sourceHandlers({ db, ports, onRevision, alone }: EngineContext): Some<Names> {
  return {
    'sources.list': () => listSources(db),
    'sources.withdraw': ({ sources }, context) =>
      alone(async () => {
        try {
          return await withdrawByName(db, sources, breather(ports, context.signal));
        } finally {
          onRevision(getRevision(db));
        }
      }),
    'sources.coverage': ({ bins }) => getCoverage(db, bins),
    'issues.page': ({ from, count, ...filter }) => pageIssues(db, filter, from, count),
    'issues.codes': ({ source }) => countIssues(db, source),
    'knowledge.list': () => listKnowledge(db),
    'knowledge.add': (given) =>
      alone(() => {
        if (addKnowledge(db, ports, given)) onRevision(getRevision(db));
        return listKnowledge(db);
      }),
    'knowledge.remove': ({ kind, name }) =>
      alone(() => {
        const { removed, isStale } = removeKnowledge(db, kind, name);
        if (isStale) onRevision(getRevision(db));
        return { removed };
      }),
  };
}
