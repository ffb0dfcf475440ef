import type { WholePlan } from '../../store/read/revocation/plan.ts';
import type { PacketContext } from './packet-entry.ts';

/** What every packet of this plan says of itself: its end of the evidence, in seconds, and the version of the program. */
export const packetContext = ({ facts }: WholePlan, version: string): PacketContext => ({
  evidenceEnd: Math.floor((facts.facts.end ?? 0) / 1e6),
  version,
});
