import { agentLoop } from './agent-loop.ts';
import { bolaEnumeration } from './bola-enumeration.ts';
import { boplaExcessiveExposure } from './bopla-excessive-exposure.ts';
import { bulkDataEgress } from './bulk-data-egress.ts';
import { corsMisconfig } from './cors-misconfig.ts';
import { errorLeak } from './error-leak.ts';
import { jwtHygiene } from './jwt-hygiene.ts';
import { jwtLifetime } from './jwt-lifetime.ts';
import { lowAndSlowScrape } from './low-and-slow-scrape.ts';
import { machineSpeedChain } from './machine-speed-chain.ts';
import { massAssignment } from './mass-assignment.ts';
import { newCallEdge } from './new-call-edge.ts';
import { newEndpointForPrincipal } from './new-endpoint-for-principal.ts';
import { newPrincipal } from './new-principal.ts';
import { offHoursDetector } from './off-hours.ts';
import { paginationHarvest } from './pagination-harvest.ts';
import { rateBurst } from './rate-burst.ts';
import { scopeOvergrant } from './scope-overgrant.ts';
import { secretExposure } from './secret-exposure.ts';
import { sensitiveReadToExternalWrite } from './sensitive-read-to-external-write.ts';
import { shadowEndpoint } from './shadow-endpoint.ts';
import { specDrift } from './spec-drift.ts';
import { unsafeHttp } from './unsafe-http.ts';
import { versionDowngrade } from './version-downgrade.ts';
import { zombieOrOrphan } from './zombie-or-orphan.ts';

/** All detectors, in the order in which they run and the method section lists them. */
export const detectors = [
  bolaEnumeration,
  boplaExcessiveExposure,
  massAssignment,
  jwtHygiene,
  jwtLifetime,
  scopeOvergrant,
  shadowEndpoint,
  zombieOrOrphan,
  versionDowngrade,
  specDrift,
  sensitiveReadToExternalWrite,
  secretExposure,
  unsafeHttp,
  corsMisconfig,
  errorLeak,
  rateBurst,
  lowAndSlowScrape,
  paginationHarvest,
  bulkDataEgress,
  offHoursDetector,
  machineSpeedChain,
  agentLoop,
  newPrincipal,
  newEndpointForPrincipal,
  newCallEdge,
] as const;
