import { useRef, useState } from 'react';
import type { BaselineState } from '#shared/contract/baseline-methods.ts';
import { toAppError } from '#shared/contract/errors.ts';
import { MAX_BASELINE } from '#shared/model/baseline-file.ts';
import { saveText } from '../../host/download.ts';
import { askOnce } from '../../query/ask-once.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../widgets/button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';

/** A baseline for other cases, one of another case, and back to this case's own. What is imported counts from the next analysis on. */
export function UsualFile({ state: { window, imported } }: { readonly state: BaselineState }) {
  const readOnly = useReadOnly();
  const client = useSession((session) => session.client);
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const tell = (thrown: unknown): void => {
    setProblem(toAppError(thrown).message);
  };
  const take = async (file: File): Promise<void> => {
    setProblem(undefined);
    if (file.size > MAX_BASELINE) setProblem(`${file.name} is too large to be a baseline`);
    else await client?.call('baseline.import', { text: await file.text() });
  };
  const save = async (): Promise<void> => {
    setProblem(undefined);
    const { text, sha256 } = await askOnce('baseline.export', {});
    saveText(text, `baseline-${sha256.slice(0, 12)}.json`);
  };
  return (
    <div className="inv-compare-form">
      <Button
        disabled={
          imported === undefined
            ? window === undefined && 'This case has no baseline yet'
            : 'This case is judged by a baseline of another one'
        }
        onClick={() => {
          save().catch(tell);
        }}
      >
        Save as a baseline…
      </Button>{' '}
      <Button disabled={readOnly} onClick={() => input.current?.click()}>
        Use the baseline of another case…
      </Button>{' '}
      {imported === undefined ? null : (
        <Button
          disabled={readOnly}
          onClick={() => {
            client?.call('baseline.forget', { what: 'imported' }).catch(tell);
          }}
        >
          Forget that baseline
        </Button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File with a baseline"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) take(file).catch(tell);
        }}
      />
      {problem === undefined ? null : (
        <p role="alert">
          <EvidenceText text={problem} />
        </p>
      )}
    </div>
  );
}
