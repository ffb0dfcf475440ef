import type { ByteSource, CryptoPort, EvidencePort, Expanded } from '../ports.ts';
import { createVault } from './vault.ts';

const renamed = (source: ByteSource, name: string): ByteSource => ({
  name,
  size: source.size,
  chunks: () => source.chunks(),
  ...(source.warnings === undefined ? {} : { warnings: () => source.warnings?.() ?? [] }),
  ...(source.last === undefined ? {} : { last: (most) => source.last?.(most) ?? Promise.resolve(new Uint8Array(0)) }),
});

/**
 * The same evidence with names that hold no secret: a download is called by its address (`export?access_token=…`), and every reference to a
 * call begins with that name. Two names that differ in their secrets alone are alike; the case numbers them.
 */
export function withSafeNames(evidence: EvidencePort, crypto: CryptoPort): EvidencePort {
  // Names show kinds of secrets and no fingerprints, so that any key will do.
  const vault = createVault(crypto, crypto.randomBytes(32));
  const safe = (name: string): string => vault.inName(name).masked;
  const safeItem = (item: Expanded): Expanded => {
    if (item.kind === 'failure') return { ...item, name: safe(item.name), message: safe(item.message) };
    const { source, container } = item;
    const name = safe(source.name);
    return {
      ...item,
      source: name === source.name ? source : renamed(source, name),
      container: container === undefined ? undefined : { ...container, name: safe(container.name), notes: container.notes?.map(safe) },
    };
  };
  return {
    size: (requests) => evidence.size(requests),
    async *expand(requests, signal, { only, onPlanned, ...options } = {}) {
      const given = {
        ...options,
        ...(only === undefined ? {} : { only: (name: string) => only(safe(name)) }),
        onPlanned: (sources: readonly Pick<ByteSource, 'name' | 'size'>[]) =>
          onPlanned?.(sources.map(({ name, size }) => ({ name: safe(name), size }))),
      };
      for await (const item of evidence.expand(requests, signal, given)) yield safeItem(item);
    },
  };
}
