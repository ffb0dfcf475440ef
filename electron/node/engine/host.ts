import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError, toAppError } from '#shared/contract/errors.ts';
import type { EngineEvent } from '#shared/contract/methods.ts';
import { serve, type LooseHandlers, type Served } from '#shared/contract/serve.ts';
import { engineMethods } from '#shared/contract/table.ts';
import type { Transport } from '#shared/contract/wire.ts';
import { createEngine } from '#shared/engine/index.ts';
import { closeInterrupted } from '#shared/engine/jobs/interrupted.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { isShared } from '#shared/engine/store/share/redact-copy.ts';
import { checkCase, isBlank, migrateCase, standInForLaterTables } from '#shared/engine/store/open.ts';
import type { CaseKey } from '../encryption/case-key.ts';
import { nodeCrypto } from '../crypto.ts';
import { secondAskers } from './asker-thread.ts';
import type { FromEngine, ToEngine } from './protocol.ts';
import { nodePorts } from '../ports.ts';
import { removeRewriting, rewriteCase } from '../encryption/rewrite-case.ts';
import { IN_MEMORY, lockCase, openForReading, openForWriting, openInMemory, settle } from '../sqlite.ts';

/** How an engine process hears from and speaks to its supervisor. */
export interface EngineLine {
  onMessage(listener: (message: ToEngine) => void): void;
  send(message: FromEngine): void;
  exit(): void;
}

interface Connection {
  readonly served: Served;
  onText: (text: string) => void;
  onClose: (why: string) => void;
}

/** A case that this process has open; `unlock` lets the next writer in. */
interface OpenCase {
  readonly db: SqlDriver;
  readonly unlock: () => void;
}

/** Opens for reading only, and says so if it is no case that this version may touch. `orBlank`: a file that is to become a case will do. */
function openChecked(casePath: string, key: CaseKey | undefined, orBlank = false): SqlDriver {
  const db = openForReading(casePath, key);
  try {
    if (orBlank && isBlank(db)) return db;
    standInForLaterTables(db, checkCase(db, casePath));
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

function openCase(open: Extract<ToEngine, { k: 'open' }>): OpenCase {
  const { casePath, key } = open;
  if (casePath === IN_MEMORY) {
    const db = openInMemory();
    migrateCase(db, casePath, nodeCrypto, open.title);
    return { db, unlock: () => undefined };
  }
  const isThere = existsSync(casePath);
  if (!open.create && !isThere) throw new AppError('not-found', `there is no case at ${casePath}`);
  if (open.role === 'query') return { db: openChecked(casePath, key), unlock: () => undefined };
  if (!existsSync(dirname(casePath))) throw new AppError('not-found', `there is no folder ${dirname(casePath)}`);
  // Looked at before it is opened for writing: that alone changes a file, and another program's is none of ours.
  if (isThere && (!open.create || statSync(casePath).size > 0)) {
    const looked = openChecked(casePath, key, open.create);
    const shared = !isBlank(looked) && isShared(looked);
    looked.close();
    if (shared) throw new AppError('locked-case', `${casePath} is a redacted copy of a case: it is for reading`, { why: 'shared' });
  }
  const unlock = lockCase(casePath);
  let db: SqlDriver | undefined;
  try {
    removeRewriting(casePath);
    db = openForWriting(casePath, open.create, key);
    migrateCase(db, casePath, nodeCrypto, open.title);
    closeInterrupted(db);
    return { db, unlock };
  } catch (thrown) {
    db?.close();
    if (!isThere) removeBegun(casePath);
    unlock();
    throw thrown;
  }
}

/** Takes away the file of a case that could not be made, for want of room say: it would be listed as a damaged one. */
function removeBegun(casePath: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${casePath}${end}`, { force: true });
}

/** Runs an engine on a line to its supervisor: opens one case, serves any number of connections, ends when told. */
export function runEngine(line: EngineLine): void {
  const connections = new Map<number, Connection>();
  let opened: OpenCase | undefined;
  let role: ToEngine & { k: 'open' } extends { role: infer R } ? R | undefined : never;
  let handlers: LooseHandlers = {};
  let version = '';
  let askers = secondAskers(undefined);

  const connect = (id: number): void => {
    const listeners = { text: (_text: string): void => undefined, close: (_why: string): void => undefined };
    const transport: Transport = {
      send: (text) => {
        line.send({ k: 'text', connection: id, text });
      },
      onText: (listener) => {
        listeners.text = listener;
      },
      onClose: (listener) => {
        listeners.close = listener;
      },
      close: () => undefined,
    };
    const served = serve(transport, engineMethods, handlers, {
      engine: version,
      onBug: (error) => {
        line.send({ k: 'bug', message: error.cause instanceof Error ? (error.cause.stack ?? error.message) : error.message });
      },
    });
    connections.set(id, {
      served,
      onText: (text) => {
        listeners.text(text);
      },
      onClose: (why) => {
        listeners.close(why);
      },
    });
  };

  /** Stops what runs and lets it close its ledger before the case closes under it. */
  const end = async (): Promise<void> => {
    for (const { onClose } of connections.values()) onClose('the case was closed');
    await Promise.all([...connections.values()].map(({ served }) => served.idle()));
    await askers.ended();
    try {
      if (role === 'work' && opened !== undefined) settle(opened.db);
    } catch (thrown) {
      // Another program reads the case: it stays whole, with its log beside it.
      line.send({ k: 'bug', message: `the case could not be folded into one file: ${toAppError(thrown).message}` });
    }
    opened?.db.close();
    opened?.unlock();
    line.exit();
  };

  const fail = (thrown: unknown): void => {
    const { code, message, details } = toAppError(thrown);
    line.send({ k: 'failed', error: { code, message, details } });
  };

  line.onMessage((message) => {
    if (message.k === 'open') {
      try {
        ({ role, version } = message);
        opened = openCase(message);
        askers = secondAskers(message.key);
        const push = (event: EngineEvent): void => {
          for (const { served } of connections.values()) served.push(event);
        };
        handlers = createEngine(
          opened.db,
          { ...nodePorts(message.version, message.key), openSecondAsker: askers.open },
          (revision) => {
            push({ event: 'revision', revision });
          },
          (revision) => {
            push({ event: 'review', revision });
          },
        );
        line.send({ k: 'opened' });
      } catch (thrown) {
        fail(thrown);
      }
    } else if (message.k === 'rewrite') {
      try {
        rewriteCase(message.casePath, message.deed, message.from, message.to, message.version);
        line.send({ k: 'rewritten' });
      } catch (thrown) {
        fail(thrown);
      }
    } else if (message.k === 'connect') connect(message.connection);
    else if (message.k === 'text') connections.get(message.connection)?.onText(message.text);
    else if (message.k === 'close') {
      connections.get(message.connection)?.onClose('the window closed');
      connections.delete(message.connection);
    } else void end();
  });
}
