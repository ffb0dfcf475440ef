import type { CredentialKind } from '../../contract/report-json.ts';
import type { IssuerKey } from '../../model/knowledge/issuer-key.ts';
import type { CryptoPort } from '../ports.ts';
import { createTokenCheck } from './tokens/check-token.ts';
import { estimateBits } from './masking/entropy.ts';
import { anySpelling } from './masking/any-spelling.ts';
import { decodeJwt } from './tokens/jwt.ts';
import { maskToken, withoutFingerprints, type SecretType } from './masking/token.ts';
import type { SeenCredential } from './masking/masked-call.ts';
import { failsChecksum } from './masking/key-checksums.ts';
import { findSecrets, findSecretsByForm, replaceFound } from './masking/text.ts';
import { isExample } from './masking/placeholder.ts';
import { keysOf, priorOf } from './personal/data-names.ts';
import { createRecent } from './recent.ts';
import { safeClaims } from './tokens/safe-claims.ts';
import type { SafeName, Secret, Vault } from './masking/secret.ts';
import { secretHint, type NameHint } from './masking/secret-names.ts';

/** Below this a keyed hash beside its key can be tried out, so such secrets get another key. Units: bits. */
const STRONG_BITS = 64;
/** Secrets remembered at once; a bundle rarely has more credentials alive. */
const REMEMBERED = 20_000;
/** Shorter claims hold no secret by form. Units: characters. */
const MIN_CLAIM = 14;
/** Shorter names hold no secret. Units: characters. */
const MIN_NAME = 10;
const NONE: readonly Secret[] = [];
/** A mask shows the ends only of secrets that keep most of themselves hidden. Units: characters. */
const LONG_ENOUGH_FOR_ENDS = 16;
const ENDS = 3;

const KINDS: Readonly<Record<SecretType, CredentialKind>> = {
  jwt: 'jwt',
  'api-key': 'api-key',
  'session-token': 'session',
  cookie: 'session',
  password: 'opaque',
  'private-key': 'opaque',
  secret: 'opaque',
  'payment-card': 'opaque',
  'one-time': 'opaque',
  signature: 'opaque',
};

/** Types whose texts people choose or that are short by nature: weak whatever they look like. */
const WEAK = new Set<SecretType>(['password', 'one-time', 'payment-card']);

const ends = (text: string): string => (text.length >= LONG_ENOUGH_FOR_ENDS ? `${text.slice(0, ENDS)}…${text.slice(-ENDS)}` : '…');

/**
 * Opens a vault for one import.
 * Strong secrets are hashed with the key of the case: equal ones meet across imports. Passwords, one-time codes and
 * everything under 64 bits are hashed with `passingKey`, which is drawn for the import and never stored: their fingerprints link inside this
 * import and are noise to whoever holds the case file, who could otherwise try every password against the stored key.
 */
export function createVault(
  crypto: CryptoPort,
  caseKey: Uint8Array,
  passingKey: Uint8Array = crypto.randomBytes(32),
  issuerKeys: readonly IssuerKey[] = [],
): Vault {
  const check = createTokenCheck(crypto, issuerKeys);
  // One memory for all uses, so that a token is checked once wherever it stands.
  const checks = check === undefined ? undefined : createRecent(REMEMBERED, (token) => check(token, decodeJwt(token)?.header ?? {}));
  const byForm = (text: string): string => replaceFound(text, findSecretsByForm(text, vault));
  const make = (text: string, type: SecretType, label: string | undefined): Secret => {
    const plain = decodeJwt(text);
    const decoded = plain === undefined ? undefined : safeClaims(plain, (claim) => (claim.length < MIN_CLAIM ? claim : byForm(claim)));
    const shown = decoded === undefined ? type : 'jwt';
    const weak = WEAK.has(shown) || estimateBits(text) < STRONG_BITS;
    const fingerprint = crypto.hmacHex(weak ? passingKey : caseKey, text);
    const kind = KINDS[shown];
    const masked = WEAK.has(shown) ? '…' : ends(text);
    const signature = decoded === undefined ? undefined : checks?.get(text);
    const credential: SeenCredential = { fingerprint, kind, masked, jwt: decoded, signature, label };
    return { text, type: shown, token: maskToken(shown, fingerprint), credential, example: isExample(text) || failsChecksum(text) };
  };

  const byUse = new Map<string, ReturnType<typeof createRecent<Secret>>>();
  const hints = createRecent<NameHint | 'none'>(4096, (name) => secretHint(name) ?? 'none');
  const priors = createRecent(8192, (field) => priorOf(field.includes('$') ? keysOf(field) : [field]));
  const spellings = createRecent(1000, anySpelling);
  const names = createRecent(4096, (name): SafeName => {
    const found = findSecrets(name, vault);
    const [first] = found;
    return {
      masked: withoutFingerprints(replaceFound(name, found)),
      secrets: found.map(({ secret }) => secret),
      whole: first?.start === 0 && first.end === name.length ? first.secret : undefined,
    };
  });
  const vault: Vault = {
    inName: (name) => (name.length < MIN_NAME ? { masked: name, secrets: NONE, whole: undefined } : names.get(name)),
    anySpelling: (text) => spellings.get(text),
    secret(text, type, label) {
      const use = label === undefined ? type : `${type} ${label}`;
      let known = byUse.get(use);
      if (known === undefined) byUse.set(use, (known = createRecent(REMEMBERED, (fresh) => make(fresh, type, label))));
      return known.get(text);
    },
    prior: (field) => priors.get(field),
    fingerprint: (text) => crypto.hmacHex(caseKey, text),
    hint(name) {
      const hint = hints.get(name);
      return hint === 'none' ? undefined : hint;
    },
  };
  return vault;
}
