import type { IssuerKey } from '../../model/knowledge/issuer-key.ts';
import type { EnginePorts } from '../ports.ts';
import { localReader } from './local-reader.ts';
import type { SourceReader } from './source-reader.ts';
import { threadedReader } from './threaded-reader.ts';

/** A smaller source is read before a thread has started. Units: bytes. */
const WORTH_THREADS = 2 * 1024 * 1024;

/** The readers of one import: threads for large sources where the host has them, the writer's own thread otherwise. */
export function openReader(ports: EnginePorts, caseKey: Uint8Array, issuerKeys: readonly IssuerKey[]): SourceReader {
  const keys = { caseKey, passingKey: ports.crypto.randomBytes(32), issuerKeys };
  const local = localReader(keys, ports);
  if (ports.readers === undefined) return local;
  const threaded = threadedReader(ports.readers, keys);
  return {
    read: (choice, source, head, context) =>
      (source.size !== undefined && source.size < WORTH_THREADS ? local : threaded).read(choice, source, head, context),
    end: () => {
      threaded.end();
    },
  };
}
