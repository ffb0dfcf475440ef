import { answerWord } from '#shared/model/call-outcome.ts';
import './call-list.css';
import { Bookmark } from 'lucide-react';
import type { CallRow } from '#shared/contract/rows.ts';
import { useReview } from '../query/use-review.ts';
import { useTagSlots } from '../query/use-tag-slots.ts';
import { GoLink } from '../state/go-link.tsx';
import { toCall } from '../state/places.ts';
import { useReadOnly } from '../state/read-only.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { AnswerText } from '../widgets/answer-text.tsx';
import { MiddleText } from '../widgets/middle-text.tsx';
import { TimeText } from '../widgets/numbers.tsx';
import { TagSlots } from '../widgets/tag-mark.tsx';
import { MarksOf } from './marks-of.tsx';
import { useMarks } from './use-marks.ts';

/** Host, path and query: what was handed in stands in the query as often as in the path. */
const addressOf = ({ host = '', path = '', query }: CallRow): string => `${host}${path}${query === undefined ? '' : `?${query}`}`;

/** Some calls as a short table: each a link to itself, with your marks, and a mark for the timeline one press away. */
export function CallList({ calls }: { readonly calls: readonly CallRow[] }) {
  const slots = useTagSlots();
  return (
    <TagSlots value={slots}>
      <table className="table call-list">
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            <th scope="col">Method</th>
            <th scope="col">Host and path</th>
            <th scope="col" className="end">
              Status
            </th>
            <th scope="col">Record</th>
            <th scope="col">Marks</th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={call.ref}>
              <td className="nowrap">
                <TimeText time={call.time} />
              </td>
              <td className="mono">{call.method ?? '–'}</td>
              <td className="call-list-path">
                <MiddleText text={addressOf(call)} mono tail={24} />
              </td>
              <td className="end">{answerWord(call) === undefined ? '–' : <AnswerText call={call} />}</td>
              <td className="call-list-ref">
                <GoLink to={toCall(call.ref)} title="Open the call">
                  <MiddleText text={call.ref} mono />
                </GoLink>
              </td>
              <td className="nowrap">
                <Marks call={call} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TagSlots>
  );
}

function Marks({ call }: { readonly call: CallRow }) {
  const { change } = useReview();
  const disabled = useReadOnly();
  const marked = useMarks().get(call.ref)?.marked === true;
  return (
    <span className="call-list-marks">
      <IconButton
        icon={Bookmark}
        size={12}
        label="Mark for the timeline"
        title="Mark for the timeline"
        pressed={marked}
        disabled={disabled}
        onClick={() => void change({ kind: 'mark', refs: [call.ref], on: !marked })}
      />
      <MarksOf calls={[call]} />
    </span>
  );
}
