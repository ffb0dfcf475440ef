import type { ReactNode } from 'react';
import { EmptyCase } from '../../../filter/empty-case.tsx';
import { useAnalysis } from '../../../query/use-analysis.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { select } from '../../../state/selection.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { Button } from '../../../widgets/button.tsx';
import { EmptyState } from '../../../widgets/empty-state.tsx';
import { FoundNone } from '../../../widgets/query/found-none.tsx';
import { ANALYSIS_WORDS, NotRun } from '../../../widgets/not-run.tsx';

interface NothingProps {
  /** What was looked for, in the plural: "credentials". */
  readonly what: string;
  /** How it comes about, as a sentence: "Credentials are gathered from calls". */
  readonly from: string;
  /** What none of them means. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** An empty tab: because nothing was imported, because the analysis has not run, or because there is none. */
export function Nothing({ what, from, children, actions }: NothingProps) {
  const info = useEngineQuery('case.info', {});
  const [work, start] = useAnalysis();
  return (
    <Answer query={info} what="what was looked at" lines={3}>
      {({ calls, analyzed }) =>
        calls === 0 ? (
          <EmptyCase>{from}, and nothing imported so far gave any.</EmptyCase>
        ) : analyzed ? (
          <FoundNone what={what} calls={calls} actions={actions}>
            {children}
          </FoundNone>
        ) : (
          <NotRun title="Not analysed yet" work={work} words={ANALYSIS_WORDS} onStart={start}>
            {from} in the analysis, at the end of each import. It has not run on the case as it stands now.
          </NotRun>
        )
      }
    </Answer>
  );
}

/** The filter leaves nothing; one click takes it away. `all` says what is there without it: "702 credentials". */
export function NoneFits({ all }: { readonly all: string }) {
  return (
    <EmptyState
      title="Nothing fits the filter"
      actions={
        <Button
          onClick={() => {
            select({ filter: undefined });
          }}
        >
          Show all {all}
        </Button>
      }
    >
      Each row has to hold all words of the filter.
    </EmptyState>
  );
}
