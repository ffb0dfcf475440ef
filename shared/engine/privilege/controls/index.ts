import type { Control } from '../control.ts';
import { generatedPolicy } from './generated-policy.ts';
import { knownNetworks } from './known-networks.ts';
import { narrowAudience } from './narrow-audience.ts';
import { narrowScopes } from './narrow-scopes.ts';
import { rate, ratePerOperation } from './rate.ts';
import { tokenLifetime } from './token-lifetime.ts';

/** CONTROL REGISTRY: what could have been in force, in the order of the table. The generated policy comes first. */
export const controls: readonly Control[] = [
  generatedPolicy,
  narrowScopes,
  // Minutes: what short-lived access tokens have, and the hour that many issuers begin with.
  tokenLifetime(15),
  tokenLifetime(60),
  narrowAudience,
  knownNetworks,
  rate,
  ratePerOperation,
];
