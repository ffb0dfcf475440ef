import { useEffect, useState, type SubmitEvent } from 'react';
import { toAppError, type AppError } from '#shared/contract/errors.ts';
import { changePassphrase } from '../host/passphrase.ts';
import type { PassphraseDeed } from '../state/passphrase-dialog.ts';
import { Button } from '../widgets/button.tsx';
import { ErrorPanel } from '../widgets/error-panel.tsx';
import { Modal } from '../widgets/modal.tsx';
import { NewPassphraseFields } from './new-passphrase.tsx';
import { PassphraseField } from './passphrase-field.tsx';
import { NOTHING_TYPED, whyNotNew } from './why-not-new.ts';

interface Words {
  readonly title: string;
  readonly about: string;
  readonly button: string;
  readonly busy: string;
}

const WORDS: Readonly<Record<PassphraseDeed, Words>> = {
  set: {
    title: 'Encrypt this case',
    about:
      'The file is replaced by an encrypted copy, in the format of SQLCipher 4, once the copy is checked. Copies and exports that were made before stay as they are, and so does what the disk still holds of the plain file.',
    button: 'Encrypt',
    busy: 'Encrypting and checking the copy…',
  },
  change: {
    title: 'Change the passphrase of this case',
    about: 'The file is replaced by a checked copy under the new passphrase. Copies that were made before open with the old one.',
    button: 'Change',
    busy: 'Encrypting anew and checking the copy…',
  },
  remove: {
    title: 'Remove the passphrase of this case',
    about: 'The file is replaced by a checked copy that anybody can open who has it.',
    button: 'Remove',
    busy: 'Decrypting and checking the copy…',
  },
};

const WRONG = 'That is not the passphrase of this case';

/** Encrypts the open case, gives it another passphrase or none; the one that it has is asked for. */
export function ChangeDialog({ deed, onClose }: { readonly deed: PassphraseDeed; readonly onClose: () => void }) {
  const [old, setOld] = useState('');
  const [next, setNext] = useState(NOTHING_TYPED);
  const [running, setRunning] = useState<AbortController | undefined>(undefined);
  const [error, setError] = useState<AppError | undefined>(undefined);
  const words = WORDS[deed];
  const whyNot =
    deed !== 'set' && old === '' ? 'The passphrase that it has now comes first' : deed === 'remove' ? undefined : whyNotNew(next);
  // The dialog goes with its window: what it began is not to go on unseen.
  useEffect(() => () => running?.abort(), [running]);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (whyNot !== undefined || running !== undefined) return;
    const abort = new AbortController();
    setRunning(abort);
    setError(undefined);
    try {
      await changePassphrase(
        { deed, ...(deed === 'set' ? {} : { passphrase: old }), ...(deed === 'remove' ? {} : { next: next.text }) },
        abort.signal,
      );
      onClose();
    } catch (thrown) {
      const failed = toAppError(thrown);
      setRunning(undefined);
      if (failed.code === 'cancelled') onClose();
      else setError(failed);
    }
  };
  return (
    <Modal title={words.title} about={words.about} onClose={onClose}>
      <form
        className="passphrase-form"
        onSubmit={(event) => {
          void submit(event);
        }}
      >
        {deed === 'set' ? null : (
          <PassphraseField
            label="Passphrase now"
            first
            value={old}
            problem={error?.code === 'wrong-passphrase' ? WRONG : undefined}
            onChange={setOld}
          />
        )}
        {deed === 'remove' ? null : <NewPassphraseFields value={next} first={deed === 'set'} onChange={setNext} />}
        {error === undefined || error.code === 'wrong-passphrase' ? null : <ErrorPanel error={error} title="The case is as it was" />}
        <div className="dialog-foot">
          {running === undefined ? null : (
            <span className="muted" role="status">
              {words.busy}
            </span>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" primary disabled={running === undefined ? whyNot : words.busy}>
            {words.button}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
