import { createIntake } from '../intake/intake.ts';
import type { CodecPort, CryptoPort } from '../ports.ts';
import { newReaderNames } from './reader-names.ts';
import type { IntakeKeys } from './protocol.ts';
import { createEncoder } from './encode.ts';
import { readWhole } from './read.ts';
import type { SourceReader } from './source-reader.ts';

/** Reads in the thread that writes: for small imports, tests, and hosts without threads. */
export function localReader(keys: IntakeKeys, ports: { readonly crypto: CryptoPort; readonly codec: CodecPort }): SourceReader {
  const encoder = createEncoder(createIntake(ports.crypto, keys.caseKey, keys.passingKey, keys.issuerKeys), ports.codec);
  const names = newReaderNames();
  return {
    async *read(choice, source, _head, context) {
      for await (const batch of readWhole(choice, source, context, encoder)) yield { batch, names };
    },
    end: () => undefined,
  };
}
