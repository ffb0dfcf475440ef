import { toAppError } from '../../contract/errors.ts';
import { present } from '../../lib/assert.ts';
import { findChoice, toPlan } from '../importers/recognize.ts';
import { createIntake } from '../intake/intake.ts';
import type { CodecPort, CryptoPort } from '../ports.ts';
import { createEncoder } from './encode.ts';
import { buffersOf, type EncodedBatch } from './encoded-batch.ts';
import type { FromReader, IntakeKeys, ToReader } from './protocol.ts';
import { Queue } from './queue.ts';
import { readPart, readWhole } from './read.ts';

/** The line of a reader thread to who started it. */
export interface ReaderLine {
  post(message: FromReader, moved: readonly ArrayBufferLike[]): void;
  onMessage(listener: (message: ToReader) => void): void;
}

/** Batches that a whole source may be ahead of the writer. */
const AHEAD = 4;

/** Serves one reader thread: masks and encodes what it is sent. Lifetime: that of the thread, one import. */
export function serveReader(line: ReaderLine, keys: IntakeKeys, ports: { readonly crypto: CryptoPort; readonly codec: CodecPort }): void {
  const encoder = createEncoder(createIntake(ports.crypto, keys.caseKey, keys.passingKey, keys.issuerKeys), ports.codec);
  let chunks = new Queue<Uint8Array | undefined>();
  let stored = new Queue<true>();

  const send = (batch: EncodedBatch): void => {
    line.post({ k: 'batch', batch }, buffersOf(batch));
  };
  const fail = (thrown: unknown): void => {
    const { code, message, details } = toAppError(thrown);
    line.post({ k: 'failed', code, message, details, stack: thrown instanceof Error ? thrown.stack : undefined }, []);
  };

  const whole = async ({ choice, options, name, size }: ToReader & { readonly k: 'whole' }): Promise<void> => {
    async function* read(queue: Queue<Uint8Array | undefined>): AsyncGenerator<Uint8Array> {
      for (let chunk = await queue.next(); chunk !== undefined; chunk = await queue.next()) {
        yield chunk;
        line.post({ k: 'taken', bytes: chunk.length }, []);
      }
    }
    const source = { name, size, chunks: () => read(chunks) };
    const context = { ...options, signal: new AbortController().signal, onBytes: () => undefined };
    let ahead = 0;
    for await (const batch of readWhole(findChoice(choice), source, context, encoder)) {
      send(batch);
      ahead += 1;
      if (ahead < AHEAD) continue;
      await stored.next();
      ahead -= 1;
    }
    line.post({ k: 'done' }, []);
  };

  line.onMessage((message) => {
    switch (message.k) {
      case 'part':
        try {
          send(readPart(present(toPlan(findChoice(message.choice)), 'parts have a plan'), message, message.options, encoder));
          line.post({ k: 'done' }, []);
        } catch (thrown) {
          fail(thrown);
        }
        break;
      case 'whole':
        chunks = new Queue();
        stored = new Queue();
        whole(message).catch(fail);
        break;
      case 'chunk':
        chunks.put(message.bytes);
        break;
      case 'end':
        chunks.put(undefined);
        break;
      case 'stored':
        stored.put(true);
        break;
    }
  });
}
