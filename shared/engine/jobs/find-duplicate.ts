import type { ByteSource, CryptoPort } from '../ports.ts';
import type { SqlDriver } from '../store/driver.ts';
import { isBroken } from './peek-source.ts';

/** A source of the case that holds the same bytes. */
export interface Duplicate {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

interface Tools {
  readonly db: SqlDriver;
  readonly crypto: CryptoPort;
  readonly breathe: () => Promise<void>;
}

/** SHA-256 of a source, read once more for it. Errors: broken bytes, a cancel. */
export async function hashOf(source: ByteSource, crypto: CryptoPort, breathe: () => Promise<void>): Promise<string> {
  const digest = crypto.sha256();
  for await (const chunk of source.chunks()) {
    digest.update(chunk);
    await breathe();
  }
  return digest.hex();
}

/** The source that holds the same bytes already, if the case has one. Only sources of the same size are hashed. */
export async function findDuplicate(source: ByteSource, tools: Tools): Promise<Duplicate | undefined> {
  const candidates = tools.db
    .prepare("SELECT name, sha256, bytes FROM source WHERE state IN ('complete', 'failed') AND sha256 <> '' AND (? IS NULL OR bytes = ?)")
    .all<Duplicate>(source.size ?? null, source.size ?? null);
  if (candidates.length === 0) return undefined;
  let sha256: string;
  try {
    sha256 = await hashOf(source, tools.crypto, tools.breathe);
  } catch (thrown) {
    if (isBroken(thrown)) return undefined; // it fails again, with its place, when it is read
    throw thrown;
  }
  return candidates.find((candidate) => candidate.sha256 === sha256);
}
