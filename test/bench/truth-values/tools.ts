import { seededRandom, type Random } from '#test/support/large/random.ts';

/** A call of a tool and the call that it made. Shape: records as `name#number`. */
export interface MadeByTool {
  readonly from: string;
  readonly to: string;
}

/** Logs of tools, of the gateway and of the proxy behind them, without any shared id, and which call made which. */
export interface ToolScene {
  readonly files: Readonly<Record<string, string>>;
  /** Every call that a tool made. */
  readonly made: readonly MadeByTool[];
  /** Of those, the calls that show in their URL what the tool was given. */
  readonly shown: readonly MadeByTool[];
}

const START = Date.UTC(2026, 9, 5, 8);
const HOST = 'api.tools.test';
const HEALTH = '/status/live';
/** Between two calls of a tool, in the middle. Units: ms. */
const PAUSE = 2_500;
const [OWN, DESK, PROBE, BATCH] = ['tool-server/1.4', 'Mozilla/5.0 (desk)', 'kube-probe/1.30', 'tool-batch/2.0'];

interface Line {
  readonly at: number;
  readonly text: string;
  /** The call of a tool that this line asks for. */
  readonly asks?: number;
  readonly madeBy?: number;
  readonly isShown?: boolean;
}

/** The logs while they are written. */
interface Scene {
  readonly random: Random;
  /** The gateway's clock against that of the tools. Units: ms. */
  readonly ahead: number;
  readonly gateway: Line[];
  readonly proxy: Line[];
  readonly tools: Line[];
  called: number;
}

type Made = Pick<Line, 'madeBy' | 'isShown'>;

function throughGateway(scene: Scene, at: number, took: number, path: string, client: string, ip: string, made: Made = {}): void {
  const stamp = at + scene.ahead;
  const request = { method: 'GET', uri: path, url: `https://${HOST}${path}`, headers: { host: HOST, 'user-agent': client } };
  const line = {
    request,
    response: { status: 200, headers: {} },
    latencies: { request: took, proxy: took, kong: 0 },
    client_ip: ip,
    started_at: stamp,
  };
  scene.gateway.push({ at: stamp, text: JSON.stringify(line), ...made });
}

function throughProxy(scene: Scene, at: number, took: number, url: string, ip: string, made: Made = {}): void {
  const ended = at + took;
  scene.proxy.push({
    at: ended,
    text: `${(ended / 1000).toFixed(3)} ${String(took)} ${ip} TCP_MISS/200 812 GET ${url} - HIER_DIRECT/203.0.113.9 -`,
    ...made,
  });
}

/** Calls a tool; returns its record in its log. */
function callTool(scene: Scene, at: number, took: number, name: string, given: object): number {
  scene.called += 1;
  const line = (stamp: number, direction: string, message: object, asks?: number): void => {
    const whole = {
      timestamp: new Date(stamp).toISOString(),
      direction,
      server: 'tools',
      message: { jsonrpc: '2.0', id: scene.called, ...message },
    };
    scene.tools.push({ at: stamp, text: JSON.stringify(whole), ...(asks === undefined ? {} : { asks }) });
  };
  line(at, 'client_to_server', { method: 'tools/call', params: { name, arguments: given } }, scene.called);
  line(at + took, 'server_to_client', { result: { content: [{ type: 'text', text: 'done' }] } });
  return scene.called;
}

const PEOPLE = ['10.4.0.11', '10.4.0.12', '10.4.0.13'];

/** One call of a tool, and what goes on beside it. */
function playStep(scene: Scene, at: number, items: readonly string[], pages: readonly string[]): void {
  const { random } = scene;
  const item = random.pick(items);
  const took = random.int(150, 400);
  const [begins, lasts] = [at + random.int(10, 40), random.int(50, 100)];
  const kind = random.next();
  if (kind < 0.5) {
    const tool = callTool(scene, at, took, 'get_item', { itemId: item });
    throughGateway(scene, begins, lasts, `/v2/items/${item}`, OWN, '10.4.7.14', { madeBy: tool, isShown: true });
  } else if (kind < 0.7) {
    const url = random.pick(pages);
    const tool = callTool(scene, at, took, 'http_get', { url });
    throughProxy(scene, begins, lasts, url, '10.4.7.14', { madeBy: tool, isShown: true });
  } else if (kind < 0.8) {
    // Nothing of what the tool was given stands in the URL.
    const tool = callTool(scene, at, took, 'list_items', { sort: 'up' });
    throughGateway(scene, begins, lasts, '/v2/items', OWN, '10.4.7.14', { madeBy: tool });
  } else if (kind < 0.88) {
    callTool(scene, at, took, 'check_health', { url: `https://${HOST}${HEALTH}` });
  } else callTool(scene, at, took, 'get_cached_item', { itemId: item });
  // Decoys: a person opens the same item, now and then at that very moment; a batch of the same host asks for any; the probe asks all the time.
  if (random.chance(0.1)) throughGateway(scene, at + random.int(0, 60), 40, `/v2/items/${item}`, DESK, random.pick(PEOPLE));
  for (let other = 0; other < 3; other += 1)
    throughGateway(scene, at + random.int(-2_000, 2_000), random.int(20, 90), `/v2/items/${random.pick(items)}`, DESK, random.pick(PEOPLE));
  throughGateway(scene, at + random.int(-1_000, 1_000), 30, `/v2/items/${random.pick(items)}`, BATCH, '10.4.7.14');
  throughProxy(scene, at + random.int(-1_000, 1_000), 60, random.pick(pages), '10.4.9.20');
  // The proxy writes no program, so that what else runs on the tools' own host looks like them.
  if (random.chance(0.05)) throughProxy(scene, at + random.int(-1_000, 1_000), 60, random.pick(pages), '10.4.7.14');
}

/** Plays calls of tools whose server calls a gateway and a proxy, beside people, a batch and a probe that ask for the same things. */
export function playTools(steps: number, seed: string): ToolScene {
  const random = seededRandom(`tools ${seed}`);
  const scene: Scene = { random, ahead: random.pick([-180, 0, 240]), gateway: [], proxy: [], tools: [], called: 0 };
  const items = Array.from({ length: 60 }, () => `ITM-${String(random.int(10_000, 99_999))}`);
  const pages = Array.from({ length: 40 }, () => `http://docs.tools.test/guides/${random.base32(9)}`);
  let at = START;
  for (let step = 0; step < steps; step += 1) playStep(scene, (at += Math.round(random.around(PAUSE, 0.6))), items, pages);
  for (let probe = START; probe < at; probe += 1_000) throughGateway(scene, probe, 4, HEALTH, PROBE, '10.4.0.2');
  const made: MadeByTool[] = [];
  const shown: MadeByTool[] = [];
  const recordOf = new Map<number, number>();
  const write = (name: string, lines: readonly Line[]): string =>
    [...lines]
      .sort((a, b) => a.at - b.at)
      .map(({ text, asks, madeBy, isShown }, place) => {
        if (asks !== undefined) recordOf.set(asks, place + 1);
        const from = madeBy === undefined ? undefined : recordOf.get(madeBy);
        if (from !== undefined) {
          const pair = { from: `tools.jsonl#${String(from)}`, to: `${name}#${String(place + 1)}` };
          made.push(pair);
          if (isShown === true) shown.push(pair);
        }
        return `${text}\n`;
      })
      .join('');
  // The tools first: their records are named by the others.
  const files = {
    'tools.jsonl': write('tools.jsonl', scene.tools),
    'gateway.jsonl': write('gateway.jsonl', scene.gateway),
    'proxy.log': write('proxy.log', scene.proxy),
  };
  return { files, made, shown };
}
