import { importSource, type ImportedSource, type ImportTools } from '#shared/engine/jobs/import-source.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { knownSecrets } from '#shared/engine/reading/known-secrets.ts';
import { localReader } from '#shared/engine/reading/local-reader.ts';
import type { ByteSource } from '#shared/engine/ports.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { caseKey } from '#shared/engine/store/open.ts';
import { createRawWriter } from '#shared/engine/store/write.ts';
import { fixedCrypto, testCodec } from './case.ts';
import { sourceOf, toBytes } from './read-evidence.ts';

/** Imports text into a case as one source, as the import job does. */
export const importText = (db: SqlDriver, name: string, text: string, changes: Partial<ImportTools> = {}): Promise<ImportedSource> =>
  importByteSource(db, sourceOf(toBytes(text), name), changes);

/** Imports one source into a case, as the import job does. */
export function importByteSource(db: SqlDriver, source: ByteSource, changes: Partial<ImportTools> = {}): Promise<ImportedSource> {
  return importSource(
    source,
    undefined,
    { format: undefined, settings: {} },
    {
      db,
      writer: createRawWriter(db),
      reader: localReader({ caseKey: caseKey(db), passingKey: fixedCrypto.randomBytes(32) }, { crypto: fixedCrypto, codec: testCodec }),
      maskText: (text) => createIntake(fixedCrypto, caseKey(db)).maskText(text),
      crypto: fixedCrypto,
      secrets: knownSecrets(),
      signal: new AbortController().signal,
      breathe: () => Promise.resolve(),
      onBytes: () => undefined,
      zone: undefined,
      ...changes,
    },
  );
}
