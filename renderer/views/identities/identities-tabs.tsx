import { goTo } from '../../state/selection.ts';
import type { IdentitiesTab } from './tab.ts';
import { tabs } from './tabs.ts';

/** The ways to look at who called and with what power; a tab puts it at the head of its own bar. */
export function IdentitiesTabs({ shown }: { readonly shown: string }) {
  return (
    <div className="segmented" role="group" aria-label="What to show">
      {tabs.map(({ id, title }: IdentitiesTab) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === shown}
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
