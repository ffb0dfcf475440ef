import './view.css';
import { createElement, lazy, Suspense, type ComponentType } from 'react';
import { present } from '#shared/lib/assert.ts';
import { usePlace } from '../../state/selection.ts';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { IdentitiesTabs } from './identities-tabs.tsx';
import type { IdentitiesTab } from './tab.ts';
import { tabs } from './tabs.ts';

const screens = new Map(
  tabs.map((tab: IdentitiesTab) => [tab.id, lazy(async (): Promise<{ default: ComponentType }> => ({ default: await tab.load() }))]),
);

/** Identities: who called, with which credential, with what power, and what to revoke first. */
export function IdentitiesView() {
  const asked = usePlace('tab');
  const shown = asked !== undefined && screens.has(asked) ? asked : tabs[0].id;
  return (
    <div className="view">
      <div className="filter-bar ident-tabs">
        <IdentitiesTabs shown={shown} />
      </div>
      <Suspense fallback={<Skeleton lines={12} label="the tab" />}>
        {createElement(present(screens.get(shown), `no tab ${shown}`))}
      </Suspense>
    </div>
  );
}
