import { goTo } from '../../state/selection.ts';
import { TabBar } from '../../widgets/tab-bar.tsx';
import type { IdentitiesTab } from './tab.ts';
import { tabs } from './tabs.ts';

/** The ways to look at who called and with what power. A filter and a sort belong to one table and stay behind; who is chosen comes along. */
export function IdentitiesTabs({ shown }: { readonly shown: string }) {
  return (
    <TabBar
      tabs={tabs.map(({ id, title }: IdentitiesTab) => ({ id, title }))}
      shown={shown}
      onShow={(id) => {
        goTo({ tab: id, filter: undefined, sort: undefined });
      }}
    />
  );
}
