import { goTo } from '../../state/selection.ts';

const TABS = [
  { id: 'findings', title: 'Findings' },
  { id: 'detectors', title: 'Detectors' },
  { id: 'suppressions', title: 'Suppressions' },
] as const;

export type FindingsTabId = (typeof TABS)[number]['id'];

/** The ways to look at what was found: the claims, what looks for them, and what sets them aside. */
export function FindingsTabs({ shown }: { readonly shown: FindingsTabId }) {
  return (
    <div className="filter-bar finding-tabs">
      <div className="segmented" role="group" aria-label="What to show">
        {TABS.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === shown}
            onClick={() => {
              goTo({ tab: id === 'findings' ? undefined : id });
            }}
          >
            {title}
          </button>
        ))}
      </div>
    </div>
  );
}
