import { CircleAlert } from 'lucide-react';
import type { HostReview, RaisedLimits, ReachedLimit } from '#shared/contract/intake-review.ts';
import { Button } from '../widgets/button.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { MoreRows, useFirstRows } from '../widgets/more-rows.tsx';
import { raise, raiseText } from './choices.ts';

interface RefusedListProps {
  readonly review: HostReview;
  readonly limits: RaisedLimits | undefined;
  readonly reached: readonly ReachedLimit[];
  readonly onRaise: (limits: RaisedLimits) => void;
}

/** What is not taken, with the reason of each, and the limits that can be raised for it. */
export function RefusedList({ review: { refused, notes }, limits, reached, onRaise }: RefusedListProps) {
  const rows = useFirstRows(refused);
  if (refused.length + notes.length === 0) return null;
  return (
    <section className="intake-refused" aria-label="Not taken">
      <h3>Not taken</h3>
      <ul>
        {rows.shown.map(({ name, code, message }, index) => (
          <li key={`${String(index)} ${name}`}>
            <CircleAlert size={14} strokeWidth={1.5} className="severity-high" aria-hidden="true" />
            <code className="code-tag">{code}</code> <EvidenceText text={message} />
          </li>
        ))}
        {notes.map((note) => (
          <li key={note} className="muted">
            <EvidenceText text={note} />
          </li>
        ))}
      </ul>
      <MoreRows hidden={rows.hidden} onMore={rows.showMore} />
      {reached.map((limit) => (
        <p key={limit.name}>
          <Button
            onClick={() => {
              onRaise(raise(limits, limit));
            }}
          >
            Raise for this import
          </Button>{' '}
          <span className="muted">{raiseText(limit)}. The report says so.</span>
        </p>
      ))}
    </section>
  );
}
