import { useState } from 'react';
import type { SavedDetectorRow } from '#shared/contract/hunting.ts';
import type { Severity } from '#shared/contract/report-json.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { useReview } from '../query/use-review.ts';
import { useReadOnly } from '../state/read-only.ts';
import { Button } from '../widgets/button.tsx';
import { Modal } from '../widgets/modal.tsx';

const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const satisfies readonly Severity[];
/** Longest name. Units: UTF-16 code units. */
const MAX_NAME = 120;

/** A whole number from a field; `undefined` for an empty one, and for what is none. */
const wholeOf = (text: string): number | undefined => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined);

interface DetectorDialogProps {
  readonly query: string;
  readonly saved: SavedDetectorRow | undefined;
  readonly onClose: () => void;
}

/** Keeps a query as a detector of the case, or changes one that is kept. */
export function DetectorDialog({ query: given, saved, onClose }: DetectorDialogProps) {
  const { change } = useReview();
  const readOnly = useReadOnly();
  const [name, setName] = useState(saved?.name ?? '');
  const [query, setQuery] = useState(saved?.query ?? given);
  const [severity, setSeverity] = useState<Severity>(saved?.severity ?? 'medium');
  const [least, setLeast] = useState(saved?.least === undefined ? '' : String(saved.least));
  const [minutes, setMinutes] = useState(saved?.minutes === undefined ? '' : String(saved.minutes));
  const problem = problemOf(query, least, minutes);
  const whyNot = readOnly ?? (name.trim() === '' ? 'It needs a name' : problem);
  const save = (): void => {
    const [count, window] = [wholeOf(least), wholeOf(minutes)];
    void change({
      kind: 'detector-save',
      ...(saved === undefined ? {} : { id: saved.id }),
      detector: { name: name.trim(), query, severity, ...(count === undefined || window === undefined ? {} : { least: count, minutes: window }) },
    });
    onClose();
  };
  return (
    <Modal title={saved === undefined ? 'Make this query a detector' : 'Change the detector'} about="Each analysis of this case asks it. What fits becomes a finding of the family “rule”." onClose={onClose}>
      <form
        className="hunt-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (whyNot === undefined) save();
        }}
      >
        <label className="field-label">
          Name
          <input type="text" className="field" data-first="" maxLength={MAX_NAME} value={name} onChange={(event) => { setName(event.target.value); }} />
        </label>
        <label className="field-label">
          Query
          <input type="text" className="field mono" spellCheck={false} value={query} onChange={(event) => { setQuery(event.target.value); }} />
        </label>
        <label className="field-label">
          Severity
          <select className="field" value={severity} onChange={(event) => { setSeverity(SEVERITIES.find((each) => each === event.target.value) ?? 'medium'); }}>
            {SEVERITIES.map((each) => <option key={each} value={each}>{each}</option>)}
          </select>
        </label>
        <div className="hunt-pair">
          <label className="field-label">
            At least this many calls of one principal (optional)
            <input type="text" inputMode="numeric" className="field" value={least} onChange={(event) => { setLeast(event.target.value); }} />
          </label>
          <label className="field-label">
            Within this many minutes
            <input type="text" inputMode="numeric" className="field" value={minutes} onChange={(event) => { setMinutes(event.target.value); }} />
          </label>
        </div>
        <p role="status" className={problem === undefined ? 'muted' : 'severity-high'}>
          {problem ?? 'Findings follow with the next analysis.'}
        </p>
        <div className="dialog-foot">
          <Button onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" primary disabled={whyNot}>
            {saved === undefined ? 'Make the detector' : 'Change it'}
          </Button>
        </div>
      </form>
    </Modal>
  );
} // prettier-ignore

/** What keeps the form from being kept, in a sentence. */
function problemOf(query: string, least: string, minutes: string): string | undefined {
  const parsed = parseQuery(query);
  if (query.trim() === '') return 'A query is needed: * stands for every call.';
  if (!parsed.ok) return `The query cannot be read: ${parsed.error.message}`;
  if ((least.trim() === '') !== (minutes.trim() === '')) return 'A number of calls and a number of minutes go together.';
  if (least.trim() === '') return undefined;
  return (wholeOf(least) ?? 0) >= 2 && (wholeOf(minutes) ?? 0) >= 1 ? undefined : 'From two calls and one minute on, in whole numbers.';
}
