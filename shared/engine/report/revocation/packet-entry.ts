import type { CredentialKind } from '../../../contract/report-json.ts';
import type { ChecklistStep, KnownAs, PlannedCredential, RevocationRow } from '../../../contract/revocation.ts';
import { canBeUsed } from '../../../model/still-valid.ts';

/** One credential as the drafts need it: what names it without its secret. */
export interface PacketEntry {
  readonly row: RevocationRow;
  readonly kind: CredentialKind;
  /** Claims of its token. */
  readonly iss?: string;
  readonly sub?: string;
  readonly jti?: string;
  readonly clientId?: string;
  /** Units: seconds since 1970. */
  readonly iat?: number;
  /** True for a token that is kept to get others. */
  readonly isRefresh: boolean;
  /** Names of the gateway's consumers that came with it. */
  readonly consumers: readonly string[];
  /** Ids by which the systems that recorded it know it. */
  readonly knownAs: readonly KnownAs[];
  readonly siblings: readonly string[];
  readonly checklist: readonly ChecklistStep[];
}

/** What holds for the whole packet. */
export interface PacketContext {
  /** Units: seconds since 1970; the end of the evidence, since drafts know no clock. */
  readonly evidenceEnd: number;
  readonly version: string;
}

/** Stands where the analyst puts the secret: it is in no file of ours. */
export const SECRET = 'REPLACE-WITH-THE-SECRET';

/** Name of the cookie or header that it came in; `undefined` when the evidence shows none, or only the id by which the gateway knows it. */
export const placeOf = ({ label, masked }: PlannedCredential): string | undefined => (label === masked ? undefined : label);

/** The id by which a gateway knows a key: written beside it, or in its place. */
export const gatewayIdOf = ({ knownAs, row: { about } }: PacketEntry): string | undefined =>
  knownAs.find(({ name }) => name === 'credential id')?.value ??
  (about.kind === 'api-key' && about.label === about.masked ? about.masked : undefined);

/** True while it can still be used: gateways need not deny what has expired. */
export const isLive = ({ row }: PacketEntry): boolean => canBeUsed({ stillValidSeconds: row.stillValidSeconds });

/** A name for files and policies, from our own id. Example: `01-jwt-36`. */
export const nameOf = ({ row }: PacketEntry): string =>
  `${String(row.order).padStart(3, '0')}-${row.credential.replace(/[^a-z0-9-]/g, '')}`;
