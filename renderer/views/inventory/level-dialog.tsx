import { useState } from 'react';
import { LEVELS } from '#shared/contract/inventory.ts';
import type { Sensitivity } from '#shared/contract/report-json.ts';
import { MAX_REASON } from '#shared/model/review-size.ts';
import { useReview } from '../../query/use-review.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { Modal } from '../../widgets/modal.tsx';
import { LevelMark } from './marks.tsx';
import { LEVEL_MEANINGS } from './words.ts';

interface LevelDialogProps {
  readonly endpoint: string;
  readonly level: Sensitivity;
  readonly onClose: () => void;
}

/** Gives an endpoint another level of sensitivity, with the reason; the log of changes keeps both. */
export function LevelDialog({ endpoint, level, onClose }: LevelDialogProps) {
  const { change } = useReview();
  const [wanted, setWanted] = useState(level);
  const [reason, setReason] = useState('');
  const isDone = reason.trim() !== '' && wanted !== level;
  return (
    <Modal title="Set the sensitivity" about={<EvidenceText text={endpoint} />} onClose={onClose}>
      <form
        className="inv-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isDone) return;
          void change({ kind: 'classify', endpoint, level: wanted, reason: reason.trim() });
          onClose();
        }}
      >
        <fieldset>
          <legend className="visually-hidden">Level</legend>
          {LEVELS.map((each) => (
            <label key={each} className="inv-level-choice">
              <input
                type="radio"
                name="level"
                checked={wanted === each}
                onChange={() => {
                  setWanted(each);
                }}
              />
              <LevelMark level={each} />
              <span className="muted">{LEVEL_MEANINGS[each]}</span>
            </label>
          ))}
        </fieldset>
        <label className="field-label">
          Reason
          <input
            type="text"
            className="field"
            data-first=""
            maxLength={MAX_REASON}
            placeholder="What you know that the evidence does not show"
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
            }}
          />
        </label>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" disabled={!isDone}>
            Set the level
          </button>
        </div>
      </form>
    </Modal>
  );
}
