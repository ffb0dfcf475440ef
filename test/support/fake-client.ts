import { AppError } from '#shared/contract/errors.ts';
import type { CallContext, EngineEvent } from '#shared/contract/methods.ts';
import type { EngineHandlers, HostHandlers, SpoorClient } from '#shared/contract/table.ts';

export type FakeAnswers = Partial<EngineHandlers & HostHandlers>;

/** One question that a fake client was asked. */
export interface Asked {
  readonly method: string;
  readonly params: unknown;
}

export interface FakeClient extends SpoorClient {
  /** Everything that was asked, in order. */
  readonly asked: readonly Asked[];
  push(event: EngineEvent): void;
}

/** A client with fixed answers, typed by the contract; a method without an answer fails as `unknown-method`. */
export function createFakeClient(answers: FakeAnswers): FakeClient {
  const asked: Asked[] = [];
  const events = new Set<(event: EngineEvent) => void>();
  const loose = answers as Readonly<Record<string, ((params: unknown, context: CallContext) => unknown) | undefined>>;
  return {
    asked,
    async call(name, params, options = {}) {
      asked.push({ method: name, params });
      const answer = loose[name];
      if (answer === undefined) throw new AppError('unknown-method', `the fake client has no answer to ${name}`);
      const signal = options.signal ?? new AbortController().signal;
      const cancelled = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new AppError('cancelled', `${name} was cancelled`));
        });
      });
      const progress = options.onProgress ?? (() => undefined);
      return (await Promise.race([answer(params, { signal, progress }), cancelled])) as never;
    },
    push(event) {
      for (const listener of events) listener(event);
    },
    onEvent(listener) {
      events.add(listener);
      return () => events.delete(listener);
    },
    onClose: () => () => undefined,
    close: () => undefined,
  };
}
