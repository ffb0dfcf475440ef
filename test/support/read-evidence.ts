import type { ByteSource, Imported, Importer, ReadContext } from '#shared/engine/importers/importer.ts';
import { readChosen, recognize } from '#shared/engine/importers/recognize.ts';
import type { ReadSettings } from '#shared/model/read-settings.ts';

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
  return { signal: new AbortController().signal, zoneOffsetMinutes: 0, settings: {}, onBytes: () => undefined, ...overrides };
}

interface ReadAllOptions {
  readonly name?: string;
  readonly chunkSize?: number;
  readonly settings?: ReadSettings;
  /** Minutes east of UTC. */
  readonly zoneOffsetMinutes?: number;
}

/** Everything that an importer gives out for some bytes, with the envelopes that recognition finds taken off. */
export async function readAll(importer: Importer, bytes: Uint8Array | string, options: ReadAllOptions = {}): Promise<readonly Imported[]> {
  const all: Imported[] = [];
  const { settings = {}, zoneOffsetMinutes = 0 } = options;
  const source = sourceOf(toBytes(bytes), options.name, options.chunkSize);
  const choice = recognize(toBytes(bytes).subarray(0, 64 * 1024), source.name, importer.id, settings);
  const context = readContext({ settings: choice.settings, zoneOffsetMinutes });
  for await (const batch of readChosen({ importer, layers: choice.layers }, source, context)) all.push(...batch);
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
