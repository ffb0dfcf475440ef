import { useEngineJob } from '../../query/use-engine-job.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { useSession } from '../../state/session.ts';
import { formatRemaining, formatShare } from '../../widgets/format.ts';
import { ProgressBar } from '../../widgets/progress-bar.tsx';

/** Offers the analysis when the evidence has changed since the last one; otherwise nothing. */
export function AnalysisBar() {
  const info = useEngineQuery('case.info', {});
  const busy = useSession((state) => state.importing?.kind === 'running');
  const readOnly = useReadOnly();
  const [job, run] = useEngineJob('case.analyze', 'Analysing');
  if (info.data === undefined || info.data.analyzed || info.data.calls === 0 || busy) return null;
  return (
    <section className="banner analysis-bar" aria-label="Analysis">
      {job.kind === 'running' ? (
        <>
          <p role="status">
            Analysing{job.progress === undefined ? '' : `: ${job.progress.step}`}
            {job.progress?.total === undefined ? '' : `, ${formatShare(job.progress.done, job.progress.total)}`}
            {job.remaining === undefined ? '' : `, ${formatRemaining(job.remaining)}`}
          </p>
          <ProgressBar label="Analysing" done={job.progress?.done ?? 0} total={job.progress?.total} />
          <button type="button" className="button" onClick={job.cancel}>
            Cancel
          </button>
        </>
      ) : (
        <>
          <p>
            {job.kind === 'failed'
              ? `The analysis stopped: ${job.error.message}`
              : 'The evidence as it stands now is not analysed: findings, chains and callers are missing or out of date.'}
          </p>
          <button
            type="button"
            className="button button-primary"
            disabled={readOnly !== undefined}
            title={readOnly}
            onClick={() => {
              run({});
            }}
          >
            Analyse now
          </button>
        </>
      )}
    </section>
  );
}
