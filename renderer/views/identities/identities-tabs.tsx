import { goTo } from '../../state/selection.ts';
import type { IdentitiesTab } from './tab.ts';
import { tabs } from './tabs.ts';

/** The ways to look at who called and with what power. A filter and a sort belong to one table and stay behind; who is chosen comes along. */
export function IdentitiesTabs({ shown }: { readonly shown: string }) {
  return (
    <div className="segmented" role="group" aria-label="What to show">
      {tabs.map(({ id, title }: IdentitiesTab) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === shown}
          onClick={() => {
            goTo({ tab: id, filter: undefined, sort: undefined });
          }}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
