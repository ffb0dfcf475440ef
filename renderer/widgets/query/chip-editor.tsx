import { useState } from 'react';
import { MAX_QUERY_LENGTH } from '#shared/model/query-length.ts';
import { EvidenceText } from '../evidence-text.tsx';

interface ChipEditorProps {
  /** The condition as it stands. */
  readonly text: string;
  /** Takes the new text, or `undefined` to leave it; says why it is no condition. */
  readonly onDone: (text: string | undefined) => string | undefined;
  /** The focus went elsewhere, and stays there. */
  readonly onLeave: () => void;
}

/** A condition being written in place of its chip: Enter takes it, Escape and leaving it do not. */
export function ChipEditor({ text: given, onDone, onLeave }: ChipEditorProps) {
  const [text, setText] = useState(given);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  return (
    <span className="chip chip-editing">
      <input
        type="text"
        className="mono"
        aria-label="Condition"
        aria-invalid={problem !== undefined}
        title={problem}
        size={Math.max(12, Math.min(text.length + 2, 60))}
        maxLength={MAX_QUERY_LENGTH}
        spellCheck={false}
        ref={focusOnce}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(undefined);
        }}
        onKeyDown={(event) => {
          event.stopPropagation(); // arrow keys and Delete are the text's, not the toolbar's
          if (event.key === 'Enter') {
            event.preventDefault(); // else the chip, which has the focus by then, is pressed by the same key
            setProblem(onDone(text.trim()));
          }
          if (event.key === 'Escape') onDone(undefined);
        }}
        onBlur={onLeave}
      />
      {problem === undefined ? null : (
        <span className="chip-problem" role="status">
          <EvidenceText text={problem} />
        </span>
      )}
    </span>
  );
}

const focusOnce = (element: HTMLInputElement | null): void => {
  element?.focus();
};
