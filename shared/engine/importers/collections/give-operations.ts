import type { ByteRange, ImportedOperation, ImportedSpecification } from '../../../model/call.ts';
import type { Imported } from '../importer.ts';
import { Batch, checkCancelled } from '../read/reading.ts';
import type { RequestUrl } from './request-url.ts';

/** A request of a collection, as an operation of an inventory. */
export interface CollectedRequest {
  readonly at: ByteRange;
  readonly url: RequestUrl;
  readonly operation: ImportedOperation;
}

/** Gives out a collection: what it is, its requests as operations, and what is doubtful about it. */
export function* giveOperations(
  about: Omit<ImportedSpecification, 'servers'>,
  requests: readonly CollectedRequest[],
  notes: readonly string[],
  signal: AbortSignal,
): Generator<readonly Imported[]> {
  const batch = new Batch();
  const servers = new Set(requests.map(({ url }) => url.server).filter((server) => server !== undefined));
  batch.add({ kind: 'specification', specification: { ...about, servers: servers.size === 0 ? ['/'] : [...servers] } });
  for (const [index, { at, operation }] of requests.entries()) {
    batch.add({ kind: 'operation', record: index + 1, at, operation });
    if (!batch.full) continue;
    yield batch.take();
    checkCancelled(signal);
  }
  const hidden = [...new Set(requests.map(({ url }) => url.hiddenBy).filter((name) => name !== undefined))];
  if (hidden.length > 0) {
    const list = hidden.slice(0, 10).map((name) => name.slice(0, 60));
    batch.add({ kind: 'note', text: `Hosts stand in variables that the file does not define: ${list.join(', ')}.` });
  }
  for (const text of notes) batch.add({ kind: 'note', text });
  batch.add({ kind: 'note', text: 'Requests of a collection are what may be called, not calls: they serve as an inventory.' });
  yield batch.take();
}
