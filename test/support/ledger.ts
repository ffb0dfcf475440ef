import { expect } from 'vitest';
import { listSources, pageIssues } from '#shared/engine/store/read/sources.ts';
import { callReader, everyCall } from '#shared/engine/store/read/calls/calls.ts';
import type { ByteSource } from '#shared/engine/ports.ts';
import { memoryCase } from './case.ts';
import { importByteSource } from './import-text.ts';
import { sourceOf, toBytes } from './read-evidence.ts';

/** What the case says about one source after its import. */
export interface Ledger {
  readonly state: string;
  readonly format: string | undefined;
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
  /** Issues as `severity CODE`, sorted, each once. */
  readonly issues: readonly string[];
  /** Calls as `METHOD path status`, in the order of the source. */
  readonly calls: readonly string[];
  readonly notes: readonly string[];
}

/** Imports one source as the import job does, and checks what holds for every source: the ledger balances, every byte counts. */
export async function ledgerOf(content: string | Uint8Array | ByteSource, name = 'evidence'): Promise<Ledger> {
  const db = memoryCase();
  const source = typeof content === 'object' && 'chunks' in content ? content : sourceOf(toBytes(content), name);
  await importByteSource(db, source);
  const [row] = listSources(db);
  if (row === undefined) throw new Error('no source');
  expect(row.records).toBe(row.accepted + row.rejected + row.skipped);
  if (row.state === 'complete') expect(row.bytesAccounted).toBe(row.bytes);
  const issues = pageIssues(db, {}, 0, 1000).rows.map(({ severity, code }) => `${severity} ${code}`);
  const calls = [...callReader(db).iterate(everyCall)].sort((a, b) => placeOf(a.ref) - placeOf(b.ref));
  return {
    state: row.state,
    format: row.format,
    accepted: row.accepted,
    rejected: row.rejected,
    skipped: row.skipped,
    issues: [...new Set(issues)].sort(),
    calls: calls.map((call) => [call.method, call.path, call.status].filter((part) => part !== undefined).join(' ')),
    notes: row.notes,
  };
}

const placeOf = (ref: string): number => Number(/\d+$/.exec(ref)?.[0] ?? 0);
