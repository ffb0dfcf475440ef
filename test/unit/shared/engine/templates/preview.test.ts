import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import type { EngineHandlers } from '#shared/contract/table.ts';
import type { RuleChanges } from '#shared/engine/templates/preview.ts';
import { createEngine } from '#shared/engine/index.ts';
import { withdrawByName } from '#shared/engine/jobs/withdraw.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { firstIndices } from '#shared/engine/store/migrations/0001-first.ts';
import { memoryCase } from '#test/support/case.ts';
import { harFromCalls } from '#test/support/har-from-calls.ts';
import { importText } from '#test/support/import-text.ts';
import { callOf, seedCalls, seedSpecification } from '#test/support/seed-calls.ts';

const context = { signal: new AbortController().signal, progress: () => undefined };
const HOST = 'shop.test';
const PATHS = [
  '/files/report',
  '/files/summary',
  '/files/summary/lines',
  '/users/7',
  '/users/8',
  '/users/9',
  '/users/7/orders',
  '/users/me',
];
const har = (paths: readonly string[]): string =>
  harFromCalls(paths.map((path, at) => ({ at, url: `https://${HOST}${path}`, headers: ['User-Agent: bot/1'] })));

interface Opened {
  readonly engine: EngineHandlers;
  readonly db: SqlDriver;
  readonly report: () => Promise<string>;
  readonly analyze: () => Promise<readonly string[]>;
  readonly ids: () => Promise<readonly string[]>;
  readonly heard: string[];
}

async function openCase(prepare: (db: SqlDriver) => void = () => undefined): Promise<Opened> {
  const db = memoryCase();
  await importText(db, 'shop.har', har(PATHS));
  prepare(db);
  db.exec(firstIndices);
  const heard: string[] = [];
  let written = '';
  const openOutput = (): ReturnType<ReturnType<typeof nodePorts>['openOutput']> => {
    written = '';
    return {
      write: (text: string) => {
        written += text;
      },
      writeBytes: () => undefined,
      commit: () => Promise.resolve({ bytes: 0, sha256: '' }),
      abandon: () => undefined,
    };
  };
  const ports = { ...nodePorts('test'), readers: undefined, openOutput, now: () => '2026-10-01T10:00:00.000Z' };
  const engine = createEngine(db, ports, () => heard.push('revision'), () => heard.push('review')); // prettier-ignore
  const opened = {
    engine,
    db,
    heard,
    analyze: async () => (await engine['case.analyze']({}, context)).ran,
    ids: async () => (await engine['endpoints.list']({}, context)).map(({ id, calls }) => `${id} ${String(calls)}`),
    report: async () => {
      await engine['report.write']({ format: 'json', path: 'report.json' }, context);
      return written;
    },
  };
  await opened.analyze();
  heard.length = 0;
  return opened;
}

const changes = (set: RuleChanges['set'], remove: RuleChanges['remove'] = []): RuleChanges => ({ host: HOST, set, remove });
const FILES = changes([{ kind: 'value', pattern: '/files/{name}' }]);
const apply = (engine: EngineHandlers, rules: RuleChanges) => engine['review.change']({ change: { kind: 'templates', ...rules } }, context);
const isAnalyzed = async (engine: EngineHandlers): Promise<boolean> => (await engine['case.info']({}, context)).analyzed;

test('a rule changes the endpoints with the next analysis; undone, the report is the same byte for byte', async () => {
  const { engine, db, analyze, ids, report, heard } = await openCase();
  const before = await report();
  expect(await ids()).toContain('GET shop.test/files/summary/lines 1');
  const { entry } = await apply(engine, FILES);
  expect(heard).toEqual(['review', 'revision']);
  expect(await isAnalyzed(engine)).toBe(false);
  expect(await ids()).toContain('GET shop.test/files/report 1');
  // Everything that reads endpoints follows, and principals come first: attribution had changed whose calls are whose.
  expect(await analyze()).toEqual(['principals', 'endpoints', 'chains', 'attribution', 'baseline', 'signals', 'inventory', 'credentials', 'reach', 'revocations', 'machines', 'flows', 'detectors', 'least-privilege']); // prettier-ignore
  expect(await isAnalyzed(engine)).toBe(true);
  expect(await ids()).toEqual(expect.arrayContaining(['GET shop.test/files/{name} 2', 'GET shop.test/files/{name}/lines 1']));
  expect(await analyze()).toEqual([]);
  expect(await report()).not.toBe(before);
  const method = db.prepare("SELECT detail FROM pass_state WHERE id = 'endpoints'").get<{ detail: string }>();
  expect(method?.detail).toContain('The analyst set one rule for path templates.');

  await engine['review.undo']({ entry }, context);
  expect(await isAnalyzed(engine)).toBe(false);
  await analyze();
  expect(await report()).toBe(before);
});

