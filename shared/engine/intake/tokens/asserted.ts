import { entryOf } from '../../../lib/entry-of.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { Header } from '../../../model/call.ts';
import type { SeenCredential } from '../masking/masked-call.ts';
import { isPlaceholder } from '../masking/placeholder.ts';
import type { Vault } from '../masking/secret.ts';

/** What gateways call the headers in which they tell a back end whom they let in: `X-Auth-Sub`, `X-JWT-Claim-Org`, `X-Auth-Request-User`. */
const ASSERTED =
  /^(?:x-)?(?:auth(?:enticated|-request)?|jwt(?:-claims?)?|claims?|token-claims?|identity|oidc|userinfo|principal|ms-client-principal)-([a-z][a-z0-9_-]*)$/;
/** Headers of one product each. Sources: Kong's authentication plugins, oauth2-proxy, Google's Identity-Aware Proxy. */
const WHOLE: Readonly<Record<string, string>> = {
  'x-consumer-username': 'sub',
  'x-consumer-custom-id': 'consumer_id',
  'x-credential-identifier': 'key_id',
  'x-authenticated-userid': 'sub',
  'x-authenticated-scope': 'scope',
  'x-forwarded-user': 'sub',
  'x-forwarded-email': 'email',
  'x-goog-authenticated-user-id': 'sub',
  'x-goog-authenticated-user-email': 'email',
};
/** Claims by the names that headers give them. Source of the claims' names: RFC 7519, 4.1, and RFC 8693, 4.3. */
const CLAIMS: Readonly<Record<string, string>> = {
  subject: 'sub', user: 'sub', userid: 'sub', 'user-id': 'sub', client: 'client_id', 'client-id': 'client_id', clientid: 'client_id', app: 'client_id',
  application: 'client_id', scopes: 'scope', 'token-id': 'jti', 'session-id': 'sid', session: 'sid', 'grant-id': 'grant', mail: 'email',
}; // prettier-ignore
/** What tells one grant of access from another, the longest-lived first: a grant outlives its tokens. */
const IDS = ['grant', 'sid', 'key_id', 'jti'] as const;
/** More is no claim. Units: characters. */
const MAX_VALUE = 200;
/** Claims of one call. */
const MAX_CLAIMS = 20;

function claimOf(header: string): string | undefined {
  const name = header.toLowerCase();
  const rest = entryOf(WHOLE, name) ?? ASSERTED.exec(name)?.[1];
  return rest === undefined ? undefined : (entryOf(CLAIMS, rest) ?? rest);
}

/**
 * The credential that a gateway let in, by what it told its back end of it; undefined where that names nobody. Only what the gateway itself
 * wrote counts: a header of the same name among the client's own, `sent`, was forwarded, or cannot be told from one that was. Values that look like secrets
 * are left out.
 * Example: `X-Auth-Sub: partner:ledger`, `X-Auth-Grant: gr_17` and `X-Auth-Company: c-4` are grant `gr_17` of that subject with the claim `company`.
 */
export function assertedCredential(headers: readonly Header[], sent: readonly Header[], vault: Vault): SeenCredential | undefined {
  const fromClient = new Set(sent.map(([name]) => name.toLowerCase()));
  const claims = new Map<string, string>();
  for (const [header, value] of headers) {
    const claim = claimOf(header);
    if (
      claim === undefined ||
      fromClient.has(header.toLowerCase()) ||
      claims.size >= MAX_CLAIMS ||
      value === '' ||
      value.length > MAX_VALUE ||
      isPlaceholder(value)
    )
      continue;
    if (!claims.has(claim) && vault.inName(value).masked === value) claims.set(claim, value);
  }
  if (!claims.has('sub') && !claims.has('client_id')) return undefined;
  const id = IDS.flatMap((name) => claims.get(name) ?? []).at(0) ?? claims.get('sub') ?? claims.get('client_id') ?? '';
  // Tokens come and go under one grant, and are no property of it.
  if (claims.get('jti') !== id) claims.delete('jti');
  const held: JsonObject = Object.fromEntries(claims);
  return { fingerprint: vault.fingerprint(`asserted ${id}`), kind: 'opaque', masked: id, label: id, jwt: { header: {}, claims: held } };
}
