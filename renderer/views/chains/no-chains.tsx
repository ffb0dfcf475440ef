import { EmptyCase } from '../../filter/empty-case.tsx';
import { withoutLast } from '../../filter/pinned.ts';
import { dropFilter, type Filter } from '../../filter/use-filter.ts';
import { useAnalysis } from '../../query/use-analysis.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { goTo } from '../../state/selection.ts';
import { Button } from '../../widgets/button.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { FoundNone } from '../../widgets/query/found-none.tsx';
import { ANALYSIS_WORDS, NotRun } from '../../widgets/not-run.tsx';

interface NoChainsProps {
  readonly filter: Filter;
}

/** No chain to list, with the reason: the query, no calls, no analysis, or nothing that links. */
export function NoChains({ filter }: NoChainsProps) {
  const info = useEngineQuery('case.info', {});
  const [work, start] = useAnalysis();
  if (filter.good.trim() !== '') return <NoneFits filter={filter} />;
  if (info.data === undefined) return null;
  const { calls, analyzed } = info.data;
  if (calls === 0) {
    return <EmptyCase>Chains are made of calls, and nothing imported so far gave any.</EmptyCase>;
  }
  if (!analyzed) {
    return (
      <NotRun title="Not analysed yet" work={work} words={ANALYSIS_WORDS} onStart={start}>
        Links between the {formatPlural(calls, 'call')} are found by the analysis. It has not run on the evidence as it stands now.
      </NotRun>
    );
  }
  return (
    <FoundNone
      what="chains"
      calls={calls}
      actions={
        <GoLink to={{ view: 'calls' }} className="button">
          Look at the calls
        </GoLink>
      }
    >
      Links need a shared trace id, a redirect or initiator, an upstream that the gateway names, or bodies in which a value can be followed.
      This evidence holds none of them.
    </FoundNone>
  );
}

/** The query leaves nothing: which one, and what it would give without its last condition. */
function NoneFits({ filter }: NoChainsProps) {
  const left = withoutLast(filter.own, filter.pins);
  const shorter = left === undefined || left.asked.trim() === '' ? undefined : left;
  const all = useEngineQuery('chains.page', { query: '', from: 0, count: 1 });
  const would = useEngineQuery('chains.page', { query: shorter?.asked ?? '', from: 0, count: 1 });
  const count = would.data === undefined || would.stale ? '' : `: ${formatPlural(would.data.total, 'chain')}`;
  return (
    <EmptyState
      title={
        all.data === undefined
          ? 'No chain has a call that fits this query'
          : `0 of ${formatCount(all.data.total)} chains have a call that fits this query`
      }
      actions={
        <>
          {shorter === undefined ? null : (
            <Button
              primary
              onClick={() => {
                goTo(shorter.to);
              }}
            >
              Drop the last condition{count}
            </Button>
          )}
          <Button primary={shorter === undefined} onClick={dropFilter}>
            Show all chains
          </Button>
        </>
      }
    >
      <code>
        <EvidenceText text={filter.good} />
      </code>
    </EmptyState>
  );
}
