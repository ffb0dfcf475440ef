import type { ReportState } from '#shared/contract/report-settings.ts';

interface SectionChoiceProps {
  readonly state: ReportState;
  /** Why nothing can be changed. */
  readonly readOnly: string | undefined;
  readonly onChoose: (settings: ReportState['settings']) => void;
}

/** Parts of the printed report, on or off. The cover stays: it says what the rest is; so do the limits. */
const ALWAYS: ReadonlySet<string> = new Set(['cover', 'limits']);

/** Which parts are printed; folded away, since most people print all and the exports stand below. */
export function SectionChoice({ state: { settings, sections }, readOnly, onChoose }: SectionChoiceProps) {
  const omitted = new Set(settings.omitted);
  const shown = sections.filter(({ id }) => !omitted.has(id)).length;
  const toggle = (id: string): void => {
    const next = new Set(omitted);
    if (!next.delete(id)) next.add(id);
    onChoose({ ...settings, omitted: sections.map((section) => section.id).filter((each) => next.has(each)) });
  };
  return (
    <details className="report-choice report-sections">
      <summary>
        Sections{' '}
        <span className="muted">
          {shown === sections.length ? `all ${String(shown)}` : `${String(shown)} of ${String(sections.length)}`}
        </span>
      </summary>
      <fieldset disabled={readOnly !== undefined} title={readOnly}>
        <legend className="visually-hidden">Sections of the report</legend>
        {sections.map(({ id, label, title }) => (
          <label key={id} className="report-option">
            <input
              type="checkbox"
              checked={!omitted.has(id)}
              disabled={ALWAYS.has(id)}
              onChange={() => {
                toggle(id);
              }}
            />
            <span className="report-label">{label}</span>
            {title}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
