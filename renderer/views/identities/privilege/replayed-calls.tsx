import { X } from 'lucide-react';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCall } from '../../../state/places.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { IconButton } from '../../../widgets/icon-button.tsx';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
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
  const name = `${SIDES[side]} ${VERDICTS[verdict]}: ${title}`;
  return (
    <section className="priv-calls" aria-label={name}>
      <div className="priv-calls-head">
        <h4>{name}</h4>
        <IconButton icon={X} label="Close the list of calls" onClick={onClose} />
      </div>
      <Answer query={calls} what="the calls" lines={4}>
        {({ rows, total }) => (
          <>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">Time (UTC)</th>
                  <th scope="col">Method</th>
                  <th scope="col">Host and path</th>
                  <th scope="col" className="end">
                    Status
                  </th>
                  <th scope="col">Record</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((call) => (
                  <tr key={call.ref}>
                    <td className="nowrap">
                      <TimeText time={call.time} />
                    </td>
                    <td className="mono">{call.method ?? '–'}</td>
                    <td className="wide">
                      <MiddleText text={`${call.host ?? ''}${call.path ?? ''}`} mono tail={24} />
                    </td>
                    <td className="end">{call.status ?? '–'}</td>
                    <td className="priv-ref">
                      <GoLink to={toCall(call.ref)} title="Open the call">
                        <MiddleText text={call.ref} mono />
                      </GoLink>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
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
