import { constants as keys, createHash, createHmac, createPublicKey, hash, randomBytes, verify } from 'node:crypto';
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

/** Hash and padding of each algorithm. Source: RFC 9421 sections 3.3.1 to 3.3.6; EC signatures are the two numbers, one behind the other. */
const ALGORITHMS: Readonly<
  Record<
    string,
    {
      readonly hash: string | null;
      readonly kty: string;
      readonly options: { padding?: number; saltLength?: number; dsaEncoding?: 'ieee-p1363' };
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

/** Hashes, signatures and random bytes of Node's own crypto. */
export const nodeCrypto: CryptoPort = {
  sha256() {
    const digest = createHash('sha256');
    return {
      update: (bytes) => void digest.update(bytes),
      hex: () => digest.digest('hex'),
    };
  },
  sha256Hex: (text) => hash('sha256', text, 'hex'),
  hmacHex,
  randomBytes: (count) => new Uint8Array(randomBytes(count)),
  verify: verifySignature,
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
