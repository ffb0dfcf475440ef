import { Circle, CircleCheck } from 'lucide-react';
import type { ReportState } from '#shared/contract/report-settings.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { Answer } from '../../widgets/answer.tsx';
import { toChecks, type Check } from './checks.ts';

/** What to look at before the report is handed over; each open point leads to where it is done. */
export function CheckList({ state }: { readonly state: ReportState }) {
  const board = useEngineQuery('case.board', {});
  return (
    <section className="report-checks" aria-labelledby="report-checks-title">
      <h2 id="report-checks-title">Before it is handed over</h2>
      <Answer query={board} what="how far the work is" lines={4}>
        {(data) => (
          <ul>
            {toChecks(data, state).map((check) => (
              <Point key={check.id} check={check} />
            ))}
          </ul>
        )}
      </Answer>
    </section>
  );
}

function Point({ check: { state, says, to } }: { readonly check: Check }) {
  const Icon = state === 'done' ? CircleCheck : Circle;
  return (
    <li>
      <Icon
        size={14}
        strokeWidth={1.5}
        className={state === 'done' ? 'ok' : 'muted'}
        role="img"
        aria-label={state === 'done' ? 'done' : 'open'}
      />
      {to === undefined ? <span>{says}</span> : <GoLink to={to}>{says}</GoLink>}
    </li>
  );
}
