import { MAX_PATTERN, MAX_RULE_NOTE } from '#shared/model/template-rule.ts';
import type { Draft } from './draft.ts';

interface PinProps {
  readonly template: string;
  readonly pinned: string | undefined;
  readonly draft: Draft;
  readonly disabled: string | undefined;
  readonly onDraft: (draft: Draft) => void;
}

/** Whether the template is pinned, as what, and the reason that is kept with every rule of the draft. */
export function PinAndReason({ template, pinned, draft, disabled, onDraft }: PinProps) {
  const pin = draft.pin ?? pinned ?? '';
  return (
    <div className="template-pin">
      <label className="place-choice" title={disabled}>
        <input
          type="checkbox"
          disabled={disabled !== undefined}
          checked={pin !== ''}
          onChange={(event) => {
            onDraft({ ...draft, pin: event.target.checked ? template : '' });
          }}
        />
        Pin: paths that fit take this template
      </label>
      <input
        type="text"
        className="field mono"
        aria-label="The pinned template"
        spellCheck={false}
        maxLength={MAX_PATTERN}
        disabled={disabled !== undefined || pin === ''}
        title={disabled}
        value={pin}
        onChange={(event) => {
          // An emptied field is no longer a pin; a pattern begins with a slash.
          onDraft({ ...draft, pin: event.target.value });
        }}
      />
      <label className="field-label">
        Reason
        <input
          type="text"
          className="field"
          placeholder="Kept with the rule; may stay empty"
          maxLength={MAX_RULE_NOTE}
          disabled={disabled !== undefined}
          title={disabled}
          value={draft.note}
          onChange={(event) => {
            onDraft({ ...draft, note: event.target.value });
          }}
        />
      </label>
    </div>
  );
}
