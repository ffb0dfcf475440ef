import { goTo, usePlace } from '../../state/selection.ts';
import { TabBar } from '../../widgets/tab-bar.tsx';

const TABS = [
  { id: undefined, title: 'Sources' },
  { id: 'calendar', title: 'Calendar' },
  { id: 'sides', title: 'Two sides' },
] as const;

/** The ways to look at the evidence: what there is, when it has calls, and captures against the logs beside them. */
export function EvidenceTabs() {
  const tab = usePlace('tab');
  return (
    <TabBar
      tabs={TABS}
      shown={TABS.find(({ id }) => id === tab)?.id}
      onShow={(id) => {
        goTo({ tab: id });
      }}
    />
  );
}
