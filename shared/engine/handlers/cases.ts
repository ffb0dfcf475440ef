import { runAnalysis } from '../jobs/analyze-job.ts';
import { runImport } from '../jobs/import-job.ts';
import { bumpRevision, getRevision, setMeta } from '../store/meta.ts';
import { caseInfo, getOverview } from '../store/read/overview.ts';
import { listSources, pageIssues } from '../store/read/sources.ts';
import type { EngineContext, Some } from './context.ts';

/** The case itself: its numbers, its sources, and the jobs that fill it. */
export function caseHandlers({
  db,
  ports,
  onRevision,
  alone,
}: EngineContext): Some<'case.info' | 'case.overview' | 'case.rename' | 'case.import' | 'case.analyze' | 'sources.list' | 'issues.page'> {
  return {
    'case.info': () => caseInfo(db),
    'case.overview': () => getOverview(db),
    'case.rename': ({ title }) =>
      alone(() => {
        setMeta(db, 'title', title);
        onRevision(bumpRevision(db));
        return caseInfo(db);
      }),
    'case.import': (request, context) =>
      alone(async () => {
        try {
          return await runImport(db, ports, request, context);
        } finally {
          onRevision(getRevision(db));
        }
      }),
    'case.analyze': ({ only }, context) =>
      alone(async () => {
        const result = await runAnalysis(db, ports, only, context);
        onRevision(getRevision(db));
        return result;
      }),
    'sources.list': () => listSources(db),
    'issues.page': ({ from, count, source, severity }) => pageIssues(db, { source, severity }, from, count),
  };
}
