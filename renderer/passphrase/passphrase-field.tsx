import { useId } from 'react';
import { MAX_PASSPHRASE } from '#shared/model/passphrase.ts';

interface PassphraseFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** A new one is not filled in from what a browser keeps. */
  readonly isNew?: boolean;
  /** What is wrong with it. */
  readonly problem?: string | undefined;
  /** Has the focus when its dialog opens. */
  readonly first?: boolean;
}

/** One passphrase, typed unseen; no browser is asked to keep it. */
export function PassphraseField({ label, value, onChange, isNew = false, problem, first = false }: PassphraseFieldProps) {
  const said = useId();
  return (
    <label className="field-label">
      {label}
      <input
        type="password"
        className="field"
        {...(first ? { 'data-first': '' } : {})}
        autoComplete={isNew ? 'new-password' : 'off'}
        spellCheck={false}
        maxLength={MAX_PASSPHRASE}
        value={value}
        aria-invalid={problem !== undefined}
        {...(problem === undefined ? {} : { 'aria-describedby': said })}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {problem === undefined ? null : (
        <span id={said} className="severity-high" role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}
