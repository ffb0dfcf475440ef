import { useState } from 'react';
import { LEVELS } from '#shared/contract/inventory.ts';
import type { Sensitivity } from '#shared/contract/report-json.ts';
import { ChangeDialog, ReasonField } from '../../review/change-dialog.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { LevelMark } from './marks.tsx';
import { LEVEL_MEANINGS } from './words.ts';

interface LevelDialogProps {
  readonly endpoint: string;
  readonly level: Sensitivity;
  readonly onClose: () => void;
}

/** Gives an endpoint another level of sensitivity, with the reason; the log of changes keeps both. */
export function LevelDialog({ endpoint, level, onClose }: LevelDialogProps) {
  const [wanted, setWanted] = useState(level);
  const [reason, setReason] = useState('');
  return (
    <ChangeDialog
      title="Set the sensitivity"
      about={<EvidenceText text={endpoint} />}
      verb="Set the level"
      change={reason.trim() === '' || wanted === level ? undefined : { kind: 'classify', endpoint, level: wanted, reason: reason.trim() }}
      onClose={onClose}
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
      <ReasonField value={reason} hint="What you know that the evidence does not show" onChange={setReason} />
    </ChangeDialog>
  );
}
