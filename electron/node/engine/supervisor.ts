import { AppError, toAppError } from '#shared/contract/errors.ts';
import type { Audience, EngineEvent } from '#shared/contract/methods.ts';
import { allMethods } from '#shared/contract/table.ts';
import { PROTOCOL, type Down, type Transport, type Up } from '#shared/contract/wire.ts';
import { oneAtATime } from '#shared/engine/jobs/one-at-a-time.ts';
import { caseKeyFor, type CaseKey } from '../encryption/case-key.ts';
import type { EngineProcess, EngineRole, FromEngine, SpawnEngine, ToEngine } from './protocol.ts';

/** A cancelled read that has not ended by then ends with its process: SQLite cannot be interrupted. Units: ms. */
export const CANCEL_PATIENCE = 400;
/** How long a process may take to open its case. Units: ms. */
export const OPEN_PATIENCE = 60_000;
/** How long a process may take to close its case. Units: ms. */
export const CLOSE_PATIENCE = 30_000;

/** Answers the methods of kind `host` on one connection. */
export type HostSide = (transport: Transport) => void;

export interface OpenOptions {
  readonly create: boolean;
  readonly title: string;
  /** Starts no writer, so that not a byte of the case changes and one that is open elsewhere can be read. */
  readonly readOnly?: boolean | undefined;
  /** Starts the reader at the first question, for commands that mostly write: a process less, and its memory. */
  readonly readerWhenAsked?: boolean | undefined;
  /** Of an encrypted case, or one that is made encrypted. */
  readonly passphrase?: string | undefined;
  /** In place of the passphrase, for a copy of a case that was open: copies keep its key. */
  readonly key?: CaseKey | undefined;
}

/** What a process is told of the case that it opens. */
type OpenOrder = Omit<Extract<ToEngine, { k: 'open' }>, 'k' | 'role'>;

/** Keeps the two engine processes of one case alive and passes texts between them and any number of clients. */
export interface Supervisor {
  /** Opens a case in fresh processes; ends those of the case before. Errors: what opening said. */
  open(casePath: string, options: OpenOptions): Promise<void>;
  /** Closes the case cleanly; clients stay connected and hear `not-found` until another is open. */
  close(): Promise<void>;
  /** Path of the open case. */
  readonly casePath: () => string | undefined;
  /** Key of the open case; `undefined` for a plain one. */
  readonly caseKey: () => CaseKey | undefined;
  /** Attaches a client. `audience` decides what it may call; `hostSide` answers methods of kind `host`. */
  connect(transport: Transport, audience: Audience, hostSide?: HostSide): void;
  /** Tells every client. */
  push(event: EngineEvent): void;
  /** Ends the work process at once, as a crash would; for a reader that hangs. */
  killWork(): void;
}

interface Running {
  readonly process: EngineProcess;
  readonly role: EngineRole;
  ending: boolean;
}

interface Client {
  readonly transport: Transport;
  readonly audience: Audience;
  readonly toHost: ((text: string) => void) | undefined;
  /** Calls that an engine process has and has not answered. */
  readonly pending: Map<number, { readonly role: EngineRole; readonly method: string }>;
}

