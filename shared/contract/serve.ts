import { AppError, toAppError } from './errors.ts';
import type { CallContext, EngineEvent, MethodTable } from './methods.ts';
import { PROTOCOL, type Down, type Transport, type Up } from './wire.ts';

/** A table's handlers with their types rubbed out, as the serving end needs them. */
export type LooseHandlers = Readonly<Record<string, (params: never, context: CallContext) => unknown>>;

export interface Served {
  push(event: EngineEvent): void;
  /** Resolves when no call runs any more. */
  idle(): Promise<void>;
}

/**
 * The serving end of a transport: checks parameters, runs the handler, answers once.
 * Errors: what a handler throws goes back as its code and message; a bug as `internal`, and `onBug` is told.
 */
export function serve(
  transport: Transport,
  table: MethodTable,
  handlers: LooseHandlers,
  options: { readonly engine: string; readonly onBug?: (error: AppError) => void },
): Served {
  const running = new Map<number, AbortController>();
  const ends = new Set<Promise<void>>();
  let open = true;
  const send = (down: Down): void => {
    if (open) transport.send(JSON.stringify(down));
  };

  const run = async (up: Extract<Up, { t: 'call' }>): Promise<void> => {
    const abort = new AbortController();
    running.set(up.id, abort);
    try {
      const method = Object.hasOwn(table, up.method) ? table[up.method] : undefined;
      const handler = Object.hasOwn(handlers, up.method) ? handlers[up.method] : undefined;
      if (method === undefined || handler === undefined) throw new AppError('unknown-method', `no method ${up.method} here`);
      const params = method.params.safeParse(up.params);
      if (!params.success)
        throw new AppError('bad-params', params.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '));
      const context: CallContext = {
        signal: abort.signal,
        progress: (progress) => {
          send({ t: 'progress', id: up.id, progress });
        },
      };
      const result: unknown = await handler(params.data as never, context);
      send({ t: 'ok', id: up.id, result });
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'internal') options.onBug?.(error);
      send({ t: 'fail', id: up.id, error: { code: error.code, message: error.message, details: error.details } });
    } finally {
      running.delete(up.id);
    }
  };

  transport.onText((text) => {
    const up = JSON.parse(text) as Up;
    if (up.t === 'cancel') running.get(up.id)?.abort(new AppError('cancelled', 'cancelled on request'));
    else {
      const ended: Promise<void> = run(up).finally(() => ends.delete(ended));
      ends.add(ended);
    }
  });
  transport.onClose((why) => {
    open = false;
    for (const abort of running.values()) abort.abort(new AppError('cancelled', why));
  });
  send({ t: 'hello', protocol: PROTOCOL, engine: options.engine });
  return {
    push: (event) => {
      send({ t: 'event', event });
    },
    async idle() {
      await Promise.allSettled(ends);
    },
  };
}
