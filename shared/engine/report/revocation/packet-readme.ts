import type { PacketFile } from '../../../contract/revocation.ts';
import type { PacketContext } from './packet-entry.ts';

/** What the files of a packet are, for whoever it is handed to. */
export const packetReadme = ({ version }: PacketContext, entries: number): PacketFile => ({
  name: 'README.txt',
  text: [
    `Revocation packet, made by Spoor ${version}. ${String(entries)} credentials, in the order of checklist.txt.`,
    '',
    'Everything here is a draft. Nothing was sent, and no file holds a secret: where one is needed, the text says REPLACE.',
    'Validity is counted from the end of the evidence, not from the day on which you read this.',
    '',
    'checklist.txt    what to do, in order, and who loses what',
    'plan.json        the same as report.json has it, member "revocation"',
    'plan.csv         the same as a table: ids in the systems that know each credential, holder, uses, score, reason',
    'rfc7009/         requests to the issuers of tokens (RFC 7009)',
    'events/          payloads of security event tokens (RFC 8417; CAEP 1.0, RISC 1.0), to be signed by the issuer',
    'gateways/        deny rules for Kong, NGINX, Envoy and AWS API Gateway: read them before you load them',
    'MANIFEST.sha256  hashes of all files: spoor verify FOLDER, or sha256sum -c MANIFEST.sha256',
    '',
    'Afterwards: import later logs into the case. It then says whether anything still accepts a revoked credential.',
    '',
  ].join('\n'),
});
