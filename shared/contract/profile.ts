/**
 * Who an export is made for. `internal`: everything but secrets. `redacted`: users, hosts and addresses are pseudonyms, bodies and
 * concrete paths are left out. `board`: as redacted, and the printed report is the short one.
 */
export const PROFILES = ['internal', 'redacted', 'board'] as const;

export type Profile = (typeof PROFILES)[number];

/** What each profile is called on a page, and what it leaves out. */
export const PROFILE_WORDS: Readonly<Record<Profile, { readonly title: string; readonly says: string }>> = {
  internal: {
    title: 'Internal',
    says: 'Everything the case knows, in full detail. Secrets are masked, names are not.',
  },
  redacted: {
    title: 'Redacted',
    says: 'Principals, hosts and addresses are pseudonyms that stay the same within the case; bodies, queries and concrete paths are left out.',
  },
  board: {
    title: 'Board',
    says: 'Redacted, and only the parts that a board reads: summary, risks, duty to notify, actions and limits.',
  },
};
