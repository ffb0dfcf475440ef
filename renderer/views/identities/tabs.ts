import type { IdentitiesTab } from './tab.ts';

/** TAB REGISTRY: what the Identities screen shows, in the order of its tabs; the first is shown when the link names none. */
export const tabs = [
  { id: 'principals', title: 'Principals', load: async () => (await import('./principals/tab.tsx')).PrincipalsTab },
] as const satisfies readonly [IdentitiesTab, ...IdentitiesTab[]];
