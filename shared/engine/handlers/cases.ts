import { runAnalysis } from '../jobs/analyze-job.ts';
import { runImport } from '../jobs/import-job.ts';
import { createPauseGate } from '../jobs/pause-gate.ts';
import { bumpRevision, getRevision, setMeta } from '../store/meta.ts';
import { callTotals, caseInfo, foundTotals, getOverview, TOTALLED } from '../store/read/report/overview.ts';
import { EVERY_CALL } from '../store/columns/call-search.ts';
import { inSlices, type EngineContext, type Some } from './context.ts';

/** The case itself: its numbers and the jobs that fill it. */
export function caseHandlers({
  db,
  ports,
  search,
  onRevision,
  alone,
}: EngineContext): Some<'case.info' | 'case.overview' | 'case.rename' | 'case.import' | 'case.pauseImport' | 'case.analyze'> {
  const gate = createPauseGate();
  return {
    'case.info': () => caseInfo(db),
    'case.overview': (_nothing, context) =>
      inSlices(ports, context, async (breathe) => {
        const found = await search.find(EVERY_CALL, breathe, TOTALLED);
        return getOverview(db, found === undefined ? callTotals(db) : await foundTotals(db, found));
      }),
    'case.rename': ({ title }) =>
      alone(() => {
        setMeta(db, 'title', title);
        onRevision(bumpRevision(db));
        return caseInfo(db);
      }),
    'case.import': (request, context) =>
      alone(async () => {
        try {
          return await runImport(db, ports, request, context, gate);
        } finally {
          onRevision(getRevision(db));
        }
      }),
    // Not in turn: it is meant for the import whose turn it is.
    'case.pauseImport': ({ paused }) => gate.set(paused),
    'case.analyze': ({ only, baselineUntil, incidentFrom, secondLook }, context) =>
      alone(async () => {
        try {
          return await runAnalysis(db, ports, { only, until: baselineUntil, incidentFrom, secondLook }, context);
        } finally {
          // One that was stopped has changed the case as well.
          onRevision(getRevision(db));
        }
      }),
  };
}
