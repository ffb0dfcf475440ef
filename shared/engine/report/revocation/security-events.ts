import type { PacketFile } from '../../../contract/revocation.ts';
import { textHash } from '../../../lib/text-hash.ts';
import { nameOf, type PacketContext, type PacketEntry } from './packet-entry.ts';
import { jsonText } from './quote.ts';

const CAEP = 'https://schemas.openid.net/secevent/caep/event-type/';
const RISC = 'https://schemas.openid.net/secevent/risc/event-type/';

/** How CAEP 1.0, section 3.3.1 names kinds; those beside its list have to be agreed between sender and receiver. */
const CREDENTIAL_TYPE: Readonly<Record<PacketEntry['kind'], string>> = {
  jwt: 'oauth-token',
  opaque: 'oauth-token',
  'api-key': 'api-key',
  session: 'session',
  basic: 'password',
  mtls: 'x509',
  identity: 'service-account',
};

/** Subject identifiers of RFC 9493 and of the Shared Signals Framework 1.0 (`complex`, `jwt_id`). */
function subjectOf({ iss, sub, jti, row }: PacketEntry): object {
  const user = iss !== undefined && sub !== undefined ? { format: 'iss_sub', iss, sub } : undefined;
  const session = iss !== undefined && jti !== undefined ? { format: 'jwt_id', iss, jti } : undefined;
  if (user !== undefined && session !== undefined) return { format: 'complex', user, session };
  return user ?? session ?? { format: 'opaque', id: row.about.holder ?? row.credential };
}

interface Event {
  readonly name: string;
  readonly type: string;
  readonly body: object;
}

function eventsOf(entry: PacketEntry, { evidenceEnd }: PacketContext): readonly Event[] {
  const revokedAt = entry.row.containment?.revokedAt;
  const common = {
    event_timestamp: revokedAt === undefined ? evidenceEnd : Math.floor(Date.parse(revokedAt) / 1000),
    initiating_entity: 'admin',
    reason_admin: { en: entry.row.reason },
  };
  const isSession = entry.kind === 'jwt' || entry.kind === 'opaque' || entry.kind === 'session';
  const first: Event = isSession
    ? { name: 'caep-session-revoked', type: `${CAEP}session-revoked`, body: common }
    : {
        name: 'caep-credential-change',
        type: `${CAEP}credential-change`,
        body: { ...common, credential_type: CREDENTIAL_TYPE[entry.kind], change_type: 'revoke' },
      };
  const isCompromised = entry.row.role === 'incident' || entry.row.role === 'exposed' || entry.row.containment?.state === 'broken';
  if (!isCompromised) return [first];
  const compromise: Event = {
    name: 'risc-credential-compromise',
    type: `${RISC}credential-compromise`,
    body: { credential_type: CREDENTIAL_TYPE[entry.kind], event_timestamp: common.event_timestamp, reason_admin: common.reason_admin },
  };
  const change: Event = { name: 'risc-account-credential-change-required', type: `${RISC}account-credential-change-required`, body: {} };
  return entry.row.about.holderKind === 'human' ? [first, compromise, change] : [first, compromise];
}

/**
 * Payloads of security event tokens (RFC 8417) with one event each, to be signed and sent by those who run the issuer.
 * `iat` and times are of the evidence; sender and receiver are to be filled in.
 */
export const securityEvents = (entries: readonly PacketEntry[], context: PacketContext): readonly PacketFile[] =>
  entries.flatMap((entry) =>
    eventsOf(entry, context).map(({ name, type, body }) => {
      const subject = subjectOf(entry);
      const payload = {
        iss: 'https://transmitter.invalid/REPLACE',
        aud: 'https://receiver.invalid/REPLACE',
        jti: `draft-${textHash(JSON.stringify([type, subject, entry.row.credential])).toString(36)}`,
        iat: context.evidenceEnd,
        sub_id: subject,
        events: { [type]: body },
      };
      return { name: `events/${nameOf(entry)}-${name}.json`, text: jsonText(payload) };
    }),
  );
