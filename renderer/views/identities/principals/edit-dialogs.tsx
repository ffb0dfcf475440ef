import { useState, type ReactNode } from 'react';
import type { PrincipalJson } from '#shared/contract/report-json.ts';
import { MAX_OWNER, MAX_REASON } from '#shared/model/review-size.ts';
import { useReview } from '../../../query/use-review.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { Modal } from '../../../widgets/modal.tsx';

interface FormProps {
  readonly title: string;
  readonly about: ReactNode;
  readonly field: string;
  readonly most: number;
  readonly initial?: string;
  readonly mayBeEmpty?: boolean;
  readonly action: string;
  readonly onDone: (text: string) => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** A dialog of one line of text. */
function LineDialog({ title, about, field, most, initial = '', mayBeEmpty = false, action, onDone, onClose, children }: FormProps) {
  const [text, setText] = useState(initial);
  const isDone = mayBeEmpty || text.trim() !== '';
  return (
    <Modal title={title} about={about} onClose={onClose}>
      <form
        className="ident-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isDone) return;
          onDone(text.trim());
          onClose();
        }}
      >
        {children}
        <label className="field-label">
          {field}
          <input
            type="text"
            className="field"
            data-first=""
            maxLength={most}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        </label>
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" disabled={!isDone}>
            {action}
          </button>
        </div>
      </form>
    </Modal>
  );
}

const STALE = 'The case has to be analysed again; Undo takes it back.';

/** Takes several principals for one, with the reason. */
export function MergeDialog({ principals, onClose }: { readonly principals: readonly PrincipalJson[]; readonly onClose: () => void }) {
  const { change } = useReview();
  return (
    <LineDialog
      title="Merge into one principal"
      about={`The first gives the name. ${STALE}`}
      field="Reason"
      most={MAX_REASON}
      action="Merge"
      onDone={(reason) => void change({ kind: 'principals-merge', principals: principals.map(({ id }) => id), reason })}
      onClose={onClose}
    >
      <ul className="card-list">
        {principals.map(({ id, label }) => (
          <li key={id}>
            <EvidenceText text={label} /> <span className="muted">{id}</span>
          </li>
        ))}
      </ul>
    </LineDialog>
  );
}

/** Takes a principal apart, with the reason. */
export function SplitDialog({ principal, onClose }: { readonly principal: PrincipalJson; readonly onClose: () => void }) {
  const { change } = useReview();
  return (
    <LineDialog
      title="Split this principal"
      about={`Its parts stand for themselves and never join by themselves again. ${STALE}`}
      field="Reason"
      most={MAX_REASON}
      action="Split it"
      onDone={(reason) => void change({ kind: 'principal-split', principal: principal.id, reason })}
      onClose={onClose}
    />
  );
}

/** Says who answers for a principal. */
export function OwnerDialog({ principal, onClose }: { readonly principal: PrincipalJson; readonly onClose: () => void }) {
  const { change } = useReview();
  return (
    <LineDialog
      title="Who answers for it?"
      about={<EvidenceText text={principal.label} />}
      field="Owner: a person, a team or an address; empty for none"
      most={MAX_OWNER}
      initial={principal.owner ?? ''}
      mayBeEmpty
      action="Set the owner"
      onDone={(owner) => void change({ kind: 'principal-owner', principal: principal.id, owner })}
      onClose={onClose}
    />
  );
}
