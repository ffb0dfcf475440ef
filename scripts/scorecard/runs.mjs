// The rows that come from programs of their own: each prints one line that is read here.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';

const node = process.execPath;
const start = (path, args, env, more = {}) => capture(node, [at(path), ...args], { cwd: at(), env, ...more });
/** What a program exits with where this machine lacks what it needs. */
const NOT_HERE = 3;

export async function addFuzz(card, env, seconds) {
  console.log(`changed inputs for ${seconds} s …`);
  const { text } = await start('test/support/fuzz/run.ts', [seconds, 'scorecard'], env);
  const [, inputs = '0', crashes = '?'] = /(\d+) inputs over .*: (\d+) crashes/.exec(text) ?? [];
  card.add('changed inputs survived', `${inputs}, ${crashes} crashes`, '60,000, 0', Number(inputs) >= 60_000 && crashes === '0');
  card.add('fuzzing time', `${(Number(seconds) / 3600).toFixed(2)} h`, '24 h', Number(seconds) >= 86_400);
  return crashes === '0' ? 0 : 1;
}

export async function addKills(card, env, kills) {
  console.log(`${kills} kills of imports, ${kills} of analyses, notes and exports …`);
  const { text } = await start('test/support/kill/run.ts', ['20', kills, 'scorecard'], env);
  const [, deaths = '0', killed = '0', wrong = '?'] = /(\d+) deaths at statements, (\d+) kills: (\d+) rounds/.exec(text) ?? [];
  card.add(
    'kills survived',
    `${killed} and ${deaths} deaths at statements, ${wrong} rounds wrong`,
    '1,000, 0 (Linux)',
    Number(killed) >= 1000 && wrong === '0',
  );
  card.add('kills survived, macOS and Windows', `this is ${process.platform}`, '200 / 200');
  return wrong === '0' ? 0 : 1;
}

export async function addPower(card, env, notes) {
  console.log('power losses …');
  const { code, text } = await start('test/support/power/run.ts', [notes], env);
  const [, points, wrong, caught] = /(\d+) power losses, (\d+) went wrong; (\d+) of 3/.exec(text) ?? [];
  if (code === NOT_HERE || points === undefined) {
    card.add('power-loss points survived', code === NOT_HERE ? 'no strace here' : 'the recording failed', '300', code === NOT_HERE ? undefined : false); // prettier-ignore
    return code === NOT_HERE ? 0 : 1;
  }
  card.add('power-loss points survived', `${points}, ${wrong} wrong`, '300, 0', Number(points) >= 300 && wrong === '0');
  card.add('forgotten syncs found out', `${caught} of 3`, '3 of 3', caught === '3');
  return code === 0 ? 0 : 1;
}

/** The screens of the hostile case. Shape: `undefined` when the flow gave no figures. */
export async function addHostile(card, env) {
  console.log('a hostile case on every screen …');
  const { code, text } = await capture(
    node,
    [at('node_modules/@playwright/test/cli.js'), 'test', 'test/e2e/hostile.spec.ts', '--reporter=line'],
    { cwd: at(), env },
  );
  const figures = /\d+ looks, (\d+) attacks of (\d+) fields/.exec(text);
  const got = figures === null ? 'the flow failed' : `${figures[0]} stood as text, ${code === 0 ? 0 : 'some'} executed`;
  card.add('attacks × fields on screens', got, '3,000 × 60 fields, 0', code === 0 && figures !== null && Number(figures[1]) >= 180_000); // prettier-ignore
  return code === 0 ? 0 : 1;
}

/** The screens in a network of their own; the whole end-to-end suite when `isLong`. */
export async function addNetwork(card, env, isLong) {
  console.log('the screens in a network that leads nowhere …');
  const folder = mkdtempSync(join(tmpdir(), 'spoor-scorecard-'));
  const shell = 'ip link set lo up && exec "$@"';
  const flow = await capture('unshare', ['-rn', '--', 'sh', '-c', shell, 'sh', node, at('test/support/network/flow.ts'), join(folder, 'trace')], { cwd: at(), env, timeout: 300_000 }).catch((error) => ({ code: 1, text: String(error) })); // prettier-ignore
  rmSync(folder, { recursive: true, force: true });
  const screens = /\d+ screens, .*/.exec(flow.text)?.[0];
  card.add('no network, screens', screens ?? 'cannot be run here', '0 attempts', screens === undefined ? undefined : flow.code === 0);
  if (!isLong) card.add('no network, whole end-to-end suite', 'with --long, or npm run no-network', '0 attempts');
  else {
    const { code, text } = await start('test/support/network/whole.ts', [], env);
    const said = /no network, end to end: (.*)/.exec(text)?.[1] ?? 'the run failed';
    card.add('no network, whole end-to-end suite', said, '0 attempts', code === NOT_HERE ? undefined : code === 0);
  }
  card.add('no network, 24 h idle', 'nobody waited 24 h', '0');
  return screens === undefined || flow.code === 0 ? 0 : 1;
}
