import type { CaseKey } from '#electron/node/encryption/case-key.ts';
import type { FromEngine } from '#electron/node/engine/protocol.ts';
import { childProcessEngines } from '#electron/node/engine/spawn-engine.ts';
import { createClient } from '#shared/contract/client.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { Client } from '#shared/contract/methods.ts';
import type { EngineMethods } from '#shared/contract/table.ts';
import { ENGINE_ENTRY } from './engine-entry.ts';

/** The one client that a test is. */
const CONNECTION = 1;

/** A real work process on a case. */
export interface WorkProcess {
  readonly client: Client<EngineMethods>;
  /** Lets it close the case and waits until it is gone. */
  readonly end: () => Promise<void>;
}

/** Opens a case in a work process of its own. Errors: the AppError by which it says that it cannot. */
export async function openWorkProcess(casePath: string, create: boolean, key?: CaseKey): Promise<WorkProcess> {
  const engine = childProcessEngines(ENGINE_ENTRY)('work');
  const gone = new Promise<string>((resolve) => {
    engine.onExit(resolve);
  });
  const texts = new Set<(text: string) => void>();
  await new Promise<void>((resolve, reject) => {
    engine.onMessage((message: FromEngine) => {
      if (message.k === 'opened') resolve();
      if (message.k === 'failed') reject(new AppError(message.error.code, message.error.message, message.error.details));
      if (message.k === 'text') for (const hear of texts) hear(message.text);
    });
    engine.onExit((why) => {
      reject(new AppError('crashed', why));
    });
    engine.send({ k: 'open', role: 'work', casePath, create, title: '', version: 'test', key });
  }).catch((thrown: unknown) => {
    engine.kill();
    throw thrown;
  });
  const client = createClient<EngineMethods>({
    send: (text) => {
      engine.send({ k: 'text', connection: CONNECTION, text });
    },
    onText: (hear) => texts.add(hear),
    onClose: (hear) => {
      engine.onExit(hear);
    },
    close: () => undefined,
  });
  engine.send({ k: 'connect', connection: CONNECTION });
  return {
    client,
    async end() {
      engine.send({ k: 'end' });
      await gone;
    },
  };
}
