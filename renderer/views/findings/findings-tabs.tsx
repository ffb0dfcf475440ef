import { goTo } from '../../state/selection.ts';
import { TabBar } from '../../widgets/tab-bar.tsx';

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
      <TabBar
        tabs={TABS}
        shown={shown}
        onShow={(id) => {
          goTo({ tab: id === 'findings' ? undefined : id });
        }}
      />
    </div>
  );
}
