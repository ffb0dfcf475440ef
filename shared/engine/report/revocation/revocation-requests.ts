import type { PacketFile } from '../../../contract/revocation.ts';
import { nameOf, SECRET, type PacketEntry } from './packet-entry.ts';
import { hostOf } from './quote.ts';

/** Kinds that a token endpoint issues; keys and certificates are revoked where they were made. */
const isToken = ({ kind }: PacketEntry): boolean => kind === 'jwt' || kind === 'opaque';

function request(entry: PacketEntry): string {
  const host = entry.iss === undefined ? undefined : hostOf(entry.iss);
  const body = `token=${SECRET}&token_type_hint=${entry.isRefresh ? 'refresh_token' : 'access_token'}`;
  return [
    'POST /REPLACE-WITH-THE-REVOCATION-ENDPOINT HTTP/1.1',
    `Host: ${host ?? 'REPLACE-WITH-THE-ISSUER'}`,
    'Authorization: Basic REPLACE-WITH-THE-CREDENTIALS-OF-THE-CLIENT',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Length: REPLACE',
    '',
    body,
    '',
  ].join('\r\n');
}

/** A draft request for each token (RFC 7009, section 2.1), without its secret. The path stands in the issuer's metadata (RFC 8414). */
export const revocationRequests = (entries: readonly PacketEntry[]): readonly PacketFile[] =>
  entries.filter(isToken).map((entry) => ({ name: `rfc7009/${nameOf(entry)}.http`, text: request(entry) }));