test('a rule that is set and taken back before any analysis leaves the case analysed', async () => {
  const { engine, analyze } = await openCase();
  const { entry } = await apply(engine, FILES);
  await engine['review.undo']({ entry }, context);
  expect(await isAnalyzed(engine)).toBe(true);
  expect(await analyze()).toEqual([]);
});

test('a query over endpoints sees the new ones after the analysis', async () => {
  const { engine, analyze } = await openCase();
  const count = async (): Promise<number> =>
    (await engine['calls.count']({ query: 'endpoint:"GET shop.test/files/{name}"' }, context)).total;
  expect(await count()).toBe(0);
  await apply(engine, FILES);
  await analyze();
  expect(await count()).toBe(2);
});

test('rules outlive a withdrawal and hold for the same evidence read anew', async () => {
  const { engine, db, analyze, ids } = await openCase();
  await apply(engine, FILES);
  await withdrawByName(db, ['shop.har'], () => Promise.resolve());
  await importText(db, 'shop.har', har(PATHS));
  await analyze();
  expect(await ids()).toContain('GET shop.test/files/{name} 2');
  expect(await engine['templates.rules']({}, context)).toEqual([
    { host: HOST, kind: 'value', pattern: '/files/{name}', at: '2026-10-01T10:00:00.000Z' },
  ]);
});

test('a preview says what merges, splits and is renamed, and writes nothing', async () => {
  const { engine, db, ids } = await openCase();
  const before = await ids();
  const preview = await engine['templates.preview'](
    changes([
      { kind: 'value', pattern: '/files/{name}' },
      { kind: 'word', pattern: '/users/9' },
      { kind: 'name', pattern: '/users/{login}' },
    ]),
    context,
  );
  expect(preview.rows.map(({ kind, before: from, after, calls }) => `${kind} ${from} > ${after} ${String(calls)}`)).toEqual([
    'split /users/{id} > /users/{login} 2',
    'merged /files/report > /files/{name} 1',
    'merged /files/summary > /files/{name} 1',
    'renamed /files/summary/lines > /files/{name}/lines 1',
    'split /users/{id} > /users/9 1',
    'renamed /users/{id}/orders > /users/{login}/orders 1',
  ]);
  expect([preview.endpointsBefore, preview.endpointsAfter, preview.calls, preview.more, preview.fixed]).toEqual([6, 6, 7, 0, 0]);
  expect(await ids()).toEqual(before);
  expect(db.prepare('SELECT count(*) AS n FROM template_rule').get()).toEqual({ n: 0 });
});

test('a preview is what the analysis then does, beside rules that stand', async () => {
  const { engine, analyze, ids } = await openCase();
  await apply(engine, changes([{ kind: 'pin', pattern: '/users/{login}' }]));
  const next = changes([{ kind: 'value', pattern: '/files/{name}' }], [{ kind: 'pin', pattern: '/users/{x}' }]);
  const preview = await engine['templates.preview'](next, context);
  expect(preview.rows.map(({ before, after }) => `${before} > ${after}`)).toContain('/users/{login} > /users/{id}');
  await apply(engine, next);
  await analyze();
  expect(await ids()).toHaveLength(preview.endpointsAfter);
});

test('a path that a description has keeps its template, and the preview counts it', async () => {
  const { engine, analyze, ids } = await openCase((db) => {
    seedSpecification(db, [`https://${HOST}`], [['GET /users/{userId}']]);
  });
  const pin = changes([{ kind: 'pin', pattern: '/users/{login}' }]);
  expect(await engine['templates.preview'](pin, context)).toMatchObject({ rows: [], fixed: 4 });
  await apply(engine, pin);
  await analyze();
  expect(await ids()).toContain('GET shop.test/users/{userId} 4');
  expect(await engine['templates.places']({ endpoint: 'GET shop.test/users/{userId}' }, context)).toMatchObject({
    decidedBy: 'description',
    pin: { pattern: '/users/{login}' },
  });
});

test('gRPC paths keep their names, whatever a rule says', async () => {
  const { engine, db, analyze, ids } = await openCase((seeded) => {
    seedCalls(seeded, ['Get', 'List'].map((name) => callOf(`00:01 POST ${HOST}/shop.Orders/${name}`, { tool: `grpc:shop.Orders/${name}` }))); // prettier-ignore
  });
  const rule = changes([{ kind: 'value', pattern: '/shop.Orders/{name}' }]);
  expect(await engine['templates.preview'](rule, context)).toMatchObject({ rows: [], fixed: 2 });
  await apply(engine, rule);
  await analyze();
  expect(await ids()).toEqual(expect.arrayContaining(['POST shop.test/shop.Orders/Get 1', 'POST shop.test/shop.Orders/List 1']));
  const endpoint = 'POST shop.test/shop.Orders/Get';
  expect(await engine['templates.places']({ endpoint }, context)).toMatchObject({ decidedBy: 'grpc', host: HOST });
  expect(db.prepare('SELECT count(*) AS n FROM template_rule').get()).toEqual({ n: 1 });
});

