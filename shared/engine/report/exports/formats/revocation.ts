import { AppError } from '../../../../contract/errors.ts';
import { toPacketEntry } from '../../../store/read/revocation/packet-entries.ts';
import { makePlan } from '../../../store/read/revocation/plan.ts';
import { packetContext } from '../../revocation/packet-context.ts';
import { writePacket } from '../../revocation/write-packet.ts';
import type { FileFormat } from '../export-format.ts';

/** What to revoke, as drafts for the systems that do it. */
export const revocation: FileFormat = {
  kind: 'file',
  id: 'revocation',
  title: 'Revocation packet',
  holds: 'What to revoke in which order, with drafts for issuers and gateways, as a zip. No file holds a secret.',
  ending: 'revocation.zip',
  write({ db, crypto, version, hide }, output) {
    if (hide.profile !== 'internal')
      throw new AppError('bad-params', 'the revocation packet names what is to be revoked: it is made for the internal profile only');
    const plan = makePlan(db);
    const entries = plan.entries.map((entry) => toPacketEntry(db, entry, plan.facts));
    writePacket(entries, packetContext(plan, version), output, crypto);
  },
};
