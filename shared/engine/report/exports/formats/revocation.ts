import { AppError } from '../../../../contract/errors.ts';
import { canonicalJson } from '../../../../lib/canonical-json.ts';
import { toPacketEntry } from '../../../store/read/revocation/packet-entries.ts';
import { makePlan } from '../../../store/read/revocation/plan.ts';
import { toReportEntry } from '../../../store/read/revocation/report-entry.ts';
import { packetContext } from '../../revocation/packet-context.ts';
import { packetReadme } from '../../revocation/packet-readme.ts';
import { packetFiles } from '../../revocation/packet.ts';
import { planCsv } from '../../revocation/plan-csv.ts';
import type { FolderFormat } from '../export-format.ts';
import { textFile } from '../text-file.ts';

/** What to revoke, as drafts for the systems that do it. */
export const revocation: FolderFormat = {
  kind: 'folder',
  id: 'revocation',
  title: 'Revocation packet',
  holds: 'What to revoke in which order, with drafts for issuers and gateways. No file holds a secret.',
  files({ db, codec, version, hide }) {
    if (hide.profile !== 'internal')
      throw new AppError('bad-params', 'the revocation packet names what is to be revoked: it is made for the internal profile only');
    const plan = makePlan(db);
    const entries = plan.entries.map((entry) => toPacketEntry(db, codec, entry, plan.facts));
    const context = packetContext(plan, version);
    const planned = { name: 'plan.json', text: `${canonicalJson(entries.map(({ row, knownAs }) => toReportEntry(row, knownAs)))}\n` };
    return [
      packetReadme(context, entries.length),
      ...packetFiles(entries, context),
      planned,
      { name: 'plan.csv', text: planCsv(entries) },
    ].map(textFile);
  },
};
