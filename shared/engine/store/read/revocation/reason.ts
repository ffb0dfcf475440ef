import { durationText } from '../../../../lib/duration.ts';
import type { Containment, PlannedCredential, RevocationRole } from '../../../../contract/revocation.ts';
import type { IncidentUse, PlanFinding } from './case-facts.ts';

interface ReasonInput {
  readonly role: RevocationRole;
  readonly findings: readonly PlanFinding[];
  readonly incident: IncidentUse | undefined;
  readonly incidentCalls: number;
  readonly stillValid: number | undefined;
  readonly about: PlannedCredential;
  readonly containment: Containment | undefined;
}

function validity(stillValid: number | undefined): string {
  if (stillValid === undefined) return 'no expiry is known';
  return stillValid === 0 ? 'it has expired since' : `it stays valid for ${durationText(stillValid)} after the evidence ends`;
}

function because({ role, findings, incident, incidentCalls, containment }: ReasonInput): string {
  if (containment?.state === 'broken') return `It was accepted ${String(containment.callsAfter)} times after it had been revoked`;
  switch (role) {
    case 'incident': {
      const worst = findings.find(({ family }) => family === 'incident');
      const share =
        incident === undefined ? '' : `It made ${String(incident.calls)} of ${incidentCalls.toLocaleString('en-US')} incident calls; `;
      return `${share}${share === '' ? 'An' : 'an'} incident of severity ${worst?.severity ?? 'unknown'} names it`;
    }
    case 'parent':
      return 'A credential of an incident was handed out for it';
    case 'child':
      return 'It was handed out for a credential of an incident';
    case 'exposed':
      return 'It stood where others could read it';
    case 'revoked':
      return 'It is known to be revoked';
    case 'weak':
      return `A ${findings[0]?.severity ?? 'grave'} weakness, no incident`;
  }
}

/** Why a credential stands where it does, in one sentence of our own words and numbers. */
export const reasonOf = (input: ReasonInput): string => `${because(input)}; ${validity(input.stillValid)}.`;
