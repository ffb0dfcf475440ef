import { useState } from 'react';
import type { BaselineState } from '#shared/contract/baseline-methods.ts';
import { toAppError } from '#shared/contract/errors.ts';
import { useAnalysis } from '../../query/use-analysis.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../widgets/button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { WorkLine } from '../../widgets/work-line.tsx';
import { parseMomentText, printMomentText } from './compare-choice.ts';

const textOf = (time: string | undefined): string => (time === undefined ? '' : printMomentText(parseMomentText(time) ?? 0));

type Chosen = { readonly baselineUntil?: number; readonly incidentFrom?: number; readonly secondLook?: boolean } | string;

/** What two texts ask for, or what is wrong with them. */
function readMoments(until: string, incident: string): Chosen {
  const [baselineUntil, incidentFrom] = [parseMomentText(until), parseMomentText(incident)];
  if (until.trim() === '' && incident.trim() === '') return 'Say at least one of the two.';
  if ((until.trim() !== '' && baselineUntil === undefined) || (incident.trim() !== '' && incidentFrom === undefined))
    return 'A moment is a day or a time: 2026-10-01 or 2026-10-01 08:00.';
  return { ...(baselineUntil === undefined ? {} : { baselineUntil }), ...(incidentFrom === undefined ? {} : { incidentFrom }) };
}

/** Overrules the window that the data chose, and goes back to it. */
export function UsualWindow({ state }: { readonly state: BaselineState }) {
  const readOnly = useReadOnly();
  const client = useSession((session) => session.client);
  const [work, , analyse] = useAnalysis();
  const [until, setUntil] = useState(textOf(state.until));
  const [incident, setIncident] = useState(textOf(state.incidentFrom));
  const [wrong, setWrong] = useState<string>();
  const isGiven = state.until !== undefined || state.incidentFrom !== undefined;
  const analyseWith = async (chosen: Exclude<Chosen, string>): Promise<void> => {
    setWrong(undefined);
    // Another window takes the place of the one before once it is found to lie in the evidence; none has nothing to be put in place.
    if (isGiven && Object.keys(chosen).length === 0) await client?.call('baseline.forget', { what: 'window' });
    analyse(chosen);
  };
  const start = (chosen: Chosen): void => {
    if (typeof chosen === 'string') setWrong(chosen);
    else
      analyseWith(chosen).catch((thrown: unknown) => {
        setWrong(toAppError(thrown).message);
      });
  };
  if (work.kind === 'running')
    return <WorkLine title="Analysing" progress={work.progress} remaining={work.remaining} onCancel={work.cancel} />;
  const problem = wrong ?? (work.kind === 'failed' ? `The analysis stopped: ${work.error.message}` : undefined);
  return (
    <form
      className="inv-compare-form"
      onSubmit={(event) => {
        event.preventDefault();
        start(readMoments(until, incident));
      }}
    >
      <fieldset disabled={readOnly !== undefined} title={readOnly}>
        <legend>Another window, in UTC</legend>
        <Moment label="Usual until" value={until} onChange={setUntil} />
        <Moment label="or the incident began" value={incident} onChange={setIncident} />
        <Button type="submit">Analyse with this window</Button>
        <Button
          title="Asks all rules once more with an earlier part of the evidence as what is usual; each finding then says whether it depends on that choice"
          onClick={() => {
            analyse({ secondLook: true });
          }}
        >
          Take a second look
        </Button>
        {isGiven ? (
          <Button
            onClick={() => {
              start({});
            }}
          >
            Let the data choose
          </Button>
        ) : null}
      </fieldset>
      {problem === undefined ? null : (
        <p role="alert">
          <EvidenceText text={problem} />
        </p>
      )}
    </form>
  );
}

interface MomentProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function Moment({ label, value, onChange }: MomentProps) {
  return (
    <label className="field-label">
      {label}
      <input
        type="text"
        className="field"
        value={value}
        placeholder="2026-10-01 08:00"
        maxLength={40}
        spellCheck={false}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}
