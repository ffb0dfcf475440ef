import { AppError } from './errors.ts';
import type { Client, EngineEvent, MethodTable, Progress } from './methods.ts';
import { PROTOCOL, type Down, type Transport, type Up } from './wire.ts';

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: AppError) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  readonly forget: () => void;
}

/**
 * The calling end of a transport. A cancel rejects at once and tells the other end; a late answer is dropped; a closed
 * transport rejects every pending and later call with `disconnected`.
 */
export function createClient<Table extends MethodTable>(transport: Transport): Client<Table> {
  const pending = new Map<number, Pending>();
  const eventListeners = new Set<(event: EngineEvent) => void>();
  const closeListeners = new Set<(why: string) => void>();
  let nextId = 1;
  let closed: AppError | undefined;

  const shut = (error: AppError): void => {
    if (closed !== undefined) return;
    closed = error;
    for (const [id, call] of [...pending]) {
      pending.delete(id);
      call.forget();
      call.reject(error);
    }
    for (const listener of closeListeners) listener(error.message);
  };

  const settle = (id: number): Pending | undefined => {
    const call = pending.get(id);
    pending.delete(id);
    call?.forget();
    return call;
  };

  transport.onText((text) => {
    const down = JSON.parse(text) as Down;
    if (down.t === 'hello') {
      if (down.protocol !== PROTOCOL) {
        shut(new AppError('protocol', `this window speaks protocol ${String(PROTOCOL)}, the engine ${String(down.protocol)}`));
        transport.close();
      }
    } else if (down.t === 'ok') settle(down.id)?.resolve(down.result as never);
    else if (down.t === 'fail') settle(down.id)?.reject(new AppError(down.error.code, down.error.message, down.error.details));
    else if (down.t === 'progress') pending.get(down.id)?.onProgress?.(down.progress);
    else for (const listener of eventListeners) listener(down.event);
  });
  transport.onClose((why) => {
    shut(new AppError('disconnected', why));
  });

  return {
    call(name, params, options = {}) {
      return new Promise((resolve, reject) => {
        if (closed !== undefined) {
          reject(closed);
          return;
        }
        const { signal, onProgress } = options;
        if (signal?.aborted === true) {
          reject(new AppError('cancelled', `${name} was cancelled before it began`));
          return;
        }
        const id = nextId++;
        const onAbort = (): void => {
          settle(id)?.reject(new AppError('cancelled', `${name} was cancelled`));
          if (closed === undefined) transport.send(JSON.stringify({ t: 'cancel', id } satisfies Up));
        };
        const forget = (): void => {
          signal?.removeEventListener('abort', onAbort);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        pending.set(id, { resolve, reject, onProgress, forget });
        transport.send(JSON.stringify({ t: 'call', id, method: name, params } satisfies Up));
      });
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onClose(listener) {
      closeListeners.add(listener);
      return () => closeListeners.delete(listener);
    },
    close() {
      transport.close();
      shut(new AppError('disconnected', 'closed by this end'));
    },
  };
}
