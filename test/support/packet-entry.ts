import type { CredentialKind, PrincipalKind } from '#shared/contract/report-json.ts';
import type { PacketContext, PacketEntry } from '#shared/engine/report/revocation/packet-entry.ts';
import { REVOCATION_STEP_TEXT, REVOCATION_STEPS } from '#shared/model/revocation-steps.ts';

export const packetContext: PacketContext = { evidenceEnd: 1_790_000_000, version: 'test' };

interface EntryText extends Partial<Omit<PacketEntry, 'row' | 'kind'>> {
  readonly label?: string;
  readonly holder?: string;
  readonly holderKind?: PrincipalKind;
  readonly masked?: string;
  readonly stillValidSeconds?: number;
}

/** An entry of a plan for tests of the packet. */
export function packetEntry(kind: CredentialKind, given: EntryText = {}, order = 1): PacketEntry {
  const { label, holder = 'bot', holderKind = 'agent', masked = 'eyJ…abc', stillValidSeconds, ...more } = given;
  const area = { endpoints: 1, hosts: 1, dataTypes: [], people: 0 };
  const id = `${kind}-${String(order)}`;
  return {
    kind,
    isRefresh: false,
    consumers: [],
    knownAs: [],
    siblings: [],
    checklist: REVOCATION_STEPS.map((step) => ({ id: step, text: REVOCATION_STEP_TEXT[step], done: false })),
    ...more,
    row: {
      order,
      credential: id,
      role: 'incident',
      reason: 'It made 2 of 2 incident calls; no expiry is known.',
      score: 60,
      terms: [{ name: 'incident', points: 60, why: 'critical 60 × observed 1' }],
      ...(stillValidSeconds === undefined ? {} : { stillValidSeconds }),
      usedBy: ['p-bot'],
      dependents: ['p-bot'],
      rotateAfter: [],
      rotateBefore: [],
      blastRadius: { used: area, reachable: area },
      about: { id, kind, masked, holder, holderKind, ...(label === undefined ? {} : { label }) },
      breaks: [{ principal: 'p-bot', label: holder, kind: holderKind, calls: 3, operations: 1 }],
      findings: [],
      incidentCalls: 2,
      done: 0,
      steps: REVOCATION_STEPS.length,
    },
  };
}
