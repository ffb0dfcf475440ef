import { AppError, toAppError } from '#shared/contract/errors.ts';
import type { Progress } from '#shared/contract/methods.ts';

/** What is known of one question. */
export interface Answer<T> {
  readonly data: T | undefined;
  readonly error: AppError | undefined;
  readonly loading: boolean;
  /** How far a long answer is, where the engine says so. */
  readonly progress?: Progress;
}

/** Asks the engine; a restarted query process makes it ask once more. */
export type Ask<T> = (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<T>;

interface Entry {
  answer: Answer<unknown>;
  abort: AbortController | undefined;
  readonly listeners: Set<() => void>;
}

/** Answers kept for questions that nobody looks at any more; a screenful of pages fits many times. */
const KEEP_UNUSED = 60;
/** A question that nobody waits for is cancelled after this; React mounts and unmounts faster. Units: ms. */
const CANCEL_AFTER = 80;

export interface QueryCache {
  get(key: string): Answer<unknown>;
  /** Runs `listener` at each change of `key` and asks if nobody did; returns how to stop, which may cancel. */
  watch(key: string, ask: Ask<unknown>, listener: () => void): () => void;
  /** Forgets the answer and asks again. */
  reload(key: string, ask: Ask<unknown>): void;
  /** Gives a question up that the analyst will not wait for; the answer is `cancelled` until it is asked again. */
  stop(key: string): void;
  clear(): void;
}

const NOTHING: Answer<unknown> = { data: undefined, error: undefined, loading: true };

/** One cache per connection: every question is asked once, however many parts of the screen need its answer. */
export function createQueryCache(): QueryCache {
  const entries = new Map<string, Entry>();

  const entryOf = (key: string): Entry => {
    const found = entries.get(key);
    if (found !== undefined) return found;
    const made: Entry = { answer: NOTHING, abort: undefined, listeners: new Set() };
    entries.set(key, made);
    return made;
  };

  const set = (entry: Entry, answer: Answer<unknown>): void => {
    entry.answer = answer;
    for (const listener of [...entry.listeners]) listener();
  };

  const start = (key: string, entry: Entry, ask: Ask<unknown>): void => {
    const abort = new AbortController();
    entry.abort = abort;
    const settle = (answer: Answer<unknown>): void => {
      // A later question of the same key has taken over: its answer wins.
      if (entry.abort !== abort) return;
      entry.abort = undefined;
      set(entry, answer);
    };
    const run = (again: boolean): void => {
      const onProgress = (progress: Progress): void => {
        if (entry.abort === abort) set(entry, { ...NOTHING, progress });
      };
      ask(abort.signal, onProgress).then(
        (data) => {
          settle({ data, error: undefined, loading: false });
        },
        (thrown: unknown) => {
          const error = toAppError(thrown);
          if (again && error.code === 'crashed' && !abort.signal.aborted) run(false);
          else if (error.code !== 'cancelled') settle({ data: undefined, error, loading: false });
          else if (entry.abort === abort && entries.get(key) === entry) entries.delete(key);
        },
      );
    };
    run(true);
  };

  const prune = (): void => {
    const unused = [...entries].filter(([, entry]) => entry.listeners.size === 0);
    for (const [key] of unused.slice(0, Math.max(0, unused.length - KEEP_UNUSED))) entries.delete(key);
  };

  return {
    get: (key) => entries.get(key)?.answer ?? NOTHING,
    watch(key, ask, listener) {
      const entry = entryOf(key);
      entry.listeners.add(listener);
      if (entry.answer.loading && entry.abort === undefined) start(key, entry, ask);
      return () => {
        entry.listeners.delete(listener);
        if (entry.listeners.size > 0) return;
        if (entry.abort === undefined) prune();
        else {
          setTimeout(() => {
            if (entry.listeners.size > 0 || entry.abort === undefined) return;
            entries.delete(key);
            entry.abort.abort();
          }, CANCEL_AFTER);
        }
      };
    },
    reload(key, ask) {
      const entry = entryOf(key);
      set(entry, NOTHING);
      start(key, entry, ask);
    },
    stop(key) {
      const entry = entries.get(key);
      const abort = entry?.abort;
      if (entry === undefined || abort === undefined) return;
      // Before the abort is heard: what was stopped must not be forgotten, or it would be asked again at once.
      entry.abort = undefined;
      set(entry, { data: undefined, error: new AppError('cancelled', 'stopped on request'), loading: false });
      abort.abort();
    },
    clear() {
      entries.clear();
    },
  };
}
