import { nodePorts } from '#electron/node/ports.ts';
import type { CallContext } from '#shared/contract/methods.ts';
import type { EngineHandlers } from '#shared/contract/table.ts';
import { createEngine } from '#shared/engine/index.ts';
import type { OutputFile } from '#shared/engine/ports.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { fixedCrypto, memoryCase } from '../case.ts';
import { sourceOf } from '../read-evidence.ts';

/** An engine over a case in memory that read some evidence; `outputs` holds what it wrote, by path. */
export interface EngineOver {
  readonly db: SqlDriver;
  readonly engine: EngineHandlers;
  readonly outputs: ReadonlyMap<string, string>;
}

export const idleContext: CallContext = { signal: new AbortController().signal, progress: () => undefined };

function outputTo(outputs: Map<string, string>, path: string): OutputFile {
  const parts: Uint8Array[] = [];
  const whole = (): Buffer => Buffer.concat(parts);
  return {
    write: (text) => void parts.push(Buffer.from(text)),
    writeBytes: (bytes) => void parts.push(bytes.slice()),
    commit: () => {
      outputs.set(path, whole().toString('utf8'));
      return Promise.resolve({ bytes: whole().length, sha256: fixedCrypto.sha256Hex(whole().toString('latin1')) });
    },
    abandon: () => undefined,
  };
}

/** Imports files into a case in memory and analyses it. Errors: as import and analysis. */
export async function engineOver(files: Readonly<Record<string, Uint8Array>>): Promise<EngineOver> {
  const db = memoryCase();
  const outputs = new Map<string, string>();
  const engine = createEngine(
    db,
    {
      ...nodePorts('0.0.0'),
      readers: undefined,
      crypto: fixedCrypto,
      openOutput: (path) => outputTo(outputs, path),
      openInFolder: (folder, name) => outputTo(outputs, `${folder}/${name}`),
      evidence: {
        size: () => Promise.resolve(0),
        async *expand() {
          for (const [name, bytes] of Object.entries(files)) {
            await Promise.resolve();
            yield { kind: 'source', source: sourceOf(bytes, name), container: undefined, format: undefined };
          }
        },
      },
    },
    () => undefined,
  );
  await engine['case.import']({ paths: [{ path: 'evidence' }] }, idleContext);
  await engine['case.analyze']({}, idleContext);
  return { db, engine, outputs };
}
