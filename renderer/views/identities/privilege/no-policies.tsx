import { EmptyCase } from '../../../filter/empty-case.tsx';
import { useAnalysis } from '../../../query/use-analysis.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { FoundNone } from '../../../widgets/found-none.tsx';
import { ANALYSIS_WORDS, NotRun } from '../../../widgets/not-run.tsx';

/** No policy: because nothing was imported, because the analysis has not run, or because nobody calls whom a policy could name. */
export function NoPolicies() {
  const info = useEngineQuery('case.info', {});
  const [work, start] = useAnalysis();
  return (
    <Answer query={info} what="what was looked at" lines={3}>
      {({ calls, analyzed }) =>
        calls === 0 ? (
          <EmptyCase>Policies are learned from calls, and nothing imported so far gave any.</EmptyCase>
        ) : analyzed ? (
          <FoundNone what="agents and services" calls={calls}>
            A policy is written for agents, services and whoever an incident names. Callers told by network and User-Agent only have none:
            no policy could name them.
          </FoundNone>
        ) : (
          <NotRun title="Not analysed yet" work={work} words={ANALYSIS_WORDS} onStart={start}>
            Policies are learned in the analysis, at the end of each import. It has not run on the evidence as it stands now.
          </NotRun>
        )
      }
    </Answer>
  );
}
