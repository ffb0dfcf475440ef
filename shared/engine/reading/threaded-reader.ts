import { AppError } from '../../contract/errors.ts';
import { present } from '../../lib/assert.ts';
import { detectEncoding } from '../../lib/text-bytes.ts';
import type { ByteSource, ReadContext } from '../importers/importer.ts';
import { toPlan, type ReadableChoice } from '../importers/recognize.ts';
import { checkCancelled } from '../importers/read/reading.ts';
import type { FromReader, IntakeKeys, NamedChoice, ReaderThread, ReaderThreads, ToReader } from './protocol.ts';
import { Queue } from './queue.ts';
import { cutParts, isReadInParts } from './read.ts';
import { newReaderNames, type ReaderNames } from './reader-names.ts';
import type { NamedBatch, SourceReader } from './source-reader.ts';

/** Parts that each thread may have before it: one to read, one so that it never waits. */
const PARTS_EACH = 2;
/** Bytes of a whole source that may be on their way to its thread. */
const BYTES_AHEAD = 8 * 1024 * 1024;

/** A running thread, what it said and how it names things. */
interface Running {
  readonly thread: ReaderThread;
  readonly names: ReaderNames;
  readonly said: Queue<FromReader>;
}

const optionsOf = ({ zoneOffsetMinutes, settings }: ReadContext): Pick<ReadContext, 'zoneOffsetMinutes' | 'settings'> => ({
  zoneOffsetMinutes,
  settings,
});

const nameOf = ({ importer, layers }: ReadableChoice): NamedChoice => ({ importer: importer.id, layers: layers.map(({ id }) => id) });

/** Errors: what the thread said went wrong, as if it had been thrown here. */
function rethrow(said: FromReader & { readonly k: 'failed' }): never {
  if (said.code !== 'internal') throw new AppError(said.code, said.message, said.details);
  const bug = new Error(said.message);
  if (said.stack !== undefined) bug.stack = said.stack;
  throw bug;
}

/**
 * Reads with several threads: lines that do not depend on each other in parts at once, anything else in one thread beside the
 * one that writes. The batches come in the order of the source whatever the number of threads.
 */
export function threadedReader(threads: ReaderThreads, keys: IntakeKeys): SourceReader {
  const running: (Running | undefined)[] = new Array<Running | undefined>(threads.count).fill(undefined);

  const start = (slot: number): Running => {
    const known = running[slot];
    if (known !== undefined) return known;
    const said = new Queue<FromReader>();
    const thread = threads.start(keys);
    thread.onMessage((message) => {
      said.put(message);
    });
    thread.onDeath((why) => {
      running[slot] = undefined;
      said.fail(new AppError('damaged-file', `the reader died on this file: ${why}`, { code: 'PARSER_CRASH' }));
    });
    const made = { thread, names: newReaderNames(), said };
    running[slot] = made;
    return made;
  };
  /** A source that was left in the middle leaves threads that still talk about it. */
  const stop = (): void => {
    for (const [slot, each] of running.entries()) {
      each?.thread.end();
      running[slot] = undefined;
    }
  };

  async function* readParts(
    choice: ReadableChoice,
    source: ByteSource,
    head: Uint8Array,
    context: ReadContext,
  ): AsyncGenerator<NamedBatch> {
    const named = nameOf(choice);
    const waiting: Running[] = [];
    const oldest = async (): Promise<NamedBatch> => {
      const reader = present(waiting.shift(), 'a part is waited for');
      const said = await reader.said.next();
      if (said.k === 'failed') rethrow(said);
      if (said.k !== 'batch') throw new Error(`a reader said ${said.k} instead of a batch`);
      await reader.said.next();
      return { batch: said.batch, names: reader.names };
    };
    let slot = 0;
    for await (const { bytes, offset, first, leftOut } of cutParts(source.chunks(), detectEncoding(head).markLength)) {
      checkCancelled(context.signal);
      const reader = start(slot);
      slot = (slot + 1) % threads.count;
      reader.thread.post({ k: 'part', choice: named, options: optionsOf(context), bytes, offset, first, leftOut }, [bytes.buffer]);
      waiting.push(reader);
      if (waiting.length === threads.count * PARTS_EACH) yield await oldest();
    }
    while (waiting.length > 0) yield await oldest();
  }

  async function* readWhole(choice: ReadableChoice, source: ByteSource, context: ReadContext): AsyncGenerator<NamedBatch> {
    const { thread, names, said } = start(0);
    const room = new Queue<true>();
    let onTheWay = 0;
    let isOver = false;
    const post = (message: ToReader, moved: readonly ArrayBufferLike[] = []): void => {
      if (!isOver) thread.post(message, moved);
    };
    const send = async (): Promise<void> => {
      for await (const chunk of source.chunks()) {
        if (isOver) return;
        // Memory of its own: the chunk moves to the other thread. `slice` of Node's buffers shares the memory, which an inflater
        // still writes to: moving it ended the process.
        const bytes = new Uint8Array(chunk);
        onTheWay += bytes.length;
        post({ k: 'chunk', bytes }, [bytes.buffer]);
        while (onTheWay > BYTES_AHEAD) await room.next();
      }
      post({ k: 'end' });
    };
    post({ k: 'whole', choice: nameOf(choice), options: optionsOf(context), name: source.name, size: source.size });
    const sent = send();
    sent.catch((error: unknown) => {
      said.fail(error);
    });
    try {
      for (;;) {
        const message = await said.next();
        checkCancelled(context.signal);
        if (message.k === 'failed') rethrow(message);
        if (message.k === 'done') return;
        if (message.k === 'taken') {
          onTheWay -= message.bytes;
          room.put(true);
        } else {
          yield { batch: message.batch, names };
          post({ k: 'stored' });
        }
      }
    } finally {
      isOver = true;
      onTheWay = 0;
      room.put(true);
    }
  }

  return {
    async *read(choice, source, head, context) {
      const plan = toPlan(choice);
      let isDone = false;
      try {
        yield* plan !== undefined && context.settings.encoding === undefined && isReadInParts(plan, head)
          ? readParts(choice, source, head, context)
          : readWhole(choice, source, context);
        isDone = true;
      } finally {
        if (!isDone) stop();
      }
    },
    end: stop,
  };
}
