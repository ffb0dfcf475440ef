import { useState } from 'react';
import type { ReportSettings } from '#shared/contract/report-settings.ts';
import { MAX_COVER_TEXT, PAPERS, PAPER_WORDS, TLP_MARKS, TLP_WORDS } from '#shared/model/cover.ts';

interface CoverFormProps {
  readonly settings: ReportSettings;
  /** Why nothing can be changed. */
  readonly readOnly: string | undefined;
  readonly onChoose: (settings: ReportSettings) => void;
}

/** The mark and the audience on the cover, and the paper that all is printed on. */
export function CoverForm({ settings, readOnly, onChoose }: CoverFormProps) {
  const [audience, setAudience] = useState(settings.audience);
  return (
    <fieldset className="report-choice" disabled={readOnly !== undefined} title={readOnly}>
      <legend>Cover and paper</legend>
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
      <label className="field-label">
        Paper
        <select
          className="field"
          value={settings.paper ?? ''}
          onChange={(event) => {
            const paper = PAPERS.find((each) => each === event.target.value);
            const { paper: _before, ...rest } = settings;
            onChoose(paper === undefined ? rest : { ...rest, paper });
          }}
        >
          <option value="">A4 for PDF, the printer’s for HTML</option>
          {PAPERS.map((paper) => (
            <option key={paper} value={paper}>
              {PAPER_WORDS[paper]}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}
