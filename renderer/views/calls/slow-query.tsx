import type { CallPages } from '../../query/use-call-pages.ts';
import { holdQuery, useSlowQuery } from '../../query/use-slow-query.ts';
import { useCommands } from '../../state/commands.ts';
import { Button } from '../../widgets/button.tsx';
import { formatCount, formatPlural, formatRemaining, formatShare } from '../../widgets/format.ts';
import { ProgressBar } from '../../widgets/progress-bar.tsx';

/** A failure to stop shows as the query going on; a lost connection is the frame's to tell. */
const hold = (query: string, what: 'stop' | 'read-on'): void => {
  holdQuery(query, what).catch(() => undefined);
};

/** How far a slow query is and how to stop it; for one that was stopped, how much of the case its calls are from. */
export function SlowQuery({ query, pages }: { readonly query: string; readonly pages: CallPages }) {
  const progress = useSlowQuery(query, pages.loading && !pages.answered);
  const stop = (): void => {
    hold(query, 'stop');
  };
  useCommands([
    {
      id: 'stop-query',
      title: 'Stop the query and show what it has found',
      group: 'Query',
      enabled: progress?.read !== undefined,
      reason: 'No slow query runs',
      run: stop,
    },
  ]);
  if (progress !== undefined && (progress.read === undefined || progress.of === undefined))
    return (
      <div className="work-line">
        <p role="status">
          Looking through the calls. The case is too large to be held in memory, so how far this is cannot be told, and there is no part of
          an answer before its end.
        </p>
        <ProgressBar label="Looking through the calls" done={0} total={undefined} />
        <Button onClick={pages.stop}>Cancel</Button>
      </div>
    );
  if (progress?.read !== undefined && progress.of !== undefined)
    return (
      <div className="work-line">
        <p role="status">
          Looking through the calls: {formatShare(progress.read, progress.of)} of {formatCount(progress.of)} looks
          {progress.remaining === undefined ? '' : `, ${formatRemaining(progress.remaining)}`}
        </p>
        <ProgressBar label="Looking through the calls" done={progress.read} total={progress.of} />
        <Button onClick={stop}>Stop and show what was found</Button>
      </div>
    );
  if (pages.partial === undefined) return null;
  return (
    <div className="work-line" role="status">
      <p>
        Partial: the query was stopped. These are the calls that fit among the first {formatCount(pages.partial.read)} of{' '}
        {formatPlural(pages.partial.of, 'call')}, in the order of the evidence.
      </p>
      <Button
        onClick={() => {
          hold(query, 'read-on');
        }}
      >
        Read the rest
      </Button>
    </div>
  );
}
