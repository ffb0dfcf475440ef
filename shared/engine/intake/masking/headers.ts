import type { Header } from '../../../model/call.ts';
import { labelled, readAuthorization, type ReadAuthorization } from '../tokens/authorization.ts';
import type { CallNotes } from '../call-notes.ts';
import { printSign } from '../personal/data-signs.ts';
import { noteValueTypes } from '../personal/data-types.ts';
import { estimateBits } from './entropy.ts';
import { findSecrets, findSecretsByForm, replaceFound, secretTypeOf } from './text.ts';
import { decodeMcpHeader } from '../mcp-headers.ts';
import { findSecretsInUrl } from './url.ts';
import type { SeenCredential } from './masked-call.ts';
import { isHidden, isPlaceholder } from './placeholder.ts';
import { createRecent } from '../recent.ts';
import { isSessionCookie } from './secret-names.ts';
import type { Vault } from './secret.ts';

/** How sure a place makes that its credential is the caller's: the first that a call has is its credential. */
export const credentialRank = { jwt: 0, opaque: 1, 'api-key': 2, mtls: 3, session: 4, basic: 5 } as const;

/** A cookie of another name is a secret when it is this hard to guess. Units: bits. */
const COOKIE_BITS = 64;

/** Headers whose names promise no secret: what has the form of an id stays as it is unless its form proves a secret. */
const PLAIN = new Set(
  'accept accept-charset accept-encoding accept-language accept-ranges access-control-allow-credentials access-control-allow-headers access-control-allow-methods access-control-allow-origin access-control-expose-headers access-control-max-age access-control-request-headers access-control-request-method age allow cache-control connection content-disposition content-encoding content-language content-length content-range content-type date dnt etag expect expires host if-match if-modified-since if-none-match if-range if-unmodified-since keep-alive last-modified max-forwards pragma priority range retry-after server strict-transport-security te trailer transfer-encoding upgrade upgrade-insecure-requests user-agent vary via x-content-type-options x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto x-frame-options x-powered-by x-real-ip x-kong-proxy-latency x-kong-upstream-latency x-request-id x-correlation-id request-id x-trace-id traceparent tracestate b3 x-b3-traceid x-b3-spanid x-b3-parentspanid x-b3-sampled x-amzn-trace-id x-amzn-requestid x-envoy-upstream-service-time sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform idempotency-key ratelimit-limit ratelimit-remaining ratelimit-reset'.split(
    ' ',
  ),
);
const URLS = new Set([
  'referer',
  'referrer',
  'location',
  'content-location',
  'origin',
  'refresh',
  ':path',
  'x-original-url',
  'x-original-uri',
  'x-rewrite-url',
  'x-forwarded-uri',
  'x-envoy-original-path',
  'x-forwarded-path',
  'destination',
  'link',
]);
const CERTIFICATES = new Set([
  'x-forwarded-client-cert',
  'x-ssl-client-s-dn',
  'x-ssl-client-dn',
  'ssl-client-subject-dn',
  'x-client-cert-dn',
  'x-client-dn',
  'x-amzn-mtls-clientcert-subject',
]);
/** Handles that one call is given and another shows: links between calls, not proof of who calls. */
const HANDLES = new Set(['mcp-session-id']);

