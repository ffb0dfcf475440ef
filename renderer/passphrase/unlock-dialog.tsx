import { useState, type SubmitEvent } from 'react';
import { toAppError, type AppError } from '#shared/contract/errors.ts';
import { unlock } from '../host/passphrase.ts';
import type { LockedCase } from '../state/passphrase-dialog.ts';
import { Button } from '../widgets/button.tsx';
import { ErrorPanel } from '../widgets/error-panel.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { Modal } from '../widgets/modal.tsx';
import { PassphraseField } from './passphrase-field.tsx';

const WRONG = 'Wrong passphrase, or the file is damaged';

/** Asks for the passphrase of a case until it opens, or the analyst thinks better of it. */
export function UnlockDialog({ locked, onClose }: { readonly locked: LockedCase; readonly onClose: () => void }) {
  const [passphrase, setPassphrase] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>(undefined);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (passphrase === '' || isBusy) return;
    const field = event.currentTarget.querySelector('input');
    setBusy(true);
    try {
      await unlock(locked, passphrase);
      onClose();
    } catch (thrown) {
      setError(toAppError(thrown));
      setPassphrase('');
      setBusy(false);
      field?.focus();
    }
  };
  return (
    <Modal
      title={
        <>
          {locked.kind === 'compared' ? 'Compare with' : 'Open'} <EvidenceText text={locked.name} />
        </>
      }
      about="This case is encrypted. Its passphrase is kept nowhere: it is asked for each time."
      onClose={onClose}
    >
      <form
        className="passphrase-form"
        onSubmit={(event) => {
          void submit(event);
        }}
      >
        <PassphraseField
          label="Passphrase"
          first
          value={passphrase}
          problem={error?.code === 'wrong-passphrase' ? WRONG : undefined}
          onChange={setPassphrase}
        />
        {error === undefined || error.code === 'wrong-passphrase' ? null : (
          <ErrorPanel error={error} title="The case could not be opened" />
        )}
        <div className="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" primary disabled={passphrase === '' || isBusy}>
            {isBusy ? 'Opening…' : 'Open'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
