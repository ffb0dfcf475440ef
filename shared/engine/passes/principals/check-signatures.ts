import { entryOf } from '../../../lib/entry-of.ts';
import { getDetail } from '../../store/read/calls/details.ts';
import type { Named } from '../../store/read/knowledge.ts';
import { thumbprintText, type PublicKey } from '../../../model/knowledge/key-set.ts';
import type { SignatureCheck } from '../../store/principal-traits.ts';
import type { CryptoPort } from '../../ports.ts';
import type { PassContext } from '../pass.ts';
import { readSignatures, type MessageSignature } from './message-signature.ts';
import { signatureBase, type SignedRequest } from './signature-base.ts';

/** Signed calls that are looked at: each costs the unpacking of its headers. */
const MAX_SIGNED = 20_000;
/** Calls with a wrong signature that are kept of one principal. */
const MAX_FAILED = 500;
/** A signature may be this much older or younger than its call: clocks of two companies. Units: seconds. */
const SKEW = 60;

/** What the evidence and the case's keys say about one signature. */
export type Verdict = { readonly kind: 'verified' | 'failed' | 'unchecked'; readonly why: string };

const KEY_ALGORITHMS: Readonly<Record<string, string>> = { Ed25519: 'ed25519', 'P-256': 'ecdsa-p256-sha256', 'P-384': 'ecdsa-p384-sha384' };

const toThumbprint = (crypto: CryptoPort, key: PublicKey): string => {
  const hex = crypto.sha256Hex(thumbprintText(key));
  const bytes = Array.from({ length: hex.length / 2 }, (_, at) => String.fromCharCode(parseInt(hex.slice(at * 2, at * 2 + 2), 16)));
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};

/** The directory's keys by what a signature calls them: the thumbprint (Web Bot Auth), or the key's own id. */
export function keysById(crypto: CryptoPort, keys: readonly Named<PublicKey>[]): ReadonlyMap<string, Named<PublicKey>> {
  const byId = new Map<string, Named<PublicKey>>();
  for (const key of keys) {
    byId.set(toThumbprint(crypto, key), key);
    if (key.kid !== undefined && !byId.has(key.kid)) byId.set(key.kid, key);
  }
  return byId;
}

/**
 * Judges one signature of a call at `time` (seconds). Structure first, as it needs no key: tag, window, what is covered; then the
 * key, then the cryptography. `unchecked` names what the case does not hold.
 * Source: draft-meunier-web-bot-auth-architecture sections 4.2 and 4.3; RFC 9421 section 3.2.
 */
export function judgeSignature(
  request: SignedRequest,
  signature: MessageSignature,
  time: number | undefined,
  keys: ReadonlyMap<string, Named<PublicKey>>,
  crypto: Pick<CryptoPort, 'verify'>,
): Verdict {
  const failed = (why: string): Verdict => ({ kind: 'failed', why });
  const unchecked = (why: string): Verdict => ({ kind: 'unchecked', why });
  if (signature.tag !== 'web-bot-auth') return unchecked(signature.tag === undefined ? 'no tag' : 'a tag of another use');
  if (!signature.components.some(({ name }) => name === '@authority' || name === '@target-uri')) return failed('the host is not covered');
  if (signature.created === undefined || signature.expires === undefined) return failed('created or expires is missing');
  if (time !== undefined && time < signature.created - SKEW) return failed('made after the call');
  if (time !== undefined && time > signature.expires + SKEW) return failed('expired before the call');
  if (keys.size === 0) return unchecked('no key directory in the case');
  const key = keys.get(signature.keyid ?? '');
  // A directory holds the keys of one vendor: of another vendor's signature it says nothing.
  if (key === undefined) return unchecked('the key is in no directory of the case');
  if (time !== undefined && ((key.nbf !== undefined && time < key.nbf - SKEW) || (key.exp !== undefined && time > key.exp + SKEW)))
    return failed('the key was not valid at the time');
  const base = signatureBase(request, signature);
  if ('notCheckable' in base) return unchecked(`not checkable: component ${base.notCheckable}`);
  if ('missing' in base) return unchecked(`the evidence lacks ${base.missing}`);
  const alg = signature.alg ?? entryOf(KEY_ALGORITHMS, key.members['crv']) ?? 'rsa-pss-sha512';
  return crypto.verify(key.members, alg, new TextEncoder().encode(base.text), signature.signature)
    ? { kind: 'verified', why: `key of ${key.file}` }
    : failed('the signature does not fit the request');
}