test('operations of a path count as endpoints, and follow its template', async () => {
  const { engine, analyze, ids } = await openCase((seeded) => {
    seedCalls(seeded, ['A', 'B', 'C'].map((name) => callOf(`00:01 POST ${HOST}/eu/graphql`, { tool: `graphql:query ${name}` }))); // prettier-ignore
  });
  const endpoint = 'POST shop.test/eu/graphql · query B';
  expect(await engine['templates.places']({ endpoint }, context)).toMatchObject({
    template: '/eu/graphql',
    calls: 3,
    decidedBy: 'learned',
  });
  const rule = changes([{ kind: 'pin', pattern: '/{region}/graphql' }]);
  const before = (await ids()).length;
  const preview = await engine['templates.preview'](rule, context);
  expect([preview.endpointsBefore, preview.endpointsAfter]).toEqual([before, before]);
  expect(preview.rows).toEqual([{ method: 'POST', before: '/eu/graphql', after: '/{region}/graphql', calls: 3, kind: 'renamed' }]);
  await apply(engine, rule);
  await analyze();
  expect(await ids()).toContain('POST shop.test/{region}/graphql · query B 1');
});

test('a level that was set by hand is told of before its endpoint goes, and comes back with Undo', async () => {
  const { engine, analyze } = await openCase();
  const id = 'GET shop.test/files/report';
  const levelOf = async (endpoint: string): Promise<string | undefined> =>
    (await engine['endpoints.get']({ id: endpoint }, context)).override?.level;
  await engine['review.change']({ change: { kind: 'classify', endpoint: id, level: 'S3', reason: 'prices' } }, context);
  expect((await engine['templates.preview'](FILES, context)).levelsLost).toBe(1);
  expect((await engine['templates.preview'](changes([{ kind: 'word', pattern: '/users/9' }]), context)).levelsLost).toBe(0);
  const { entry } = await apply(engine, FILES);
  await analyze();
  expect(await levelOf('GET shop.test/files/{name}')).toBeUndefined();
  await engine['review.undo']({ entry }, context);
  await analyze();
  expect(await levelOf(id)).toBe('S3');
});

test('the inventory follows: one endpoint in place of two, with the calls and callers of both', async () => {
  const { engine, analyze } = await openCase();
  await apply(engine, FILES);
  await analyze();
  const { rows } = await engine['endpoints.inventory']({ words: '' }, context);
  const files = rows.filter(({ template }) => template.startsWith('/files'));
  expect(files.map(({ id, calls, principals }) => `${id} ${String(calls)} ${String(principals)}`).sort()).toEqual([
    'GET shop.test/files/{name} 2 1',
    'GET shop.test/files/{name}/lines 1 1',
  ]);
  expect((await engine['endpoints.get']({ id: 'GET shop.test/files/{name}' }, context)).endpoint.calls).toBe(2);
});

test('a template is shown place by place, with the words beside it', async () => {
  const { engine, analyze } = await openCase();
  const { places, decidedBy, calls, methods } = await engine['templates.places']({ endpoint: 'GET shop.test/users/{id}' }, context);
  expect([decidedBy, calls, methods]).toEqual(['learned', 3, ['GET']]);
  expect(places.map(({ segment }) => segment)).toEqual(['users', '{id}']);
  expect(places[0]?.values).toEqual([
    { text: 'users', calls: 5, as: 'word' },
    { text: 'files', calls: 3, as: 'word' },
  ]);
  expect(places[1]?.values).toEqual([
    { text: '7', calls: 2, as: 'value' },
    { text: '8', calls: 1, as: 'value' },
    { text: '9', calls: 1, as: 'value' },
    { text: 'me', calls: 1, as: 'word' },
  ]);
  await apply(engine, changes([{ kind: 'word', pattern: '/users/9' }]));
  await analyze();
  const after = await engine['templates.places']({ endpoint: 'GET shop.test/users/{id}' }, context);
  expect(after.places[1]?.rules.map(({ kind, pattern }) => `${kind} ${pattern}`)).toEqual(['word /users/9']);
  await expect(Promise.resolve().then(() => engine['templates.places']({ endpoint: 'GET shop.test/none' }, context))).rejects.toMatchObject(
    {
      code: 'not-found',
    },
  );
});
