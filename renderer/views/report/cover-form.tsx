import { useState } from 'react';
import type { ReportSettings } from '#shared/contract/report-settings.ts';
import { MAX_COVER_TEXT, TLP_MARKS, TLP_WORDS } from '#shared/model/cover.ts';

interface CoverFormProps {
  readonly settings: ReportSettings;
  /** Why nothing can be changed. */
  readonly readOnly: string | undefined;
  readonly onChoose: (settings: ReportSettings) => void;
}

/** The mark and the audience on the cover. */
export function CoverForm({ settings, readOnly, onChoose }: CoverFormProps) {
  const [audience, setAudience] = useState(settings.audience);
  return (
    <fieldset className="report-choice" disabled={readOnly !== undefined} title={readOnly}>
      <legend>Cover</legend>
      <label className="field-label">
        Marking
        <select
          className="field"
          value={settings.tlp ?? ''}
          onChange={(event) => {
            const tlp = TLP_MARKS.find((mark) => mark === event.target.value);
            const { tlp: _before, ...rest } = settings;
            onChoose(tlp === undefined ? rest : { ...rest, tlp });
          }}
        >
          <option value="">Not set</option>
          {TLP_MARKS.map((mark) => (
            <option key={mark} value={mark}>
              {TLP_WORDS[mark]}
            </option>
          ))}
        </select>
      </label>
      <label className="field-label">
        Audience
        <input
          type="text"
          className="field"
          maxLength={MAX_COVER_TEXT}
          placeholder="Not stated"
          value={audience}
          onChange={(event) => {
            setAudience(event.target.value);
          }}
          onBlur={() => {
            if (audience !== settings.audience) onChoose({ ...settings, audience });
          }}
        />
      </label>
    </fieldset>
  );
}
