import { nodeCodec, nodeCrypto } from '#electron/node/crypto.ts';
import { openInMemory } from '#electron/node/sqlite.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import type { CryptoPort } from '#shared/engine/ports.ts';

/** Node's crypto with random bytes that count up from 1, so that a test case always has the same key. */
export const fixedCrypto: CryptoPort = {
  ...nodeCrypto,
  randomBytes: (count) => Uint8Array.from({ length: count }, (_, index) => (index + 1) & 0xff),
};

/** An empty, migrated case in memory, with a fixed key. */
export function memoryCase(): SqlDriver {
  const db = openInMemory();
  migrateCase(db, 'memory', fixedCrypto, 'Test case');
  return db;
}

export { nodeCodec as testCodec };
