import type { CredentialKind } from '../../../contract/report-json.ts';
import { findSecretsByForm, replaceFound } from '../masking/text.ts';
import type { SeenCredential } from '../masking/masked-call.ts';
import { isPlaceholder } from '../masking/placeholder.ts';
import { base64Decoded } from '../value-forms.ts';
import type { Secret, Vault } from '../masking/secret.ts';

/** What an `Authorization` header says. */
export interface ReadAuthorization {
  readonly masked: string;
  readonly secrets: readonly Secret[];
  /** Absent when the source had masked the secret itself, or the scheme's secret is new on every call. */
  readonly credential: SeenCredential | undefined;
}

const SCHEME = /^\s*([A-Za-z][A-Za-z0-9-]*)\s+([\s\S]+?)\s*$/;
const AWS = /Credential=([^/,\s]+)/;
const SIGNATURE = /((?:Signature|response|nonce|cnonce)=)"?([^",\s]+)/g;

/** Reads and masks the value of `Authorization` or `Proxy-Authorization`: any scheme, or a bare token. */
export function readAuthorization(value: string, vault: Vault): ReadAuthorization {
  const [, scheme = '', rest = ''] = SCHEME.exec(value) ?? [];
  if (scheme === '') return isPlaceholder(value.trim()) ? untouched(value) : token(value.trim(), '', vault);
  if (isPlaceholder(rest)) return untouched(value);
  switch (scheme.toLowerCase()) {
    case 'basic':
      return basic(rest, scheme, vault);
    case 'digest':
      return { masked: maskParts(value, vault), secrets: [], credential: labelled('basic', /username="?([^",]+)/.exec(value)?.[1], vault) };
    case 'aws4-hmac-sha256':
    case 'aws': {
      const id = AWS.exec(value)?.[1];
      const credential = id === undefined ? undefined : { ...vault.secret(id, 'api-key').credential, label: 'AWS access key' };
      const parts = maskParts(value, vault);
      return {
        masked: replaceFound(parts, findSecretsByForm(parts, vault)),
        secrets: id === undefined ? [] : [vault.secret(id, 'api-key')],
        credential,
      };
    }
    case 'negotiate':
    case 'ntlm': {
      // A new ticket on every connection: it hides a secret, yet tells no two calls of one caller.
      const secret = vault.secret(rest, 'one-time');
      return { masked: `${scheme} ${secret.token}`, secrets: [secret], credential: undefined };
    }
    default:
      return token(rest, scheme, vault);
  }
}

const untouched = (value: string): ReadAuthorization => ({ masked: value, secrets: [], credential: undefined });

function token(text: string, scheme: string, vault: Vault): ReadAuthorization {
  const isKey = /^(?:apikey|api-key|key|token|bot|genie-?key|sso-key)$/i.test(scheme);
  const byForm = findSecretsByForm(text, vault);
  const whole = byForm.length === 1 && byForm[0]?.start === 0 && byForm[0].end === text.length ? byForm[0].secret : undefined;
  const secret = whole ?? vault.secret(text, isKey ? 'api-key' : 'session-token');
  // A bearer token says nothing about its kind: `opaque`, unless its form or its scheme does.
  const kind: CredentialKind = secret.type === 'jwt' || secret.type === 'api-key' ? secret.credential.kind : 'opaque';
  const credential = { ...secret.credential, kind, label: scheme === '' ? 'authorization' : scheme };
  return { masked: scheme === '' ? secret.token : `${scheme} ${secret.token}`, secrets: [secret], credential };
}

function basic(encoded: string, scheme: string, vault: Vault): ReadAuthorization {
  const pair = base64Decoded(encoded);
  const colon = pair?.indexOf(':') ?? -1;
  if (pair === undefined || colon < 0) return token(encoded, scheme, vault);
  const user = pair.slice(0, colon);
  const password = pair.slice(colon + 1);
  // `key:` is how Stripe and others send an API key: the user is the secret.
  if (password === '' && user.length >= 16) {
    const key = vault.secret(user, 'api-key');
    return {
      masked: `${scheme} ${key.token}`,
      secrets: [key, vault.secret(encoded, 'password')],
      credential: { ...key.credential, label: 'Basic user' },
    };
  }
  // `ghp_…:x-oauth-basic`: the user is the key.
  const key = vault.inName(user).whole;
  if (key !== undefined)
    return {
      masked: `${scheme} ${key.token}`,
      secrets: [key, vault.secret(encoded, 'password'), ...(password === '' ? [] : [vault.secret(password, 'password')])],
      credential: { ...key.credential, label: 'Basic user' },
    };
  const whole = vault.secret(encoded, 'password', user);
  const credential: SeenCredential = { fingerprint: whole.credential.fingerprint, kind: 'basic', masked: `${user}:…`, label: user };
  return {
    masked: `${scheme} ${whole.token}`,
    secrets: password === '' ? [whole] : [whole, vault.secret(password, 'password')],
    credential,
  };
}

/** Who a header names without showing a secret: a certificate's subject, a Digest user, a gateway's id of a credential. */
export function labelled(kind: CredentialKind, label: string | undefined, vault: Vault): SeenCredential | undefined {
  if (label === undefined || isPlaceholder(label)) return undefined;
  const { masked, whole } = vault.inName(label);
  // Some gateways write the key itself where its id belongs.
  if (whole !== undefined) return whole.credential;
  if (masked !== label) return labelled(kind, masked, vault);
  // The label is no secret, so its fingerprint hides nothing; the kind in front keeps it apart from a token of the same text.
  return { fingerprint: vault.fingerprint(`${kind} ${label}`), kind, masked: label.length > 80 ? `${label.slice(0, 80)}…` : label, label };
}

const maskParts = (value: string, vault: Vault): string =>
  value.replaceAll(SIGNATURE, (_whole, name: string, secret: string) => name + vault.secret(secret, 'signature').token);
