import type { RecentCase } from '#shared/contract/table.ts';
import { OUTCOME_TEXT, OUTCOMES } from '#shared/model/outcome.ts';
import { Button } from '../../widgets/button.tsx';
import { formatCount } from '../../widgets/format.ts';
import type { OutcomeChoice } from './outcome-choice.ts';

interface OutcomeCountsProps {
  readonly cases: readonly RecentCase[];
  readonly chosen: OutcomeChoice | undefined;
  readonly onChoose: (chosen: OutcomeChoice | undefined) => void;
}

/** What the cases of this machine came to, counted; each count narrows the list to its cases. */
export function OutcomeCounts({ cases, chosen, onChoose }: OutcomeCountsProps) {
  const counts = [...OUTCOMES, 'unsaid' as const].map((choice) => ({
    choice,
    count: cases.filter(({ outcome = 'unsaid' }) => outcome === choice).length,
  }));
  // As long as nobody said anything there is nothing to count.
  if (counts.every(({ choice, count }) => choice === 'unsaid' || count === 0)) return null;
  return (
    <div className="outcome-counts" role="group" aria-label="Outcomes of these cases">
      <span className="muted">Outcomes</span>
      {counts.map(({ choice, count }) => (
        <Button
          key={choice}
          aria-pressed={chosen === choice}
          disabled={count === 0}
          onClick={() => {
            onChoose(chosen === choice ? undefined : choice);
          }}
        >
          {choice === 'unsaid' ? 'not said yet' : OUTCOME_TEXT[choice]} <span className="number">{formatCount(count)}</span>
        </Button>
      ))}
    </div>
  );
}
