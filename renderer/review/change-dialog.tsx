import type { ReactNode } from 'react';
import type { ReviewChange } from '#shared/contract/review.ts';
import { MAX_REASON } from '#shared/model/review-size.ts';
import { useReview } from '../query/use-review.ts';
import { Button } from '../widgets/button.tsx';
import { Modal } from '../widgets/modal.tsx';

interface ChangeDialogProps {
  readonly title: string;
  readonly about: ReactNode;
  /** What the button that does it says. */
  readonly verb: string;
  /** What the form says now; absent while something is missing. */
  readonly change: ReviewChange | undefined;
  /** Why nothing can be changed at all. */
  readonly disabled?: string | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog that asks what a change by the analyst needs, and makes it. */
export function ChangeDialog({ title, about, verb, change: wanted, disabled, onClose, children }: ChangeDialogProps) {
  const { change } = useReview();
  const ready = disabled === undefined ? wanted : undefined;
  return (
    <Modal title={title} about={about} onClose={onClose}>
      <form
        className="hunt-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready === undefined) return;
          void change(ready);
          onClose();
        }}
      >
        {children}
        <div className="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" primary disabled={disabled ?? wanted === undefined}>
            {verb}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface ReasonFieldProps {
  readonly value: string;
  readonly hint: string;
  readonly onChange: (value: string) => void;
}

/** The reason of a change, in which one can write at once. */
export function ReasonField({ value, hint, onChange }: ReasonFieldProps) {
  return (
    <label className="field-label">
      Reason
      <input
        type="text"
        className="field"
        data-first=""
        maxLength={MAX_REASON}
        placeholder={hint}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}