/** Headers of a signature over the request, in the form that it has there. Source: RFC 9421, sections 4.1 and 4.2; RFC 8941. */
const SIGNATURES: Readonly<Record<string, RegExp>> = {
  signature: /^\s*[a-z*][\w.*-]*=:[A-Za-z0-9+/]*={0,2}:(?:\s*,\s*[a-z*][\w.*-]*=:[A-Za-z0-9+/]*={0,2}:)*\s*$/,
  'signature-input': /^\s*[a-z*][\w.*-]*=\(/,
  'signature-agent': /^/,
};
const isSignature = (name: string, value: string): boolean => Object.hasOwn(SIGNATURES, name) && SIGNATURES[name]?.test(value) === true;
/** Shorter values hold no secret by form. Units: characters. */
const MIN_FORM = 14;
/** What more than an id has: whoever writes a `User-Agent` may write `x; password=…` into it. */
const SAYS_MORE = /[\s="]/;

/** Masks header lists and finds the credentials in them. One per import: it remembers the headers it has read. */
export interface HeaderMasker {
  mask(headers: readonly Header[], side: 'request-header' | 'response-header', notes: CallNotes): readonly Header[];
  /** Adds the credentials that the headers carry for their own call. */
  credentials(headers: readonly Header[], into: SeenCredential[]): boolean;
}

/** Where browsers send telemetry to: the token in the URL names a site to its CDN, it opens nothing. Seen in Cloudflare's `report-to`. */
const REPORTING = new Set([
  'report-to',
  'reporting-endpoints',
  'nel',
  'expect-ct',
  'content-security-policy',
  'content-security-policy-report-only',
]);

/** Makes a masker that shares the vault of an import. */
export function createHeaderMasker(vault: Vault): HeaderMasker {
  const authorizations = createRecent<ReadAuthorization>(5000, (value) => readAuthorization(value, vault));

  const maskCookies = (value: string, side: 'request-header' | 'response-header', notes: CallNotes): string => {
    const pieces = side === 'request-header' ? value.split('; ') : [value];
    return pieces.map((piece) => maskCookie(piece, side, notes, vault)).join('; ');
  };
  const maskValue = (name: string, value: string, side: 'request-header' | 'response-header', notes: CallNotes): string => {
    if (name === 'authorization' || name === 'proxy-authorization') {
      const read = authorizations.get(value);
      for (const secret of read.secrets) notes.secret(side, name, name, secret, side === 'request-header' ? 'own' : 'misplaced');
      return read.masked;
    }
    if (name === 'cookie' || name === 'set-cookie') return maskCookies(value, side, notes);
    const isUrl = URLS.has(name);
    // A certificate's subject is public, and so are its hash and address; what else a proxy wrote there need not be.
    const byName = isUrl || CERTIFICATES.has(name) ? undefined : secretTypeOf(name, value, vault);
    if (byName !== undefined) {
      const secret = vault.secret(value, byName);
      notes.secret(side, name, name, secret, side === 'request-header' && !HANDLES.has(name) ? 'own' : 'presented');
      return secret.token;
    }
    const decoded = name.startsWith('mcp-') ? decodeMcpHeader(value) : value;
    if (decoded !== value) {
      const masked = maskValue(name, decoded, side, notes);
      if (masked === decoded) return value;
      // The record's own text must not show the encoded form either.
      notes.secret(side, name, name, vault.secret(value, 'secret'), 'own');
      return masked;
    }
    const found = isUrl ? findSecretsInUrl(value, vault) : value.length >= 8 ? findSecrets(value, vault) : [];
    for (const { secret } of found) notes.secret(side, name, name, secret, REPORTING.has(name) ? 'presented' : 'misplaced');
    return replaceFound(value, found);
  };

  // Programs repeat these in every call.
  const inPlain = createRecent(5000, (value) => findSecrets(value, vault));
  const maskPlain = (name: string, header: Header, side: 'request-header' | 'response-header', notes: CallNotes): Header => {
    const value = header[1];
    const found = value.length < MIN_FORM ? [] : SAYS_MORE.test(value) ? inPlain.get(value) : findSecretsByForm(value, vault);
    for (const { secret } of found) notes.secret(side, name, name, secret, 'misplaced');
    return found.length === 0 ? header : [header[0], replaceFound(value, found)];
  };

  return {
    mask: (headers, side, notes) => {
      // RFC 9421: bound to its request and its minutes, and the only proof of who signed; masked it could never be checked.
      const isSigned = headers.some(([name]) => lowered(name) === 'signature-input');
      return headers.map((header) => {
        const { masked: spelled, secrets } = vault.inName(header[0]);
        const name = lowered(spelled);
        for (const secret of secrets) notes.secret(side, name, name, secret, 'misplaced');
        if (PLAIN.has(name) || (isSigned && isSignature(name, header[1]))) return maskPlain(name, header, side, notes);
        const masked = maskValue(name, header[1], side, notes);
        if (masked === header[1] && header[1].length < 255) {
          noteValueTypes(vault.prior(name), header[1], (type, strength) => {
            // Headers are settings more than data: only what is sure of itself counts.
            if (strength === 'sure' && type !== 'free-text') notes.kind(side, name, printSign(type, strength));
          });
        }
        return masked === header[1] && spelled === header[0] ? header : [spelled, masked];
      });
    },
    credentials(headers, into) {
      let authenticated = false;
      for (const [rawName, value] of headers) {
        const name = lowered(rawName);
        if (PLAIN.has(name) || value === '') continue;
        if (name === 'authorization' || name === 'proxy-authorization') {
          authenticated = true;
          const { credential } = authorizations.get(value);
          if (credential !== undefined) into.push(credential);
        } else if (name === 'cookie') {
          const cookie = sessionCookie(value, vault);
          authenticated ||= cookie !== undefined;
          if (cookie !== undefined && cookie !== 'masked') into.push(cookie);
        } else if (CERTIFICATES.has(name)) {
          const credential = labelled('mtls', subjectOf(value), vault);
          if (credential !== undefined) into.push(credential);
          authenticated = true;
        } else if (isCredentialHeader(name, vault)) {
          authenticated = true;
          if (!isPlaceholder(value))
            into.push({ ...vault.secret(value, vault.hint(name)?.type ?? 'api-key').credential, ...headerKind(value, name, vault) });
        }
      }
      return authenticated;
    },
  };
}

const lowered = (name: string): string => (/[A-Z]/.test(name) ? name.toLowerCase() : name);

/** Headers that carry the caller's key or token: by the same names that mask them, save handles, codes and signatures. */
function isCredentialHeader(name: string, vault: Vault): boolean {
  const hint = vault.hint(name);
  return hint?.sure === true && !HANDLES.has(name) && (hint.type === 'api-key' || hint.type === 'session-token' || hint.type === 'secret');
}

function headerKind(value: string, name: string, vault: Vault): Pick<SeenCredential, 'kind' | 'label'> {
  const { credential } = vault.secret(value, 'api-key');
  return { kind: credential.kind === 'jwt' ? 'jwt' : vault.hint(name)?.type === 'session-token' ? 'opaque' : 'api-key', label: name };
}

/** The certificate's subject; Envoy's header holds a list of `key=value` parts. */
const subjectOf = (value: string): string | undefined =>
  /Subject="([^"]+)"/.exec(value)?.[1] ?? /URI=([^;,]+)/.exec(value)?.[1] ?? (value.includes('Hash=') ? undefined : value);

