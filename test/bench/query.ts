import { join } from 'node:path';

import { nodePorts } from '#electron/node/ports.ts';
import { openForReading } from '#electron/node/sqlite.ts';
import { createEngine } from '#shared/engine/index.ts';
import { checkCase } from '#shared/engine/store/open.ts';
import { makeEstate } from '#test/support/large/estate.ts';
import { seededRandom } from '#test/support/large/random.ts';

import type { Bench, BenchContext, Figure } from './bench.ts';
import { ensureData } from './data.ts';
import { repeat } from './measure.ts';
import { needBuild } from './places.ts';
import { importWithSpoor, runSpoor } from './spoor.ts';
import { p95Of, sayMillis, sayRuns } from './statistics.ts';

/** Questions of each kind: enough for a 95th percentile that is not simply the slowest. */
const QUESTIONS = 40;
const ROWS = 100;
const BINS = 240;
/** As many fields as a screen lists beside the calls. */
const FACETS = [
  'agent',
  'user',
  'kind',
  'method',
  'status',
  'host',
  'endpoint',
  'clientIp',
  'userAgent',
  'credential',
  'service',
  'source',
] as const;

type Engine = ReturnType<typeof createEngine>;

interface Kind {
  readonly id: string;
  readonly what: string;
  ask(engine: Engine, question: number): Promise<unknown>;
}

const context = { signal: new AbortController().signal, progress: () => undefined };
const callers = makeEstate(seededRandom('kong').fork('estate')).callers;
const callerAt = (question: number): string => callers[(question * 7) % callers.length]?.ip ?? '';

const page = async (engine: Engine, query: string): Promise<unknown> => engine['calls.page']({ from: 0, count: ROWS, query }, context);

const KINDS: readonly Kind[] = [
  { id: 'rows', what: `first ${String(ROWS)} rows of all calls`, ask: (engine) => page(engine, '') },
  { id: 'indexed', what: 'ip:…, first rows', ask: (engine, question) => page(engine, `ip:${callerAt(question)}`) },
  {
    id: 'combined',
    what: 'method, status and ip together',
    ask: (engine, question) => page(engine, `method:GET and status >= 400 and ip:${callerAt(question)}`),
  },
  { id: 'text', what: 'two free words', ask: (engine, question) => page(engine, `invoices ${String(1000 + question)}`) },
  {
    id: 'facets',
    what: `values of ${String(FACETS.length)} fields after a filter, counted`,
    ask: async (engine, question) => engine['calls.facets']({ query: `ip:${callerAt(question)}`, fields: [...FACETS], top: 10 }, context),
  },
  {
    id: 'activity',
    what: `activity of all calls in ${String(BINS)} steps`,
    ask: async (engine) => engine['calls.activity']({ query: '', bins: BINS }, context),
  },
];

async function makeCase(lines: number, bench: BenchContext): Promise<string> {
  const casePath = join(bench.folder, `query-${String(lines)}.spoor`);
  await importWithSpoor(casePath, ensureData('kong', lines).path);
  await runSpoor('analyze', casePath, '--json', '--quiet');
  return casePath;
}

async function measure(lines: number, bench: BenchContext): Promise<ReadonlyMap<string, number>> {
  const casePath = await makeCase(lines, bench);
  const opened = performance.now();
  const db = openForReading(casePath);
  checkCase(db, casePath);
  const engine = createEngine(db, nodePorts('bench'), () => undefined);
  await page(engine, '');
  const found = new Map([['open', performance.now() - opened]]);
  bench.say(
    `${lines.toLocaleString('en-US')} calls: opened, with the first page, in ${sayMillis(found.get('open') ?? 0)} (1 run, in this process)`,
  );
  for (const kind of KINDS) {
    const times = await repeat(QUESTIONS, async (question) => {
      const started = performance.now();
      await kind.ask(engine, question);
      return performance.now() - started;
    });
    bench.say(`  ${kind.id}, ${kind.what}: ${sayRuns(times)}`);
    found.set(kind.id, p95Of(times));
  }
  db.close();
  return found;
}

/** Questions that screens ask, as the query process answers them. */
export const queryBench: Bench = {
  id: 'query',
  question: 'How long does an analyst wait for the first rows, and does the wait grow with the case?',
  run: async (bench) => {
    needBuild();
    const small = await measure(100_000, bench);
    const figures = (found: ReadonlyMap<string, number>, size: string): Figure[] =>
      [...found].map(([id, value]) => ({
        id: `query.${size}-${id}`,
        value,
        unit: 'ms',
        what: `${id === 'open' ? 'opened and first page shown' : 'p95'}, ${size === '1m' ? '1,000,000' : '100,000'} calls`,
      }));
    if (bench.small) return figures(small, '100k');
    const large = await measure(1_000_000, bench);
    const ratio = (id: string): Figure => ({
      id: `query.10x-${id}`,
      value: (large.get(id) ?? 0) / (small.get(id) ?? 1),
      unit: 'ratio',
      what: `p95 of ${id} for 10× the calls`,
    });
    return [...figures(large, '1m'), ratio('indexed'), ratio('text'), ratio('facets')];
  },
};
