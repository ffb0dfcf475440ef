import { bolaEnumeration } from './bola-enumeration.ts';
import { boplaExcessiveExposure } from './bopla-excessive-exposure.ts';
import { corsMisconfig } from './cors-misconfig.ts';
import { errorLeak } from './error-leak.ts';
import { jwtHygiene } from './jwt-hygiene.ts';
import { jwtLifetime } from './jwt-lifetime.ts';
import { massAssignment } from './mass-assignment.ts';
import { scopeOvergrant } from './scope-overgrant.ts';
import { secretExposure } from './secret-exposure.ts';
import { sensitiveReadToExternalWrite } from './sensitive-read-to-external-write.ts';
import { shadowEndpoint } from './shadow-endpoint.ts';
import { specDrift } from './spec-drift.ts';
import { unsafeHttp } from './unsafe-http.ts';
import { versionDowngrade } from './version-downgrade.ts';
import { agentIdentitySpoof } from './agent-identity-spoof.ts';
import { apiKeyManyNetworks } from './api-key-many-networks.ts';
import { humanTokenAgentUse } from './human-token-agent-use.ts';
import { shadowMcpServer } from './shadow-mcp-server.ts';
import { sharedCredential } from './shared-credential.ts';
import { stateHandleHijack } from './state-handle-hijack.ts';
import { zombieOrOrphan } from './zombie-or-orphan.ts';

/** All detectors, in the order in which they run and the method section lists them. */
export const detectors = [
  bolaEnumeration,
  boplaExcessiveExposure,
  massAssignment,
  jwtHygiene,
  jwtLifetime,
  scopeOvergrant,
  apiKeyManyNetworks,
  sharedCredential,
  humanTokenAgentUse,
  stateHandleHijack,
  agentIdentitySpoof,
  shadowMcpServer,
  shadowEndpoint,
  zombieOrOrphan,
  versionDowngrade,
  specDrift,
  sensitiveReadToExternalWrite,
  secretExposure,
  unsafeHttp,
  corsMisconfig,
  errorLeak,
] as const;
