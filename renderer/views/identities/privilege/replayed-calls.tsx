import { X } from 'lucide-react';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { CallList } from '../../../review/call-list.tsx';
import { Answer } from '../../../widgets/answer.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { IconButton } from '../../../widgets/icon-button.tsx';
import type { ReplayChoice } from './replay-choice.ts';

/** Calls listed in the card. */
const SHOWN = 100;

const SIDES = { incident: 'incident calls', legitimate: 'other calls' } as const;
const VERDICTS = { block: 'stopped by', unknown: 'not told by' } as const;

interface ReplayedCallsProps {
  readonly principal: string;
  readonly choice: ReplayChoice;
  readonly onClose: () => void;
}

/** The calls behind a number of the control table, each a link to itself. */
export function ReplayedCalls({ principal, choice, onClose }: ReplayedCallsProps) {
  const { control, side, verdict, title } = choice;
  const calls = useEngineQuery('privilege.calls', { principal, control, side, verdict, count: SHOWN });
  const name = verdict === 'all' ? `${SIDES[side]}: ${title}` : `${SIDES[side]} ${VERDICTS[verdict]}: ${title}`;
  return (
    <section className="priv-calls" aria-label={name}>
      <div className="priv-calls-head">
        <h4>{name}</h4>
        <IconButton icon={X} label="Close the list of calls" onClick={onClose} />
      </div>
      <Answer query={calls} what="the calls" lines={4}>
        {({ rows, total }) => (
          <>
            <CallList calls={rows} />
            {total > rows.length ? (
              <p className="muted">
                The first {formatCount(rows.length)} of {formatCount(total)}, in order of time.
              </p>
            ) : null}
          </>
        )}
      </Answer>
    </section>
  );
}