function sessionCookie(header: string, vault: Vault): SeenCredential | 'masked' | undefined {
  // Caddy writes REDACTED for all cookies at once: who brought none cannot be told from who brought a session.
  if (isHidden(header)) return 'masked';
  let best: SeenCredential | 'masked' | undefined;
  for (const piece of header.split(/;\s*/)) {
    const equals = piece.indexOf('=');
    const name = piece.slice(0, equals).trim();
    const value = piece.slice(equals + 1).trim();
    if (equals < 1 || value === '' || !isSessionCookie(name)) continue;
    if (isPlaceholder(value)) {
      best ??= 'masked';
      continue;
    }
    const { credential } = vault.secret(value, 'session-token');
    if (best === undefined || best === 'masked' || (credential.kind === 'jwt' && best.kind !== 'jwt'))
      best = { ...credential, label: vault.inName(name).masked };
  }
  return best;
}

function maskCookie(piece: string, side: 'request-header' | 'response-header', notes: CallNotes, vault: Vault): string {
  const equals = piece.indexOf('=');
  if (equals < 1) return aside(piece, side, notes, vault);
  const semicolon = side === 'response-header' ? piece.indexOf(';') : -1;
  const end = semicolon < 0 ? piece.length : semicolon;
  const name = piece.slice(0, equals).trim();
  const value = piece.slice(equals + 1, end).trim();
  const isSession = isSessionCookie(name);
  if (
    value === '' ||
    isPlaceholder(value) ||
    (!isSession && secretTypeOf(name, value, vault) === undefined && estimateBits(value) < COOKIE_BITS)
  )
    return aside(piece, side, notes, vault);
  const secret = vault.secret(value, isSession ? 'session-token' : 'cookie');
  const field = `${side === 'request-header' ? 'cookie' : 'set-cookie'} ${vault.inName(name).masked}`;
  notes.secret(side, field, field, secret, side === 'request-header' ? 'own' : 'issued');
  return `${aside(piece.slice(0, equals), side, notes, vault)}=${secret.token}${aside(piece.slice(end), side, notes, vault)}`;
}

/** What stands around the value of a cookie: a name, attributes, a text that is no cookie. */
function aside(text: string, side: 'request-header' | 'response-header', notes: CallNotes, vault: Vault): string {
  const { masked, secrets } = vault.inName(text);
  const field = side === 'request-header' ? 'cookie' : 'set-cookie';
  for (const secret of secrets) notes.secret(side, field, field, secret, 'own');
  return masked;
}
