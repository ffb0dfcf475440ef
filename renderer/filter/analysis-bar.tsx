import { useAnalysis } from '../query/use-analysis.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useReadOnly } from '../state/read-only.ts';
import { useSession } from '../state/session.ts';
import { Button } from '../widgets/button.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { WorkLine } from '../widgets/work-line.tsx';

/** Offers the analysis when the evidence, or who is taken for whom, has changed since the last one; otherwise nothing. */
export function AnalysisBar() {
  const info = useEngineQuery('case.info', {});
  const busy = useSession((state) => state.importing?.kind === 'running');
  const readOnly = useReadOnly();
  const [work, start] = useAnalysis();
  if (info.data === undefined || info.data.analyzed || info.data.calls === 0 || busy) return null;
  return (
    <section className="banner" aria-label="Analysis">
      {work.kind === 'running' ? (
        <WorkLine title="Analysing" progress={work.progress} remaining={work.remaining} onCancel={work.cancel} />
      ) : (
        <>
          <p>
            {work.kind === 'failed' ? (
              <>
                The analysis stopped: <EvidenceText text={work.error.message} /> <code className="code-tag">{work.error.code}</code>
              </>
            ) : (
              'The case as it stands now is not analysed: findings, chains and principals are missing or out of date.'
            )}
          </p>
          <Button primary disabled={readOnly} onClick={start}>
            Analyse now
          </Button>
        </>
      )}
    </section>
  );
}
