import type { Incident } from '../core/incident.ts';
import { abusedDelegation } from './abused-delegation.ts';
import { credentialStuffing } from './credential-stuffing.ts';
import { dormantCredential } from './dormant-credential.ts';
import { enumeration } from './enumeration.ts';
import { injectionPayloads } from './injection-payloads.ts';
import { scraping } from './scraping.ts';
import { secondUser } from './second-user.ts';
import { secretLeak } from './secret-leak.ts';
import { ssrf } from './ssrf.ts';
import { toolPoisoning } from './tool-poisoning.ts';

/** All ways to do harm. */
export const incidents: readonly Incident[] = [
  enumeration,
  scraping,
  ssrf,
  secretLeak,
  dormantCredential,
  credentialStuffing,
  toolPoisoning,
  secondUser,
  injectionPayloads,
  abusedDelegation,
];
