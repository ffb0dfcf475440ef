import { AppError } from '../../contract/errors.ts';
import type { EnginePorts, ExpandRequest } from '../ports.ts';
import type { Recheck } from '../../model/recheck.ts';

/**
 * Reads the files that a case came from once more and compares their hashes, as a chain of custody asks for.
 * Shape: by the SHA-256 that the import took. A file that has moved is the same when its bytes are there under another name.
 * Cost: all bytes are read once, nothing is kept.
 */
export async function recheckSources(
  { crypto, evidence }: Pick<EnginePorts, 'crypto' | 'evidence'>,
  requests: readonly ExpandRequest[],
  sources: readonly { readonly name: string; readonly sha256: string }[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Recheck>> {
  const byName = new Map<string, string>();
  for await (const item of evidence.expand(requests, signal)) {
    // What cannot be opened any more is not found; what became of it is not for a report to tell.
    if (item.kind === 'failure') continue;
    const digest = crypto.sha256();
    try {
      for await (const chunk of item.source.chunks()) digest.update(chunk);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code === 'cancelled') throw thrown;
      if (thrown.code !== 'damaged-file') continue;
      // The import took the hash of the bytes in front of the damage, too.
    }
    byName.set(item.source.name, digest.hex());
  }
  const present = new Set(byName.values());
  return new Map(
    sources.map(({ name, sha256 }) => [sha256, present.has(sha256) ? 'same' : byName.has(name) ? 'changed' : 'gone'] as const),
  );
}
