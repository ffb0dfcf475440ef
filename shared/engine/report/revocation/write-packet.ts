import type { PacketFile } from '../../../contract/revocation.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { zipStored } from '../../../lib/zip-store.ts';
import type { CryptoPort } from '../../ports.ts';
import { toReportEntry } from '../../store/read/revocation/report-entry.ts';
import type { ScannedOutput } from '../exports/scan/scanned-output.ts';
import type { PacketContext, PacketEntry } from './packet-entry.ts';
import { packetFiles } from './packet.ts';
import { jsonText } from './quote.ts';

const readme = ({ version }: PacketContext, entries: number): PacketFile => ({
  name: 'README.txt',
  text: [
    `Revocation packet, made by Spoor ${version}. ${String(entries)} credentials, in the order of checklist.txt.`,
    '',
    'Everything here is a draft. Nothing was sent, and no file holds a secret: where one is needed, the text says REPLACE.',
    'Validity is counted from the end of the evidence, not from the day on which you read this.',
    '',
    'checklist.txt   what to do, in order, and who loses what',
    'plan.json       the same as report.json has it, member "revocation"',
    'rfc7009/        requests to the issuers of tokens (RFC 7009)',
    'events/         payloads of security event tokens (RFC 8417; CAEP 1.0, RISC 1.0), to be signed by the issuer',
    'gateways/       deny rules for Kong, NGINX, Envoy and AWS API Gateway: read them before you load them',
    'manifest.json   SHA-256 of every file',
    '',
    'Afterwards: import later logs into the case. It then says whether anything still accepts a revoked credential.',
    '',
  ].join('\n'),
});

/** Writes the packet as a zip. The same case and version give the same bytes. */
export function writePacket(
  entries: readonly PacketEntry[],
  context: PacketContext,
  output: Pick<ScannedOutput, 'check' | 'writeBytes'>,
  crypto: Pick<CryptoPort, 'sha256Hex'>,
): void {
  const plan = `${canonicalJson(entries.map(({ row }) => toReportEntry(row)))}\n`;
  const files = [readme(context, entries.length), ...packetFiles(entries, context), { name: 'plan.json', text: plan }];
  for (const { text } of files) output.check(text);
  const manifest = files.map(({ name, text }) => ({ name, sha256: crypto.sha256Hex(text) }));
  const all = [...files, { name: 'manifest.json', text: jsonText(manifest) }].map(({ name, text }) => ({ name, content: text }));
  for (const piece of zipStored(all)) output.writeBytes(piece);
}
