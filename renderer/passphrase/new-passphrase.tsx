import { PASSPHRASE_ADVICE } from '#shared/model/passphrase.ts';
import { PassphraseField } from './passphrase-field.tsx';
import { whyNotNew, type NewPassphrase } from './why-not-new.ts';

interface NewPassphraseFieldsProps {
  readonly value: NewPassphrase;
  readonly onChange: (value: NewPassphrase) => void;
  readonly first?: boolean;
}

/** A new passphrase, typed twice; what is wrong with it is said once there is something to say it of. */
export function NewPassphraseFields({ value, onChange, first = false }: NewPassphraseFieldsProps) {
  const why = value.again === '' ? undefined : whyNotNew(value);
  return (
    <>
      <PassphraseField
        label="New passphrase"
        isNew
        first={first}
        value={value.text}
        onChange={(text) => {
          onChange({ ...value, text });
        }}
      />
      <PassphraseField
        label="The same again"
        isNew
        value={value.again}
        problem={why}
        onChange={(again) => {
          onChange({ ...value, again });
        }}
      />
      <p className="muted passphrase-advice">{PASSPHRASE_ADVICE}</p>
    </>
  );
}
