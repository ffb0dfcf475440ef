/** Steps of revoking one credential, in the order in which they are taken. */
export const REVOCATION_STEPS = ['warn', 'replace', 'revoke', 'sessions', 'deny', 'event', 'verify'] as const;

export type RevocationStep = (typeof REVOCATION_STEPS)[number];

/** Each step as the checklist and the log say it. */
export const REVOCATION_STEP_TEXT: Readonly<Record<RevocationStep, string>> = {
  warn: 'Tell those who depend on it',
  replace: 'Issue a replacement with fewer rights',
  revoke: 'Revoke it at its issuer',
  sessions: 'End the holder’s other sessions and tokens',
  deny: 'Deny it at the gateway until it expires',
  event: 'Send the security event to those who trust the issuer',
  verify: 'Import later logs and check that nothing accepts it any more',
};
