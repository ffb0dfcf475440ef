import { EmptyCase } from '../../filter/empty-case.tsx';
import { useAnalysis } from '../../query/use-analysis.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { Answer } from '../../widgets/answer.tsx';
import { FoundNone } from '../../widgets/query/found-none.tsx';
import { ANALYSIS_WORDS, NotRun } from '../../widgets/not-run.tsx';

/** No endpoint: because nothing was imported, because the analysis has not run, or because no call has a path. */
export function NoEndpoints() {
  const info = useEngineQuery('case.info', {});
  const [work, start] = useAnalysis();
  return (
    <Answer query={info} what="what was looked at" lines={3}>
      {({ calls, analyzed }) =>
        calls === 0 ? (
          <EmptyCase>Endpoints are learned from calls and from API descriptions, and nothing imported so far gave any.</EmptyCase>
        ) : analyzed ? (
          <FoundNone what="endpoints" calls={calls}>
            No call names both a method and a path, and no API description is in the case.
          </FoundNone>
        ) : (
          <NotRun title="Not analysed yet" work={work} words={ANALYSIS_WORDS} onStart={start}>
            Paths become endpoints in the analysis, at the end of each import. It has not run on the evidence as it stands now.
          </NotRun>
        )
      }
    </Answer>
  );
}
