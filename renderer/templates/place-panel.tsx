import type { TemplatePlace } from '#shared/contract/templates.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatCount } from '../widgets/format.ts';
import { placeState, type PlaceEdit } from './draft.ts';

interface PlacePanelProps {
  readonly place: TemplatePlace;
  readonly edit: PlaceEdit | undefined;
  /** Why nothing can be changed; then everything is only shown. */
  readonly disabled: string | undefined;
  readonly onEdit: (edit: PlaceEdit) => void;
}

/** One place of the path: whether its words are values, what they are called, and which of them stay words. */
export function PlacePanel({ place, edit, disabled, onEdit }: PlacePanelProps) {
  const state = placeState(place, edit);
  return (
    <section className="place-panel" aria-label="The chosen place">
      <div className="place-choices">
        <fieldset disabled={disabled !== undefined} title={disabled}>
          <legend>What stands here</legend>
          <Choice
            label="As learned from the paths"
            checked={!state.values}
            onChange={() => {
              onEdit({ values: false });
            }}
          />
          <Choice
            label="Values: all words at this place are one endpoint"
            checked={state.values}
            onChange={() => {
              onEdit({ values: true });
            }}
          />
        </fieldset>
        <label className="field-label">
          Name of the parameter
          <input
            type="text"
            className="field mono"
            spellCheck={false}
            maxLength={64}
            disabled={disabled !== undefined || !state.isNamed}
            title={state.isNamed ? disabled : 'A word has no name'}
            value={state.name}
            onChange={(event) => {
              onEdit({ name: event.target.value });
            }}
          />
        </label>
      </div>
      <SeenValues
        place={place}
        isKept={state.isKept}
        disabled={disabled}
        onKeep={(value, isKept) => {
          onEdit({ kept: new Map([...(edit?.kept ?? []), [value, isKept]]) });
        }}
      />
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: () => void;
}

function Choice({ label, checked, onChange }: ChoiceProps) {
  return (
    <label className="place-choice">
      <input type="radio" name="place-kind" checked={checked} onChange={onChange} />
      {label}
    </label>
  );
}

interface SeenValuesProps {
  readonly place: TemplatePlace;
  readonly isKept: (value: string) => boolean;
  readonly disabled: string | undefined;
  readonly onKeep: (value: string, isKept: boolean) => void;
}

/** What was seen at the place, most frequent first. */
function SeenValues({ place, isKept, disabled, onKeep }: SeenValuesProps) {
  const { values, distinct, isCut } = place;
  if (values.length === 0) return <p className="muted">No call shows what stands here.</p>;
  return (
    <div className="place-values" role="region" aria-label="Values seen here" tabIndex={0}>
      <table className="template-table">
        <caption>
          {distinct > values.length || isCut
            ? `The ${String(values.length)} most frequent of ${isCut ? 'more than ' : ''}${formatCount(distinct)} values seen here`
            : 'Values seen here'}
        </caption>
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Taken as</th>
            <th scope="col" className="number">
              Calls
            </th>
            <th scope="col">Always a word</th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ text, calls, as }) => (
            <tr key={text}>
              <th scope="row" className="mono template-text">
                <EvidenceText text={text} />
              </th>
              <td className="muted">{as}</td>
              <td className="number">{formatCount(calls)}</td>
              <td>
                <label className="place-keep">
                  <input
                    type="checkbox"
                    disabled={disabled !== undefined}
                    title={disabled}
                    checked={isKept(text)}
                    onChange={(event) => {
                      onKeep(text, event.target.checked);
                    }}
                  />
                  <span className="visually-hidden">
                    <EvidenceText text={text} /> is always a word
                  </span>
                </label>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
