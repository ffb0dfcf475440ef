import type { BlastEndpoint, ContainmentState, RevocationRole, RevocationRow } from '#shared/contract/revocation.ts';
import { matching } from '../../../query/queries.ts';
import { formatDuration } from '../../../widgets/format.ts';

/** Roles as the table names them. */
export const ROLE_WORDS: Readonly<Record<RevocationRole, string>> = {
  incident: 'in an incident',
  parent: 'makes others',
  child: 'made from another',
  exposed: 'stood in the open',
  revoked: 'revoked',
  weak: 'weak',
};

/** What is known of the revocation, in a word or two. */
export const CONTAINMENT_WORDS: Readonly<Record<ContainmentState, string>> = {
  held: 'held',
  broken: 'not contained',
  'no-evidence': 'no later evidence',
};

/** Why an endpoint is in reach. */
export const BECAUSE_WORDS: Readonly<Record<NonNullable<BlastEndpoint['because']>, string>> = {
  peers: 'tokens of equal power were accepted',
  holder: 'another credential of its holder was accepted',
  description: 'its scopes satisfy the description',
  wildcard: 'its wildcard scope',
};

/** How long a credential still counts. Units: seconds. */
export function validityText(seconds: number | undefined): string {
  if (seconds === undefined) return 'no end';
  if (seconds <= 0) return 'expired';
  return formatDuration(seconds * 1000);
}

/** The calls of a credential. */
export const callsOf = (credential: string, and = ''): string => `${matching('credential', credential)}${and}`;

/** Calls of an operation that accepted the credential. */
export const accepted = (credential: string, endpoint: string): string =>
  callsOf(credential, ` and ${matching('endpoint', endpoint)} and status >= 200 and status < 400`);

/** The calls that a caller made with it beside the incidents. */
export function otherCallsOf({ credential, findings }: RevocationRow, principal: string): string {
  const incidents = findings.filter(({ family }) => family === 'incident').map(({ id }) => ` and not ${matching('finding', id)}`);
  return callsOf(credential, ` and ${matching('principal', principal)}${incidents.join('')}`);
}

/** The calls of incidents that it made. */
export function incidentCallsOf({ credential, findings }: RevocationRow): string {
  const incidents = findings.filter(({ family }) => family === 'incident').map(({ id }) => matching('finding', id));
  return incidents.length === 0 ? callsOf(credential) : callsOf(credential, ` and (${incidents.join(' or ')})`);
}