const ANSWER = /^\{"t":"(ok|fail)","id":(\d+)/;

/** What a client sent, or `undefined` when it is not of our protocol: the other end is not our page then. */
function parseUp(text: string): Up | undefined {
  try {
    const up: unknown = JSON.parse(text);
    if (typeof up !== 'object' || up === null || !('id' in up) || !Number.isSafeInteger(up.id) || !('t' in up)) return undefined;
    if (up.t === 'cancel') return up as Up;
    return up.t === 'call' && 'method' in up && typeof up.method === 'string' ? (up as Up) : undefined;
  } catch {
    return undefined; // not JSON: not our page
  }
}

/** Starts a process and waits until it has opened the case. */
function start(spawn: SpawnEngine, role: EngineRole, open: OpenOrder): Promise<Running> {
  return new Promise((resolve, reject) => {
    const running: Running = { process: spawn(role), role, ending: false };
    const timer = setTimeout(() => {
      running.process.kill();
      reject(new AppError('crashed', `the ${role} process did not open the case within ${String(OPEN_PATIENCE / 1000)} s`));
    }, OPEN_PATIENCE);
    running.process.onMessage((message) => {
      if (message.k !== 'opened' && message.k !== 'failed') return;
      clearTimeout(timer);
      if (message.k === 'opened') {
        resolve(running);
        return;
      }
      running.ending = true;
      running.process.kill();
      reject(new AppError(message.error.code, message.error.message, message.error.details));
    });
    running.process.onExit((why) => {
      clearTimeout(timer);
      reject(new AppError('crashed', `the ${role} process could not start: ${why}`));
    });
    running.process.send({ k: 'open', role, ...open });
  });
}

/** Asks a process to close its case, and waits until it is gone. */
function end(running: Running): Promise<void> {
  return new Promise((resolve) => {
    running.ending = true;
    const timer = setTimeout(() => {
      running.process.kill();
    }, CLOSE_PATIENCE);
    running.process.onExit(() => {
      clearTimeout(timer);
      resolve();
    });
    running.process.send({ k: 'end' });
  });
}

/** Makes a supervisor that starts its processes with `spawn`. `onBug` hears what the engine calls a bug of its own. */
export function createSupervisor(spawn: SpawnEngine, version: string, onBug: (message: string) => void): Supervisor {
  const clients = new Map<number, Client>();
  let nextClient = 1;
  // A close in the middle of an open would leave a process that nobody ends.
  const inTurn = oneAtATime();
  let engines: Partial<Record<EngineRole, Running>> = {};
  let open: OpenOrder | undefined;
  let readOnly = false;
  /** Starts a process that is not there when something is asked of it: a reader that waits for that, and whatever could not be started again. */
  let held: { [Role in EngineRole]?: (() => Promise<void>) | undefined } = {};

  const send = (client: Client, down: Down): void => {
    client.transport.send(JSON.stringify(down));
  };
  const fail = (client: Client, id: number, error: AppError): void => {
    send(client, { t: 'fail', id, error: { code: error.code, message: error.message, details: error.details } });
  };
  const push = (event: EngineEvent): void => {
    for (const client of clients.values()) send(client, { t: 'event', event });
  };

  const failPending = (role: EngineRole, error: AppError): void => {
    for (const client of clients.values()) {
      for (const [id, call] of [...client.pending]) {
        if (call.role !== role) continue;
        client.pending.delete(id);
        fail(client, id, error);
      }
    }
  };

  const onMessage = (message: FromEngine): void => {
    if (message.k === 'bug') onBug(message.message);
    if (message.k !== 'text') return;
    const client = clients.get(message.connection);
    if (client === undefined || message.text.startsWith('{"t":"hello"')) return;
    const answer = ANSWER.exec(message.text);
    // An answer that came after the call was given up is dropped.
    if (answer !== null && !client.pending.delete(Number(answer[2]))) return;
    client.transport.send(message.text);
  };

  const adopt = (running: Running): void => {
    engines[running.role] = running;
    running.process.onMessage(onMessage);
    running.process.onExit((why) => {
      if (running.ending || engines[running.role] !== running) return;
      void restart(running.role, why);
    });
    for (const id of clients.keys()) running.process.send({ k: 'connect', connection: id });
  };

  const restart = async (role: EngineRole, why: string): Promise<void> => {
    engines = { ...engines, [role]: undefined };
    const reason = `the ${role} process died: ${why}`;
    const which = open;
    if (which === undefined) return;
    try {
      const running = await start(spawn, role, { ...which, create: false });
      // Another case may have been opened while this one's process started.
      if (open !== which) {
        await end(running);
        return;
      }
      adopt(running);
      push({ event: 'engine-restarted', process: role, why });
      failPending(role, new AppError('crashed', reason));
    } catch (thrown) {
      failPending(role, thrown instanceof AppError ? thrown : new AppError('crashed', reason));
      // What kept it from starting may pass: whoever asks next tries again.
      if (open === which) held[role] = startWhenAsked(role, which, why);
    }
  };

  const endAll = async (): Promise<void> => {
    const { work, query } = engines;
    engines = {};
    open = undefined;
    held = {};
    failPending('work', new AppError('cancelled', 'the case was closed'));
    failPending('query', new AppError('cancelled', 'the case was closed'));
    // The reader first: the writer can then fold the log into one file.
    if (query !== undefined) await end(query);
    if (work !== undefined) await end(work);
  };

  /**
   * Starts a process of a case once, however often it is asked to; one that could not start is started anew when asked again. `died`: why
   * the one before it ended.
   */
  const startWhenAsked = (role: EngineRole, which: NonNullable<typeof open>, died?: string): (() => Promise<void>) => {
    let started: Promise<void> | undefined;
    const startNow = async (): Promise<void> => {
      try {
        const running = await start(spawn, role, { ...which, create: false });
        // The case may have been closed while its process started.
        if (open !== which) {
          await end(running);
          return;
        }
        held[role] = undefined;
        adopt(running);
        if (died !== undefined) push({ event: 'engine-restarted', process: role, why: died });
      } catch (thrown) {
        started = undefined;
        throw thrown;
      }
    };
    return () => (started ??= startNow());
  };

  const onCall = (clientId: number, client: Client, up: Extract<Up, { t: 'call' }>, text: string): void => {
    const method = Object.hasOwn(allMethods, up.method) ? allMethods[up.method as keyof typeof allMethods] : undefined;
    if (method === undefined || (method.audience === 'host' && client.audience !== 'host')) {
      fail(client, up.id, new AppError('unknown-method', `no method ${up.method} here`));
    } else if (method.kind === 'host') {
      if (client.toHost === undefined) fail(client, up.id, new AppError('unknown-method', `no method ${up.method} here`));
      else client.toHost(text);
    } else {
      const role: EngineRole = method.kind === 'read' || (method.kind === 'export' && engines.work === undefined) ? 'query' : 'work';
      const engine = engines[role];
      const startIt = held[role];
      if (engine === undefined && startIt !== undefined) {
        startIt().then(
          () => {
            onCall(clientId, client, up, text);
          },
          (thrown: unknown) => {
            fail(client, up.id, toAppError(thrown));
          },
        );
        return;
      }
      if (engine === undefined && role === 'work' && open !== undefined && readOnly) {
        fail(client, up.id, new AppError('read-only', 'the case is open for reading only; nothing was changed'));
        return;
      }
      if (engine === undefined) {
        fail(
          client,
          up.id,
          open === undefined
            ? new AppError('not-found', 'no case is open')
            : new AppError('crashed', `the ${role} process is starting again`),
        );
        return;
      }
      client.pending.set(up.id, { role, method: up.method });
      engine.process.send({ k: 'text', connection: clientId, text });
    }
  };

  const onCancel = (clientId: number, client: Client, id: number, text: string): void => {
    const call = client.pending.get(id);
    if (call === undefined) {
      client.toHost?.(text);
      return;
    }
    engines[call.role]?.process.send({ k: 'text', connection: clientId, text });
    if (call.role !== 'query') return;
    const busy = engines.query;
    setTimeout(() => {
      if (client.pending.has(id) && engines.query === busy) busy?.process.kill();
    }, CANCEL_PATIENCE);
  };

  return {
    open: (casePath, options) =>
      inTurn(async () => {
        await endAll();
        const key = options.key ?? (await caseKeyFor(casePath, options.passphrase));
        open = { casePath, version, create: options.create, title: options.title, key };
        readOnly = options.readOnly === true;
        try {
          if (!readOnly) adopt(await start(spawn, 'work', open));
          open = { ...open, create: false };
          const startReader = startWhenAsked('query', open);
          if (options.readerWhenAsked === true) held.query = startReader;
          else await startReader();
        } catch (thrown) {
          await endAll();
          throw thrown;
        }
      }),
    close: () => inTurn(endAll),
    casePath: () => open?.casePath,
    caseKey: () => open?.key,
    connect(transport, audience, hostSide) {
      const id = nextClient++;
      let hostText: ((text: string) => void) | undefined;
      hostSide?.({
        send: (text) => {
          if (!text.startsWith('{"t":"hello"')) transport.send(text);
        },
        onText: (listener) => {
          hostText = listener;
        },
        onClose: (listener) => {
          transport.onClose(listener);
        },
        close: () => undefined,
      });
      const client: Client = { transport, audience, toHost: hostText, pending: new Map() };
      clients.set(id, client);
      for (const running of Object.values(engines)) running.process.send({ k: 'connect', connection: id });
      transport.onText((text) => {
        const up = parseUp(text);
        if (up === undefined) transport.close();
        else if (up.t === 'cancel') onCancel(id, client, up.id, text);
        else onCall(id, client, up, text);
      });
      transport.onClose(() => {
        clients.delete(id);
        for (const running of Object.values(engines)) running.process.send({ k: 'close', connection: id });
      });
      send(client, { t: 'hello', protocol: PROTOCOL, engine: version });
    },
    push,
    killWork() {
      engines.work?.process.kill();
    },
  };
}
