import { afterEach, describe, expect, test } from 'vitest';
import type { EngineProcess, EngineRole, FromEngine, ToEngine } from '#electron/node/engine/protocol.ts';
import { createSupervisor, type Supervisor } from '#electron/node/engine/supervisor.ts';
import { createClient } from '#shared/contract/client.ts';
import { memoryTransports } from '#shared/contract/memory-transport.ts';
import type { EngineEvent } from '#shared/contract/methods.ts';
import type { EngineMethods, HostMethods, SpoorClient } from '#shared/contract/table.ts';

/** An engine process whose answers a test writes: `case.info` answers, `calls.get` hangs, `case.analyze` hangs. */
class FakeEngine implements EngineProcess {
  readonly received: ToEngine[] = [];
  private readonly listeners: ((message: FromEngine) => void)[] = [];
  private readonly exits: ((why: string) => void)[] = [];
  alive = true;
  readonly role: EngineRole;
  private readonly refuse: boolean;
  constructor(role: EngineRole, refuse: boolean) {
    this.role = role;
    this.refuse = refuse;
  }
  private tell(message: FromEngine): void {
    queueMicrotask(() => {
      if (this.alive) for (const listener of this.listeners) listener(message);
    });
  }
  send(message: ToEngine): void {
    this.received.push(message);
    if (message.k === 'open') {
      this.tell(this.refuse ? { k: 'failed', error: { code: 'damaged-case', message: 'not a case', details: {} } } : { k: 'opened' });
    } else if (message.k === 'connect') {
      this.tell({ k: 'text', connection: message.connection, text: '{"t":"hello","protocol":1,"engine":"fake"}' });
    } else if (message.k === 'text') {
      const up = JSON.parse(message.text) as { t: string; id: number; method?: string };
      if (up.method === 'case.info' || up.method === 'case.rename') {
        this.tell({ k: 'text', connection: message.connection, text: JSON.stringify({ t: 'ok', id: up.id, result: { role: this.role } }) });
      }
    } else if (message.k === 'end') this.die('told to');
  }
  onMessage(listener: (message: FromEngine) => void): void {
    this.listeners.push(listener);
  }
  onExit(listener: (why: string) => void): void {
    this.exits.push(listener);
  }
  kill(): void {
    this.die('killed');
  }
  die(why: string): void {
    if (!this.alive) return;
    this.alive = false;
    queueMicrotask(() => {
      for (const listener of this.exits) listener(why);
    });
  }
}

