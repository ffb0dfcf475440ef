import { EmptyCase } from '../../filter/empty-case.tsx';
import { dropFilter } from '../../filter/use-filter.ts';
import { Button } from '../../widgets/button.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';

/** No call to draw: the case holds none, or the query leaves none. */
export function NothingFits({ query }: { readonly query: string }) {
  if (query.trim() === '') return <EmptyCase>The map is made of calls, and nothing imported so far gave any.</EmptyCase>;
  return (
    <EmptyState
      title="No call fits this query"
      actions={
        <Button primary onClick={dropFilter}>
          Show all calls
        </Button>
      }
    >
      <code>
        <EvidenceText text={query} />
      </code>
    </EmptyState>
  );
}