interface SignedRow {
  readonly id: number;
  readonly principal: number;
  readonly time: number | null;
  readonly method: string | null;
  readonly scheme: string | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly path: string | null;
  readonly query: string | null;
}

/** Calls that intake noted as signed, with what a signature may cover. `owner` joins each with whose it is, as `principal`. */
const signedCalls = (owner: string): string => `
  SELECT c.id, owner.principal, c.time, m.value AS method, s.value AS scheme, h.value AS host, c.port, c.path, c.query
    FROM data_seen d JOIN term t ON t.id = d.pointer_id AND t.value GLOB 'signed *' JOIN call c ON c.id = d.call_id ${owner}
    LEFT JOIN term m ON m.id = c.method_id LEFT JOIN term s ON s.id = c.scheme_id LEFT JOIN term h ON h.id = c.host_id
   WHERE d.type = 'agent-signal' ORDER BY c.id LIMIT ${String(MAX_SIGNED)}`;

/** A signed call's verdict. */
export interface JudgedCall {
  readonly call: number;
  readonly principal: number;
  readonly verdict: Verdict;
}

/** Judges every signed call of the case, in the order of the evidence. `owner`: see `signedCalls`. */
export async function* judgeCalls(
  { db, codec, crypto, breathe }: Pick<PassContext, 'db' | 'codec' | 'crypto' | 'breathe'>,
  keys: readonly Named<PublicKey>[],
  owner: string,
): AsyncGenerator<JudgedCall> {
  const byId = keysById(crypto, keys);
  const rows = db.prepare(signedCalls(owner)).all<SignedRow>();
  for (const row of rows) {
    const headers = getDetail(db, codec, row.id).requestHeaders ?? [];
    const request: SignedRequest = {
      method: row.method ?? undefined, scheme: row.scheme ?? undefined, host: row.host ?? undefined, port: row.port ?? undefined,
      path: row.path ?? undefined, query: row.query ?? undefined, headers,
    }; // prettier-ignore
    const [first, ...others] = readSignatures(headers);
    const judged = first === undefined ? undefined : (others.find(({ tag }) => tag === 'web-bot-auth') ?? first);
    const verdict: Verdict =
      judged === undefined
        ? { kind: 'unchecked', why: 'the record does not hold the signature' }
        : judgeSignature(request, judged, row.time === null ? undefined : row.time / 1e6, byId, crypto);
    yield { call: row.id, principal: row.principal, verdict };
    await breathe();
  }
}

/** Adds verdicts up, by principal. */
export async function tallySignatures(judged: AsyncIterable<JudgedCall>): Promise<ReadonlyMap<number, SignatureCheck>> {
  const tallies = new Map<
    number,
    { verified: number; failed: number; unchecked: number; why: Record<string, number>; failedCalls: number[] }
  >();
  for await (const { call, principal, verdict } of judged) {
    let tally = tallies.get(principal);
    if (tally === undefined) tallies.set(principal, (tally = { verified: 0, failed: 0, unchecked: 0, why: {}, failedCalls: [] }));
    tally[verdict.kind] += 1;
    if (verdict.kind === 'failed' && tally.failedCalls.length < MAX_FAILED) tally.failedCalls.push(call);
    tally.why[verdict.why] = (tally.why[verdict.why] ?? 0) + 1;
  }
  return tallies;
}
