import type { IdentitiesTab } from './tab.ts';

/** TAB REGISTRY: what the Identities screen shows, in the order of its tabs; the first is shown when the link names none. */
export const tabs = [
  { id: 'principals', title: 'Principals', load: async () => (await import('./principals/tab.tsx')).PrincipalsTab },
  { id: 'credentials', title: 'Credentials', load: async () => (await import('./credentials/tab.tsx')).CredentialsTab },
  { id: 'least-privilege', title: 'Least privilege', load: async () => (await import('./privilege/tab.tsx')).PrivilegeTab },
  { id: 'revocation', title: 'Revocation', load: async () => (await import('./revocation/tab.tsx')).RevocationTab },
  { id: 'machines', title: 'Machine map', load: async () => (await import('./machines/tab.tsx')).MachinesTab },
] as const satisfies readonly [IdentitiesTab, ...IdentitiesTab[]];
