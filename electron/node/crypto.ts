import { createHash, createHmac, hash, randomBytes } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync, constants } from 'node:zlib';
import type { CodecPort, CryptoPort } from '#shared/engine/ports.ts';

/** Hashes and random bytes of Node's own crypto. */
export const nodeCrypto: CryptoPort = {
  sha256() {
    const digest = createHash('sha256');
    return {
      update: (bytes) => void digest.update(bytes),
      hex: () => digest.digest('hex'),
    };
  },
  sha256Hex: (text) => hash('sha256', text, 'hex'),
  hmacHex: (key, text) => createHmac('sha256', key).update(text, 'utf8').digest('hex'),
  randomBytes: (count) => new Uint8Array(randomBytes(count)),
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
