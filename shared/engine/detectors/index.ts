import { agentIdentitySpoof } from './agent-identity-spoof.ts';
import { agentLoop } from './agent-loop.ts';
import { apiKeyManyNetworks } from './api-key-many-networks.ts';
import { audienceCrossUse } from './audience-cross-use.ts';
import { authFailureBurst } from './auth-failure-burst.ts';
import { bflaPrivilegedFunction } from './bfla-privileged-function.ts';
import { bolaEnumeration } from './bola-enumeration.ts';
import { bolaExclusivityBreak } from './bola-exclusivity-break.ts';
import { bolaOwnershipMismatch } from './bola-ownership-mismatch.ts';
import { boplaExcessiveExposure } from './bopla-excessive-exposure.ts';
import { bulkDataEgress } from './bulk-data-egress.ts';
import { businessFlowSkip } from './business-flow-skip.ts';
import { corsMisconfig } from './cors-misconfig.ts';
import { credentialAfterRevocation } from './credential-after-revocation.ts';
import { delegationChainAnomaly } from './delegation-chain-anomaly.ts';
import { destructiveBurst } from './destructive-burst.ts';
import { dormantCredentialWoken } from './dormant-credential-woken.ts';
import { errorCascade } from './error-cascade.ts';
import { errorLeak } from './error-leak.ts';
import { evidenceGap } from './evidence-gap.ts';
import { financialAnomaly } from './financial-anomaly.ts';
import { graphqlAbuse } from './graphql-abuse.ts';
import { humanTokenAgentUse } from './human-token-agent-use.ts';
import { impossibleSwitch } from './impossible-switch.ts';
import { injectionPayload } from './injection-payload.ts';
import { injectionThenAction } from './injection-then-action.ts';
import { jwtHygiene } from './jwt-hygiene.ts';
import { jwtInvalidAccepted } from './jwt-invalid-accepted.ts';
import { jwtLifetime } from './jwt-lifetime.ts';
import { lowAndSlowScrape } from './low-and-slow-scrape.ts';
import { machineSpeedChain } from './machine-speed-chain.ts';
import { massAssignment } from './mass-assignment.ts';
import { mcpHeaderMismatch } from './mcp-header-mismatch.ts';
import { mcpToolPoisoning } from './mcp-tool-poisoning.ts';
import { mcpToolRugpull } from './mcp-tool-rugpull.ts';
import { newCallEdge } from './new-call-edge.ts';
import { newEndpointForPrincipal } from './new-endpoint-for-principal.ts';
import { newPrincipal } from './new-principal.ts';
import { offHoursDetector } from './off-hours.ts';
import { paginationHarvest } from './pagination-harvest.ts';
import { privilegeChangeThenUse } from './privilege-change-then-use.ts';
import { rareSequence } from './rare-sequence.ts';
import { rateBurst } from './rate-burst.ts';
import { reconFanout } from './recon-fanout.ts';
import { rotationAndRefreshReuse } from './rotation-and-refresh-reuse.ts';
import { scopeOvergrant } from './scope-overgrant.ts';
import { secretExposure } from './secret-exposure.ts';
import { sensitiveReadToExternalWrite } from './sensitive-read-to-external-write.ts';
import { savedQueries } from './saved-queries.ts';
import { sigmaRules } from './sigma-rules.ts';
import { shadowEndpoint } from './shadow-endpoint.ts';
import { shadowMcpServer } from './shadow-mcp-server.ts';
import { sharedCredential } from './shared-credential.ts';
import { signedLinkShared } from './signed-link-shared.ts';
import { specDrift } from './spec-drift.ts';
import { ssrfPattern } from './ssrf-pattern.ts';
import { stateHandleHijack } from './state-handle-hijack.ts';
import { tokenPassthrough } from './token-passthrough.ts';
import { tokenReplayContext } from './token-replay-context.ts';
import { twoSidedMismatch } from './two-sided-mismatch.ts';
import { unauthenticatedSuccess } from './unauthenticated-success.ts';
import { unsafeHttp } from './unsafe-http.ts';
import { versionDowngrade } from './version-downgrade.ts';
import { zombieOrOrphan } from './zombie-or-orphan.ts';

/** All detectors, in the order in which they run and the method section lists them. */
export const detectors = [
  bolaEnumeration,
  bolaOwnershipMismatch,
  bolaExclusivityBreak,
  bflaPrivilegedFunction,
  boplaExcessiveExposure,
  massAssignment,
  authFailureBurst,
  unauthenticatedSuccess,
  tokenReplayContext,
  impossibleSwitch,
  dormantCredentialWoken,
  credentialAfterRevocation,
  jwtHygiene,
  jwtLifetime,
  jwtInvalidAccepted,
  audienceCrossUse,
  scopeOvergrant,
  delegationChainAnomaly,
  tokenPassthrough,
  rotationAndRefreshReuse,
  apiKeyManyNetworks,
  sharedCredential,
  signedLinkShared,
  humanTokenAgentUse,
  stateHandleHijack,
  agentIdentitySpoof,
  shadowMcpServer,
  shadowEndpoint,
  zombieOrOrphan,
  versionDowngrade,
  specDrift,
  rareSequence,
  businessFlowSkip,
  sensitiveReadToExternalWrite,
  injectionThenAction,
  financialAnomaly,
  destructiveBurst,
  errorCascade,
  privilegeChangeThenUse,
  ssrfPattern,
  injectionPayload,
  reconFanout,
  secretExposure,
  unsafeHttp,
  corsMisconfig,
  errorLeak,
  graphqlAbuse,
  mcpToolPoisoning,
  mcpToolRugpull,
  mcpHeaderMismatch,
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
  savedQueries,
  sigmaRules,
  twoSidedMismatch,
  evidenceGap,
] as const;
