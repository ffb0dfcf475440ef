import { AppError } from '../../contract/errors.ts';
import { packetContext } from '../report/revocation/packet-context.ts';
import { packetFiles } from '../report/revocation/packet.ts';
import { toDetail } from '../store/read/revocation/detail.ts';
import { toPacketEntry } from '../store/read/revocation/packet-entries.ts';
import { toRevocationPlan } from '../store/read/revocation/plan-rows.ts';
import type { EngineContext, Some } from './context.ts';

/** Questions about what to revoke first, and whether it held. */
export function revocationHandlers({ db, ports, answers }: EngineContext): Some<'revocation.plan' | 'revocation.get'> {
  return {
    'revocation.plan': () => toRevocationPlan(answers.plan()),
    'revocation.get': ({ credential }) => {
      const plan = answers.plan();
      const entry = plan.entries.find(({ row }) => row.credential === credential);
      if (entry === undefined) throw new AppError('not-found', `${credential} is not in the revocation plan of this case`);
      const made = toPacketEntry(db, ports.codec, entry, plan.facts);
      const files = packetFiles([made], packetContext(plan, ports.version));
      return { ...toDetail(db, entry, plan.facts), knownAs: made.knownAs, files };
    },
  };
}
