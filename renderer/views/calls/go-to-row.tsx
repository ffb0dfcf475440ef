import { useState } from 'react';
import { addClause } from '#shared/query/edit.ts';
import { parseTime } from '#shared/query/values.ts';
import { epochMicros, printTime } from '#shared/model/units.ts';
import { askOnce } from '../../query/ask-once.ts';
import { Button } from '../../widgets/button.tsx';
import { formatCount } from '../../widgets/format.ts';
import { Modal } from '../../widgets/modal.tsx';

interface GoToRowProps {
  readonly count: number;
  /** All rows; `undefined` while they are counted. */
  readonly total: number | undefined;
  readonly query: string;
  /** False when rows are not in the order of time, so that a time is no place among them. */
  readonly byTime: boolean;
  readonly onRow: (index: number) => void;
  readonly onClose: () => void;
}

/** Jumps in a table too long to scroll: to a row by its number, or to the first call at a time or after it. */
export function GoToRow({ count, total, query, byTime, onRow, onClose }: GoToRowProps) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const go = async (): Promise<void> => {
    const wanted = text.trim();
    const rows = total ?? (await askOnce('calls.count', { query })).total;
    const row = /^\d+$/.test(wanted) && Number(wanted) <= rows ? Number(wanted) : undefined;
    const time = row === undefined && byTime ? parseTime(wanted)?.from : undefined;
    if (row === undefined && time === undefined) {
      setProblem(
        byTime ? `a row from 1 to ${formatCount(rows)}, or a time such as 2026-03-02T22:14` : `a row from 1 to ${formatCount(rows)}`,
      );
      return;
    }
    const index =
      time === undefined
        ? (row ?? 1) - 1
        : (await askOnce('calls.count', { query: addClause(query, `time < ${printTime(epochMicros(time))}`) })).total;
    onRow(Math.max(0, Math.min(rows - 1, index)));
    onClose();
  };
  return (
    <Modal
      title={byTime ? 'Go to a row or a time' : 'Go to a row'}
      about={`${total === undefined ? 'At least ' : ''}${formatCount(count)} rows; times are UTC.`}
      onClose={onClose}
    >
      <form
        className="review-form"
        onSubmit={(event) => {
          event.preventDefault();
          go().catch((thrown: unknown) => {
            setProblem(thrown instanceof Error ? thrown.message : String(thrown));
          });
        }}
      >
        <input
          type="text"
          aria-label={byTime ? 'Row or time' : 'Row'}
          aria-invalid={problem !== undefined}
          placeholder={byTime ? '500000 or 2026-03-02T22:14' : '500000'}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(undefined);
          }}
        />
        <Button type="submit" primary disabled={text.trim() === ''}>
          Go
        </Button>
      </form>
      <p className="muted" role="status">
        {problem}
      </p>
    </Modal>
  );
}