const started: FakeEngine[] = [];
let supervisor: Supervisor;
const begin = (refuses: (role: EngineRole) => boolean = () => false): void => {
  started.length = 0;
  supervisor = createSupervisor(
    (role) => {
      const engine = new FakeEngine(role, refuses(role));
      started.push(engine);
      return engine;
    },
    'test',
    () => undefined,
  );
};
const connect = (audience: 'window' | 'host' = 'window'): { client: SpoorClient; events: EngineEvent[] } => {
  const [mine, theirs] = memoryTransports();
  supervisor.connect(theirs, audience);
  const client: SpoorClient = createClient<EngineMethods & HostMethods>(mine);
  const events: EngineEvent[] = [];
  client.onEvent((event) => events.push(event));
  return { client, events };
};
const alive = (role: EngineRole): FakeEngine | undefined => started.find((engine) => engine.role === role && engine.alive);
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('the supervisor of the two engine processes', () => {
  afterEach(() => supervisor.close());

  test('before a case is open a question is answered with not-found', async () => {
    begin();
    await expect(connect().client.call('case.info', {})).rejects.toMatchObject({ code: 'not-found', message: 'no case is open' });
  });

  test('reads go to the query process, writes to the work process', async () => {
    begin();
    const { client } = connect();
    await supervisor.open('/case.spoor', { create: true, title: 'T' });
    expect(await client.call('case.info', {})).toEqual({ role: 'query' });
    expect(await client.call('case.rename', { title: 'x' })).toEqual({ role: 'work' });
  });

  test('the work process opens first and only it creates the case', async () => {
    begin();
    await supervisor.open('/case.spoor', { create: true, title: 'T' });
    expect(started.map((engine) => engine.received[0])).toMatchObject([
      { k: 'open', role: 'work', create: true },
      { k: 'open', role: 'query', create: false },
    ]);
  });

  test('a reader that waits to be asked starts once, at the first questions', async () => {
    begin();
    const { client } = connect();
    await supervisor.open('/case.spoor', { create: true, title: 'T', readerWhenAsked: true });
    expect(started.map(({ role }) => role)).toEqual(['work']);
    expect(await client.call('case.rename', { title: 'x' })).toEqual({ role: 'work' });
    expect(started).toHaveLength(1);
    const answers = await Promise.all([client.call('case.info', {}), client.call('case.info', {}), client.call('case.info', {})]);
    expect(answers).toEqual([{ role: 'query' }, { role: 'query' }, { role: 'query' }]);
    expect(started.map(({ role }) => role)).toEqual(['work', 'query']);
  });

  test('a reader that could not start is started anew when asked again', async () => {
    let isBad = true;
    begin((role) => role === 'query' && isBad);
    const { client } = connect();
    await supervisor.open('/case.spoor', { create: true, title: 'T', readerWhenAsked: true });
    await expect(client.call('case.info', {})).rejects.toMatchObject({ code: 'damaged-case' });
    isBad = false;
    expect(await client.call('case.info', {})).toEqual({ role: 'query' });
    expect(started.map(({ role }) => role)).toEqual(['work', 'query', 'query']);
  });

  test.each(['query', 'work'] as const)(
    'a %s process that could not be started again is started when something is asked of it',
    async (role) => {
      let isBad = false;
      begin((each) => each === role && isBad);
      const { client, events } = connect();
      await supervisor.open('/case.spoor', { create: true, title: 'T' });
      const ask = (): Promise<unknown> => (role === 'query' ? client.call('case.info', {}) : client.call('case.rename', { title: 'U' }));
      isBad = true;
      alive(role)?.die('out of memory');
      await settle();
      await expect(ask()).rejects.toMatchObject({ code: 'damaged-case' });
      isBad = false;
      expect(await ask()).toEqual({ role });
      expect(events).toContainEqual({ event: 'engine-restarted', process: role, why: 'out of memory' });
    },
  );

  test('a window may not call what names a path; the host may', async () => {
    begin();
    const { client } = connect('window');
    await supervisor.open('/case.spoor', { create: true, title: 'T' });
    await expect(client.call('case.import', { paths: [{ path: '/etc/passwd' }] })).rejects.toMatchObject({ code: 'unknown-method' });
    await expect(client.call('report.write', { format: 'json', path: '/tmp/x' })).rejects.toMatchObject({ code: 'unknown-method' });
    expect(alive('work')?.received.filter((message) => message.k === 'text')).toEqual([]);
    void connect('host')
      .client.call('case.import', { paths: [{ path: '/evidence' }] })
      .catch(() => undefined);
    await settle();
    expect(alive('work')?.received.filter((message) => message.k === 'text')).toHaveLength(1);
  });

  test('when the work process dies its calls fail as crashed, a new one opens the case, and windows hear of it', async () => {
    begin();
    const { client, events } = connect();
    await supervisor.open('/case.spoor', { create: true, title: 'T' });
    const job = client.call('case.analyze', {});
    const failed = expect(job).rejects.toMatchObject({ code: 'crashed' });
    await settle();
    alive('work')?.die('it was ended by SIGSEGV');
    await failed;
    await settle();
    expect(events).toContainEqual({ event: 'engine-restarted', process: 'work', why: 'it was ended by SIGSEGV' });
    expect(await client.call('case.rename', { title: 'x' })).toEqual({ role: 'work' });
    expect(alive('work')?.received[0]).toMatchObject({ k: 'open', create: false });
  });

  test('a cancelled read that does not end takes its process with it, and the next read is answered', async () => {
    begin();
    const { client } = connect();
    await supervisor.open('/case.spoor', { create: true, title: 'T' });
    const before = alive('query');
    const abort = new AbortController();
    const read = client.call('calls.get', { ref: 'a#1' }, { signal: abort.signal });
    const failed = expect(read).rejects.toMatchObject({ code: 'cancelled' });
    await settle();
    abort.abort();
    await failed;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(before?.alive).toBe(false);
    expect(await client.call('case.info', {})).toEqual({ role: 'query' });
  });

  test('a cancelled job is told to the work process and does not end it', async () => {
    begin();
    const { client } = connect();
    await supervisor.open('/case.spoor', { create: true, title: 'T' });
    const abort = new AbortController();
    const job = client.call('case.analyze', {}, { signal: abort.signal });
    const failed = expect(job).rejects.toMatchObject({ code: 'cancelled' });
    await settle();
    abort.abort();
    await failed;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(alive('work')?.received.some((message) => message.k === 'text' && message.text.includes('"cancel"'))).toBe(true);
  });

  test('a case that cannot be opened says why and leaves no process behind', async () => {
    begin(() => true);
    await expect(supervisor.open('/damaged.spoor', { create: false, title: '' })).rejects.toMatchObject({
      code: 'damaged-case',
      message: 'not a case',
    });
    expect(started.filter((engine) => engine.alive)).toEqual([]);
    expect(supervisor.casePath()).toBeUndefined();
  });

  test('opening another case ends the processes of the one before', async () => {
    begin();
    await supervisor.open('/one.spoor', { create: true, title: '' });
    const first = [...started];
    await supervisor.open('/two.spoor', { create: true, title: '' });
    expect(first.map((engine) => engine.alive)).toEqual([false, false]);
    expect(supervisor.casePath()).toBe('/two.spoor');
  });

  test('a close in the middle of an open waits for it, and leaves no process behind', async () => {
    begin();
    const opening = supervisor.open('/case.spoor', { create: true, title: '' });
    await supervisor.close();
    await opening;
    await settle();
    expect(started).toHaveLength(2);
    expect(started.filter((engine) => engine.alive)).toEqual([]);
  });

  test('opened for reading only, a case has no writer, and exports go to the reader', async () => {
    begin();
    const { client } = connect('host');
    await supervisor.open('/case.spoor', { create: false, title: '', readOnly: true });
    expect(started.map((engine) => engine.role)).toEqual(['query']);
    void client.call('report.write', { format: 'json', path: '/out.json' }).catch(() => undefined);
    await settle();
    expect(alive('query')?.received.filter((message) => message.k === 'text')).toHaveLength(1);
    await expect(client.call('case.rename', { title: 'x' })).rejects.toMatchObject({ code: 'read-only' });
    const change = { kind: 'star', refs: ['a.log#1'], on: true } as const;
    await expect(client.call('review.change', { change })).rejects.toMatchObject({
      code: 'read-only',
      message: 'the case is open for reading only; nothing was changed',
    });
  });

  test('what is not of our protocol closes the connection', () => {
    begin();
    for (const text of ['', 'null', '[]', '{"t":"call"}', '{"t":"call","id":"1","method":"case.info"}', '{"t":"boom","id":1}', '{']) {
      const [mine, theirs] = memoryTransports();
      let closed = false;
      mine.onClose(() => {
        closed = true;
      });
      let deliver: (text: string) => void = () => undefined;
      supervisor.connect(
        {
          ...theirs,
          onText: (listener) => {
            deliver = listener;
          },
        },
        'window',
      );
      deliver(text);
      expect(closed, text).toBe(true);
    }
  });
});
