import { memoryTransports } from '#shared/contract/memory-transport.ts';
import { serve, type LooseHandlers } from '#shared/contract/serve.ts';
import { allMethods, engineMethods } from '#shared/contract/table.ts';
import { toBytes } from '../../read-evidence.ts';
import { engineOver, type EngineOver } from '../engine-over.ts';
import type { FuzzTarget } from '../target.ts';
import { fixturesOf } from './importers.ts';

const page = { from: 0, count: 10 };
const boxing = { query: '', grouping: 'auto', open: ['api.example'] };

/** Parameters that hold words, numbers, lists and objects of the kinds that the table knows. */
const PARAMS: readonly object[] = [
  {},
  { ...page, query: 'status:200 or tag:x' },
  { ...page, query: '', sort: { field: 'time', descending: true } },
  { query: '', bins: 10 },
  { field: 'host', query: '', startsWith: 'a', count: 5 },
  { query: '', fields: ['host', 'principal'], top: 5, within: { field: 'host', contains: 'a' } },
  { ref: 'a.har#1' },
  { id: 'a.har#1', limit: 10, count: 5 },
  { ...boxing, count: 5, slices: 10, callers: 5, operations: 5 },
  { before: { from: 0, to: 1 }, after: { from: 1, to: 4_000_000_000_000_000 } },
  { keys: [{ kind: 'cookie', name: 'sid' }] },
  { host: '', set: [], remove: [] },
  { kind: 'jwks', name: 'k', text: '{"keys":[]}' },
  { change: { kind: 'tag', refs: ['a.har#1'], name: 'x' } },
  { entry: 1 },
  { title: 'x' },
  { pages: ['x'], around: ['x'], profile: 'redacted' },
  { words: 'get', principal: 'x', endpoint: 'x', credential: 'x', control: 'x', side: 'incident', verdict: 'all', count: 5 },
];

/** What must not run here: it reads paths that the input names. */
const NOT_RUN = new Set(['case.import', 'evidence.inspect', 'evidence.review', 'report.write', 'query.write', 'case.copy', 'issues.write']);

const over = (() => {
  let made: Promise<EngineOver> | undefined;
  return () => {
    const [har = new Uint8Array()] = fixturesOf('har');
    return (made ??= engineOver({ 'a.har': har }));
  };
})();

/** Sends one envelope and gives the code of its answer; the answer must come, once, and be JSON. */
async function answerTo(text: string): Promise<string> {
  const { engine } = await over();
  const handlers = Object.fromEntries(Object.entries(engine).filter(([name]) => !NOT_RUN.has(name))) as LooseHandlers;
  const [mine, theirs] = memoryTransports();
  const answers: string[] = [];
  const bugs: string[] = [];
  mine.onText((answer) => answers.push(answer));
  const served = serve(theirs, engineMethods, handlers, { engine: 'test', onBug: (error) => bugs.push(String(error.cause)) });
  mine.send(text);
  await new Promise((resolve) => setImmediate(resolve));
  await served.idle();
  await new Promise((resolve) => setImmediate(resolve));
  if (bugs.length > 0) throw new Error(`a bug: ${bugs.join('; ')}`);
  const codes = answers.flatMap((answer) => {
    const down = JSON.parse(answer) as { t: string; error?: { code: string } };
    return down.t === 'ok' ? ['ok'] : down.t === 'fail' ? [down.error?.code ?? ''] : [];
  });
  if (codes.length !== 1) throw new Error(`${String(codes.length)} answers`);
  return codes.join('');
}

/** What the page may send: the method's own check takes or refuses it, and what it takes is answered. */
async function send(input: Uint8Array): Promise<string> {
  const text = new TextDecoder().decode(input);
  let up: unknown;
  try {
    up = JSON.parse(text);
  } catch {
    return 'not JSON'; // the supervisor drops it before it comes here
  }
  if (typeof up !== 'object' || up === null || !('method' in up) || typeof up.method !== 'string') return 'no envelope';
  const { method } = up;
  const params: unknown = 'params' in up ? up.params : undefined;
  if (Object.hasOwn(allMethods, method) && !Object.hasOwn(engineMethods, method)) {
    // A method of the host: its check alone; to run it would touch this machine.
    return allMethods[method as keyof typeof allMethods].params.safeParse(params).success ? `${method} fits` : 'bad-params';
  }
  return `${method} ${await answerTo(JSON.stringify({ t: 'call', id: 1, method, params }))}`;
}

/** Every method of the table with changed parameters. */
export const methodTarget: FuzzTarget = {
  id: 'methods',
  seeds: () =>
    Object.keys(allMethods).flatMap((method) => PARAMS.map((params) => toBytes(JSON.stringify({ t: 'call', id: 1, method, params })))),
  run: send,
};
