import type { ByteSource, Imported, Importer, ReadContext } from '#shared/engine/importers/importer.ts';

/** A source that gives its bytes in chunks of one size. */
export function sourceOf(bytes: Uint8Array, name = 'evidence', chunkSize = 64 * 1024): ByteSource {
  return {
    name,
    size: bytes.length,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += chunkSize) yield await Promise.resolve(bytes.slice(at, at + chunkSize));
    },
  };
}

/** What an importer is handed in tests: UTC for stamps without a zone, never cancelled. */
export function readContext(overrides: Partial<ReadContext> = {}): ReadContext {
  return { signal: new AbortController().signal, zoneOffsetMinutes: 0, onBytes: () => undefined, ...overrides };
}

/** Everything that an importer gives out for some bytes. */
export async function readAll(
  importer: Importer,
  bytes: Uint8Array | string,
  options: { readonly name?: string; readonly chunkSize?: number } = {},
): Promise<readonly Imported[]> {
  const source = sourceOf(toBytes(bytes), options.name, options.chunkSize);
  const all: Imported[] = [];
  for await (const batch of importer.read(source, readContext())) all.push(...batch);
  return all;
}

/** How a ledger would count. */
export function countOf(items: readonly Imported[]): { accepted: number; rejected: number; skipped: number; warnings: number } {
  const issues = (severity: string): number => items.filter((item) => item.kind === 'issue' && item.severity === severity).length;
  return {
    accepted: items.filter((item) => item.kind === 'call' || item.kind === 'operation').length,
    rejected: issues('reject'),
    skipped: issues('skip'),
    warnings: issues('warning'),
  };
}

export const callsOf = (items: readonly Imported[]): Extract<Imported, { kind: 'call' }>[] => items.filter((item) => item.kind === 'call');
export const issuesOf = (items: readonly Imported[]): Extract<Imported, { kind: 'issue' }>[] =>
  items.filter((item) => item.kind === 'issue');
export const operationsOf = (items: readonly Imported[]): Extract<Imported, { kind: 'operation' }>[] =>
  items.filter((item) => item.kind === 'operation');
export const notesOf = (items: readonly Imported[]): string[] => items.flatMap((item) => (item.kind === 'note' ? [item.text] : []));

export const toBytes = (bytes: Uint8Array | string): Uint8Array => (typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
