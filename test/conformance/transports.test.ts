import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { socketTransport } from '#electron/node/serve/socket-transport.ts';
import { createClient } from '#shared/contract/client.ts';
import { AppError } from '#shared/contract/errors.ts';
import { memoryTransports } from '#shared/contract/memory-transport.ts';
import { method, type CallContext, type Client } from '#shared/contract/methods.ts';
import { serve, type LooseHandlers } from '#shared/contract/serve.ts';
import type { Transport } from '#shared/contract/wire.ts';

const table = {
  'math.double': method<number>()('read', z.object({ value: z.number() }).strict()),
  'wait.forever': method<string>()('job', z.object({}).strict()),
  'wait.progress': method<string>()('job', z.object({}).strict()),
  'fail.expected': method<string>()('read', z.object({}).strict()),
  'fail.bug': method<string>()('read', z.object({}).strict()),
  'text.echo': method<string>()('read', z.object({ text: z.string() }).strict()),
};

const aborted: string[] = [];
const handlers: LooseHandlers = {
  'math.double': ({ value }: { value: number }) => value * 2,
  'wait.forever': (_params: object, { signal }: CallContext) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        aborted.push('wait.forever');
        reject(new AppError('cancelled', 'stopped'));
      });
    }),
  'wait.progress': (_params: object, { progress }: CallContext) => {
    progress({ step: 'half', done: 1, total: 2, unit: 'steps' });
    return 'done';
  },
  'fail.expected': () => {
    throw new AppError('damaged-file', 'cut short', { offset: 7 });
  },
  'fail.bug': () => {
    throw new TypeError('of our own making');
  },
  'text.echo': ({ text }: { text: string }) => text,
};

type Pair = readonly [mine: Transport, theirs: Transport];

function portTransport(port: MessageChannel['port1']): Transport {
  return {
    send: (text) => {
      port.postMessage(text);
    },
    onText: (listener) => {
      port.on('message', listener);
    },
    onClose: (listener) =>
      port.on('close', () => {
        listener('the port closed');
      }),
    close: () => {
      port.close();
    },
  };
}

const ends: (() => void)[] = [];

/** Each way to connect two ends; a new one must pass the same suite. */
const kinds: readonly (readonly [string, () => Promise<Pair>])[] = [
  ['in memory', () => Promise.resolve(memoryTransports())],
  [
    'message port',
    () => {
      const { port1, port2 } = new MessageChannel();
      return Promise.resolve([portTransport(port1), portTransport(port2)]);
    },
  ],
  [
    'web socket',
    () =>
      new Promise((resolve) => {
        const http = createServer();
        const server = new WebSocketServer({ server: http });
        ends.push(() => {
          http.close();
        });
        http.listen(0, '127.0.0.1', () => {
          const socket = new WebSocket(`ws://127.0.0.1:${String((http.address() as AddressInfo).port)}`);
          const opened = new Promise<void>((done) =>
            socket.on('open', () => {
              done();
            }),
          );
          server.on('connection', (other) => {
            void opened.then(() => {
              resolve([socketTransport(socket), socketTransport(other)]);
            });
          });
        });
      }),
  ],
];

describe.each(kinds)('transport %s', (_name, connect) => {
  let client: Client<typeof table>;
  const start = async (onBug: (error: AppError) => void = () => undefined) => {
    const [mine, theirs] = await connect();
    client = createClient<typeof table>(mine);
    return { served: serve(theirs, table, handlers, { engine: 'test', onBug }), theirs };
  };

  afterEach(() => {
    client.close();
    for (const end of ends.splice(0)) end();
  });

  test('an answer comes back to the call that asked for it', async () => {
    await start();
    const answers = await Promise.all([1, 2, 3].map((value) => client.call('math.double', { value })));
    expect(answers).toEqual([2, 4, 6]);
  });

  test('text of any kind arrives unchanged', async () => {
    await start();
    const text = 'é 日本 \u0000 \ud83d\ude00 </script> "quoted" \u2028';
    expect(await client.call('text.echo', { text })).toBe(text);
  });

  test('parameters that the method does not take are refused', async () => {
    await start();
    await expect(client.call('math.double', { value: 'two' } as never)).rejects.toMatchObject({ code: 'bad-params' });
  });

  test('a name that is in no table is refused, inherited names included', async () => {
    await start();
    await expect(client.call('constructor' as never, {} as never)).rejects.toMatchObject({ code: 'unknown-method' });
  });

  test('an expected failure keeps its code and details', async () => {
    await start();
    await expect(client.call('fail.expected', {})).rejects.toMatchObject({
      code: 'damaged-file',
      message: 'cut short',
      details: { offset: 7 },
    });
  });

  test('a bug is told to the serving end and comes back as internal', async () => {
    const bugs: string[] = [];
    await start((error) => bugs.push(error.message));
    await expect(client.call('fail.bug', {})).rejects.toMatchObject({ code: 'internal' });
    expect(bugs).toEqual(['of our own making']);
  });

  test('progress arrives before the answer', async () => {
    await start();
    const seen: string[] = [];
    expect(await client.call('wait.progress', {}, { onProgress: ({ step }) => seen.push(step) })).toBe('done');
    expect(seen).toEqual(['half']);
  });

  test('a cancel rejects at once and reaches the other end', async () => {
    await start();
    aborted.length = 0;
    const abort = new AbortController();
    const call = client.call('wait.forever', {}, { signal: abort.signal });
    await client.call('math.double', { value: 1 });
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await client.call('math.double', { value: 1 });
    expect(aborted).toEqual(['wait.forever']);
  });

  test('closing rejects pending and later calls with disconnected', async () => {
    const { theirs } = await start();
    const pending = client.call('wait.forever', {});
    const settled = expect(pending).rejects.toMatchObject({ code: 'disconnected' });
    theirs.close();
    await settled;
    await expect(client.call('math.double', { value: 1 })).rejects.toMatchObject({ code: 'disconnected' });
  });

  test('events reach every listener until it stops', async () => {
    const { served } = await start();
    const seen: unknown[] = [];
    const stop = client.onEvent((event) => seen.push(event));
    served.push({ event: 'revision', revision: 3 });
    await client.call('math.double', { value: 1 });
    stop();
    served.push({ event: 'revision', revision: 4 });
    await client.call('math.double', { value: 1 });
    expect(seen).toEqual([{ event: 'revision', revision: 3 }]);
  });
});

test('another protocol number closes the pipe and names both numbers', async () => {
  const [mine, theirs] = memoryTransports();
  const client = createClient<typeof table>(mine);
  theirs.send(JSON.stringify({ t: 'hello', protocol: 99, engine: 'future' }));
  await new Promise((resolve) => setImmediate(resolve));
  await expect(client.call('math.double', { value: 1 })).rejects.toThrow('protocol 1, the engine 99');
});
