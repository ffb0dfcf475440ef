import { bolaEnumeration } from './bola-enumeration.ts';
import { jwtHygiene } from './jwt-hygiene.ts';
import { jwtLifetime } from './jwt-lifetime.ts';
import { scopeOvergrant } from './scope-overgrant.ts';
import { secretExposure } from './secret-exposure.ts';
import { sensitiveReadToExternalWrite } from './sensitive-read-to-external-write.ts';
import { shadowEndpoint } from './shadow-endpoint.ts';

/** All detectors, in the order in which they run and the method section lists them. */
export const detectors = [
  bolaEnumeration,
  jwtHygiene,
  jwtLifetime,
  scopeOvergrant,
  shadowEndpoint,
  sensitiveReadToExternalWrite,
  secretExposure,
] as const;
