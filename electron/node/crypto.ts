import { constants as keys, createHash, createHmac, createPublicKey, hash, randomBytes, verify, type KeyObject } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync, constants } from 'node:zlib';
import type { CodecPort, CryptoPort } from '#shared/engine/ports.ts';

/** Size of a block of SHA-256, which a key is padded to. Units: bytes. */
const BLOCK = 64;
/** Longest text, in UTF-16 code units, that the shared buffer takes; longer ones go the plain way. */
const SHORT = 1024;

/** The two padded blocks of one key, each in front of room for what is hashed after it (RFC 2104). */
interface PaddedKey {
  readonly key: Uint8Array;
  readonly inner: Buffer;
  readonly outer: Buffer;
}

function padKey(key: Uint8Array): PaddedKey {
  const pad = (fill: number, room: number): Buffer => {
    const buffer = Buffer.alloc(BLOCK + room);
    for (let index = 0; index < BLOCK; index++) buffer[index] = (key[index] ?? 0) ^ fill;
    return buffer;
  };
  return { key, inner: pad(0x36, SHORT * 3), outer: pad(0x5c, 32) };
}

let padded: PaddedKey | undefined;

/**
 * HMAC-SHA-256, hex. A value index asks for millions of short texts under one key, and `createHmac` spends 13 to 80 µs on
 * each, nearly all of it set-up; two one-shot hashes over buffers that stay take about 2 µs and give the same digits.
 */
function hmacHex(key: Uint8Array, text: string): string {
  if (key.length > BLOCK || text.length > SHORT) return createHmac('sha256', key).update(text, 'utf8').digest('hex');
  if (padded?.key !== key) padded = padKey(key);
  const length = padded.inner.write(text, BLOCK, 'utf8');
  hash('sha256', padded.inner.subarray(0, BLOCK + length), 'buffer').copy(padded.outer, BLOCK);
  return hash('sha256', padded.outer, 'hex');
}

interface VerifyOptions {
  readonly padding?: number;
  readonly saltLength?: number;
  readonly dsaEncoding?: 'ieee-p1363';
}

/** Hash and padding of each algorithm. Source: RFC 9421 sections 3.3.1 to 3.3.6; EC signatures are the two numbers, one behind the other. */
const ALGORITHMS: Readonly<
  Record<
    string,
    {
      readonly hash: string | null;
      readonly kty: string;
      readonly options: VerifyOptions;
    }
  >
> = {
  ed25519: { hash: null, kty: 'OKP', options: {} },
  'ecdsa-p256-sha256': { hash: 'sha256', kty: 'EC', options: { dsaEncoding: 'ieee-p1363' } },
  'ecdsa-p384-sha384': { hash: 'sha384', kty: 'EC', options: { dsaEncoding: 'ieee-p1363' } },
  'rsa-pss-sha512': { hash: 'sha512', kty: 'RSA', options: { padding: keys.RSA_PKCS1_PSS_PADDING, saltLength: 64 } },
  'rsa-v1_5-sha256': { hash: 'sha256', kty: 'RSA', options: { padding: keys.RSA_PKCS1_PADDING } },
};

function verifySignature(jwk: Readonly<Record<string, string>>, alg: string, data: Uint8Array, signature: Uint8Array): boolean {
  const algorithm = Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined;
  if (algorithm === undefined || algorithm.kty !== jwk['kty']) return false;
  try {
    return verify(algorithm.hash, data, { key: createPublicKey({ key: { ...jwk }, format: 'jwk' }), ...algorithm.options }, signature);
  } catch (thrown) {
    // A key of the evidence that is on no curve, say: OpenSSL throws, and nothing is verified with it.
    if (thrown instanceof Error) return false;
    throw thrown;
  }
}

/** Hash and padding of the algorithms of tokens. Source: RFC 7518 sections 3.3 to 3.5, RFC 8037 section 3.1, RFC 8812 section 3.2. */
function tokenAlgorithm(alg: string): { readonly hash: string | null; readonly options: VerifyOptions } | undefined {
  if (/^(?:EdDSA|Ed25519|Ed448)$/.test(alg)) return { hash: null, options: {} };
  const [, family, bits] = /^(RS|PS|ES)(256|384|512|256K)$/.exec(alg) ?? [];
  if (family === undefined || bits === undefined) return undefined;
  const hash = `sha${bits.slice(0, 3)}`;
  if (family === 'ES') return { hash, options: { dsaEncoding: 'ieee-p1363' } };
  if (family === 'RS') return { hash, options: { padding: keys.RSA_PKCS1_PADDING } };
  return { hash, options: { padding: keys.RSA_PKCS1_PSS_PADDING, saltLength: keys.RSA_PSS_SALTLEN_DIGEST } };
}

/** The texts of a public key that a server may have at hand where it should check a signature. */
function keyTexts(key: KeyObject): readonly (string | Buffer)[] {
  const pems = [
    key.export({ type: 'spki', format: 'pem' }),
    ...(key.asymmetricKeyType === 'rsa' ? [key.export({ type: 'pkcs1', format: 'pem' })] : []),
  ];
  return [...pems, ...pems.map((pem) => pem.toString().trimEnd()), key.export({ type: 'spki', format: 'der' })];
}

/** Imported keys by their members: an import costs more than a check, and an import of evidence asks for the same few keys. */
const imported = new WeakMap<object, KeyObject>();

function importKey(jwk: Readonly<Record<string, string>>): KeyObject {
  let key = imported.get(jwk);
  if (key === undefined) imported.set(jwk, (key = createPublicKey({ key: { ...jwk }, format: 'jwk' })));
  return key;
}

function verifyToken(jwk: Readonly<Record<string, string>>, alg: string, data: Uint8Array, signature: Uint8Array): boolean {
  const [, bits] = /^HS(256|384|512)$/.exec(alg) ?? [];
  const algorithm = tokenAlgorithm(alg);
  try {
    const key = importKey(jwk);
    if (bits !== undefined) return keyTexts(key).some((text) => createHmac(`sha${bits}`, text).update(data).digest().equals(signature));
    return algorithm !== undefined && verify(algorithm.hash, data, { key, ...algorithm.options }, signature);
  } catch (thrown) {
    // As above: a key set may hold what OpenSSL takes for no key.
    if (thrown instanceof Error) return false;
    throw thrown;
  }
}

/** Hashes, signatures and random bytes of Node's own crypto. */
export const nodeCrypto: CryptoPort = {
  sha256() {
    const digest = createHash('sha256');
    return {
      update: (data) => void digest.update(data),
      hex: () => digest.digest('hex'),
    };
  },
  sha256Hex: (text) => hash('sha256', text, 'hex'),
  hmacHex,
  randomBytes: (count) => new Uint8Array(randomBytes(count)),
  verify: verifySignature,
  verifyToken,
};

/** zstd level: 3 is the library's default, about 10:1 on repetitive logs at several hundred MB/s. */
const LEVEL = 3;
/** Largest block that we write; a case that claims more is damaged. Units: bytes. */
const MAX_BLOCK = 64 * 1024 * 1024;

/** zstd of Node's own zlib. */
export const nodeCodec: CodecPort = {
  compress: (bytes) => zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } }),
  decompress: (bytes) => zstdDecompressSync(bytes, { maxOutputLength: MAX_BLOCK }),
};
