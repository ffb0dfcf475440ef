import { AppError } from '../../contract/errors.ts';
import type { EnginePorts } from '../ports.ts';
import type { PacketContext } from '../report/revocation/packet-entry.ts';
import { packetFiles } from '../report/revocation/packet.ts';
import { toDetail } from '../store/read/revocation/detail.ts';
import { toPacketEntry } from '../store/read/revocation/packet-entries.ts';
import { toRevocationPlan } from '../store/read/revocation/plan-rows.ts';
import type { WholePlan } from '../store/read/revocation/plan.ts';
import type { EngineContext, Some } from './context.ts';

/** What every packet of this plan says of itself. */
export const packetContext = ({ facts }: WholePlan, { version }: Pick<EnginePorts, 'version'>): PacketContext => ({
  evidenceEnd: Math.floor((facts.facts.end ?? 0) / 1e6),
  version,
});

/** Questions about what to revoke first, and whether it held. */
export function revocationHandlers({ db, ports, answers }: EngineContext): Some<'revocation.plan' | 'revocation.get'> {
  return {
    'revocation.plan': () => toRevocationPlan(answers.plan()),
    'revocation.get': ({ credential }) => {
      const plan = answers.plan();
      const entry = plan.entries.find(({ row }) => row.credential === credential);
      if (entry === undefined) throw new AppError('not-found', `${credential} is not in the revocation plan of this case`);
      const files = packetFiles([toPacketEntry(db, entry, plan.facts)], packetContext(plan, ports));
      return { ...toDetail(db, entry, plan.facts), files };
    },
  };
}
