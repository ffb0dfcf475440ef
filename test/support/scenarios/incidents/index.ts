import type { Incident } from '../core/incident.ts';
import { abusedDelegation } from './abused-delegation.ts';
import { credentialStuffing } from './credential-stuffing.ts';
import { dormantCredential } from './dormant-credential.ts';
import { enumeration } from './enumeration.ts';
import { fraudChain } from './fraud-chain.ts';
import { functionAbuse } from './function-abuse.ts';
import { injectedAgent } from './injected-agent.ts';
import { massAssignment } from './mass-assignment.ts';
import { overPrivilegedExfiltration } from './over-privileged-exfiltration.ts';
import { runawayLoop } from './runaway-loop.ts';
import { shadowAndZombie } from './shadow-and-zombie.ts';
import { tokenReplay } from './token-replay.ts';
import { injectionPayloads } from './injection-payloads.ts';
import { scraping } from './scraping.ts';
import { secondUser } from './second-user.ts';
import { secretLeak } from './secret-leak.ts';
import { ssrf } from './ssrf.ts';
import { toolPoisoning } from './tool-poisoning.ts';

/** All ways to do harm. */
export const incidents: readonly Incident[] = [
  enumeration,
  fraudChain,
  functionAbuse,
  injectedAgent,
  massAssignment,
  overPrivilegedExfiltration,
  runawayLoop,
  shadowAndZombie,
  tokenReplay,
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
