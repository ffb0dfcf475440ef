import { useState } from 'react';
import type { ReviewLogRow } from '#shared/contract/review.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { Answer } from '../widgets/answer.tsx';
import { Button } from '../widgets/button.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatCount, formatTime } from '../widgets/format.ts';
import { Modal } from '../widgets/modal.tsx';

/** Changes listed at once. */
const LISTED = 100;

/** Every change that was ever made to the case's tags, stars, marks, notes and views: the log that only grows. */
export function ChangeLog({ onClose }: { readonly onClose: () => void }) {
  const [from, setFrom] = useState(0);
  const log = useEngineQuery('review.log', { from, count: LISTED });
  return (
    <Modal
      title="Your changes"
      about="What was tagged, starred, marked, noted and kept, latest first. Nothing here is ever rewritten."
      wide
      onClose={onClose}
    >
      <Answer query={log} what="the changes" lines={8}>
        {({ rows, total }) => (
          <>
            {total === 0 ? <p className="muted">Nothing has been changed in this case.</p> : null}
            <ol className="change-log" start={1} aria-label="Changes">
              {rows.map((row) => (
                <Line key={row.entry} row={row} />
              ))}
            </ol>
            {total <= LISTED ? null : (
              <p className="change-pages">
                <Button
                  disabled={from === 0}
                  onClick={() => {
                    setFrom(from - LISTED);
                  }}
                >
                  Later
                </Button>
                <span className="muted">
                  {formatCount(from + 1)} to {formatCount(Math.min(total, from + LISTED))} of {formatCount(total)}
                </span>
                <Button
                  disabled={from + LISTED >= total}
                  onClick={() => {
                    setFrom(from + LISTED);
                  }}
                >
                  Earlier
                </Button>
              </p>
            )}
          </>
        )}
      </Answer>
    </Modal>
  );
}

function Line({ row }: { readonly row: ReviewLogRow }) {
  return (
    <li className={row.undone === undefined ? undefined : 'change-undone'}>
      <span className="number muted">{formatTime(row.at, 's')} UTC</span>
      <span>
        <EvidenceText text={row.text} />
        {row.undone === undefined ? null : <span className="muted"> (taken back)</span>}
      </span>
    </li>
  );
}
