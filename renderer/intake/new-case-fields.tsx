import { NewPassphraseFields } from '../passphrase/new-passphrase.tsx';
import { NOTHING_TYPED } from '../passphrase/why-not-new.ts';
import type { Choices } from './choices.ts';

interface NewCaseFieldsProps {
  readonly choices: Choices;
  readonly onChange: (change: Partial<Choices>) => void;
}

/** What a case is called that is made for the files, and whether it is encrypted. */
export function NewCaseFields({ choices, onChange }: NewCaseFieldsProps) {
  return (
    <>
      <label className="field-label">
        Case name
        <input
          className="field"
          value={choices.title}
          maxLength={200}
          spellCheck={false}
          onChange={(event) => {
            onChange({ title: event.target.value });
          }}
        />
      </label>
      <div className="intake-encrypt">
        <label>
          <input
            type="checkbox"
            checked={choices.passphrase !== undefined}
            onChange={(event) => {
              onChange({ passphrase: event.target.checked ? NOTHING_TYPED : undefined });
            }}
          />
          Encrypt the case with a passphrase
        </label>
        {choices.passphrase === undefined ? null : (
          <NewPassphraseFields
            value={choices.passphrase}
            onChange={(passphrase) => {
              onChange({ passphrase });
            }}
          />
        )}
      </div>
    </>
  );
}
