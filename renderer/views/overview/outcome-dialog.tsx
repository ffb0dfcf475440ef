import { useState } from 'react';
import type { CaseOutcome } from '#shared/contract/triage.ts';
import { OUTCOME_TEXT, OUTCOMES, type Outcome } from '#shared/model/outcome.ts';
import { MAX_REASON } from '#shared/model/review-size.ts';
import { useReview } from '../../query/use-review.ts';
import { Button } from '../../widgets/button.tsx';
import { Modal } from '../../widgets/modal.tsx';

interface OutcomeDialogProps {
  readonly outcome: CaseOutcome | undefined;
  readonly onClose: () => void;
}

/** Says what the incident came to, as the list of cases counts it. */
export function OutcomeDialog({ outcome: now, onClose }: OutcomeDialogProps) {
  const { change } = useReview();
  const [wanted, setWanted] = useState<Outcome | undefined>(now?.outcome);
  const [reason, setReason] = useState(now?.reason ?? '');
  const isSame = wanted === now?.outcome && reason.trim() === (now?.reason ?? '');
  return (
    <Modal title="Outcome of the case" about="What the incident came to. The list of cases counts it; it can be changed at any time." onClose={onClose}>
      <form
        className="hunt-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isSame) return;
          void change(wanted === undefined ? { kind: 'outcome' } : { kind: 'outcome', to: { outcome: wanted, reason: reason.trim() } });
          onClose();
        }}
      >
        <fieldset>
          <legend className="visually-hidden">Outcome</legend>
          {[undefined, ...OUTCOMES].map((each) => (
            <label key={each ?? ''} className="hunt-choice">
              <input
                type="radio"
                name="outcome"
                checked={wanted === each}
                onChange={() => {
                  setWanted(each);
                }}
              />
              {each === undefined ? 'not said yet' : OUTCOME_TEXT[each]}
            </label>
          ))}
        </fieldset>
        {wanted === undefined ? null : (
          <label className="field-label">
            In a few words (may stay empty)
            <input
              type="text"
              className="field"
              maxLength={MAX_REASON}
              placeholder="Whose data, which service, how much"
              value={reason}
              onChange={(event) => {
                setReason(event.target.value);
              }}
            />
          </label>
        )}
        <div className="dialog-foot">
          <Button onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" primary disabled={isSame}>
            Set the outcome
          </Button>
        </div>
      </form>
    </Modal>
  );
} // prettier-ignore
