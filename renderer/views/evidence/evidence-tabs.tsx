import { goTo, usePlace } from '../../state/selection.ts';

const TABS = [
  { id: undefined, title: 'Sources' },
  { id: 'calendar', title: 'Calendar' },
  { id: 'sides', title: 'Two sides' },
] as const;

/** The ways to look at the evidence: what there is, when it has calls, and captures against the logs beside them. */
export function EvidenceTabs() {
  const tab = usePlace('tab');
  const known = TABS.find(({ id }) => id === tab)?.id;
  return (
    <div className="segmented" role="group" aria-label="What to show">
      {TABS.map(({ id, title }) => (
        <button
          key={title}
          type="button"
          aria-pressed={id === known}
          onClick={() => {
            goTo({ tab: id });
          }}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
