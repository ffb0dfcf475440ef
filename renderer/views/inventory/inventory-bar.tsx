import { PanelLeft, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { goTo, usePlace } from '../../state/selection.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import { TabBar } from '../../widgets/tab-bar.tsx';

const TABS = [
  { id: undefined, title: 'By service' },
  { id: 'flat', title: 'Flat list' },
  { id: 'coverage', title: 'Descriptions' },
  { id: 'changes', title: 'Changes' },
] as const;

/** The ways to look at the inventory. */
export function InventoryTabs() {
  const tab = usePlace('tab');
  return (
    <TabBar
      tabs={TABS}
      shown={TABS.find(({ id }) => id === tab)?.id}
      onShow={(id) => {
        // Changes are narrowed by their sort, endpoints by words and conditions.
        goTo(tab === 'changes' || id === 'changes' ? { tab: id, filter: undefined } : { tab: id });
      }}
    />
  );
}

interface InventoryBarProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly facets: boolean;
  readonly onFacets: () => void;
  readonly children: ReactNode;
}

/** The filter of the list as text, and how it is shown. */
export function InventoryBar({ text, onText, facets, onFacets, children }: InventoryBarProps) {
  return (
    <div className="filter-bar inv-bar">
      <InventoryTabs />
      <label className="search-field inv-search">
        <Search size={14} strokeWidth={1.5} aria-hidden="true" />
        <span className="visually-hidden">Filter endpoints</span>
        <input
          type="search"
          value={text}
          maxLength={2000}
          placeholder="Filter endpoints: words, spec:shadow, level:S3, -method:GET"
          spellCheck={false}
          onChange={(event) => {
            onText(event.target.value);
          }}
        />
      </label>
      <span className="inv-tools">
        {children}
        <IconButton icon={PanelLeft} label="Fields of endpoints" title="Fields and their values" pressed={facets} onClick={onFacets} />
      </span>
    </div>
  );
}
