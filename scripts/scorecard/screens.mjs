// The rows that come from end-to-end flows: each flow prints its figures, or is counted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';

const node = process.execPath;
/** What a program exits with where this machine lacks what it needs. */
const NOT_HERE = 3;
/** Flows that stand for the suite in a short run: evidence comes in, a finding is read, a report is written, and the desktop shell with its
 * checklist. */
const SHORT_FLOWS = ['evidence', 'findings', 'report', 'shell'];
/** The short run looks at one state of so many. */
const STATES_STEP = '5';

/** Units: lines of what a run that failed printed. */
const LAST_WORDS = 40;

/** Runs flows; says how one that failed ended, since its report is gone with the next run. */
async function playwright(words, env) {
  const ran = await capture(node, [at('node_modules/@playwright/test/cli.js'), 'test', ...words, '--reporter=line'], { cwd: at(), env });
  if (ran.code !== 0) console.log(ran.text.trimEnd().split('\n').slice(-LAST_WORDS).join('\n').replace(/^/gm, '    '));
  return ran;
}

/** The screens of the hostile case. Shape: `undefined` when the flow gave no figures. */
export async function addHostile(card, env) {
  console.log('a hostile case on every screen …');
  const { code, text } = await playwright(['test/e2e/hostile.spec.ts'], env);
  const figures = /\d+ looks, (\d+) attacks of (\d+) fields/.exec(text);
  const got = figures === null ? 'the flow failed' : `${figures[0]} stood as text, ${code === 0 ? 0 : 'some'} executed`;
  card.add('attacks × fields on screens', got, '3,000 × 60 fields, 0', code === 0 && figures !== null && Number(figures[1]) >= 180_000); // prettier-ignore
  return code === 0 ? 0 : 1;
}

/** Axe in the states of the screens, and the flows that use nothing but keys. */
export async function addAccess(card, env, isLong) {
  console.log('axe in the states of the screens, flows by keyboard …');
  const step = isLong ? '1' : STATES_STEP;
  const states = await playwright(['test/e2e/states.spec.ts', '--project=browser'], { ...env, SPOOR_STATES_STEP: step });
  const looked = [...states.text.matchAll(/(\d+) states looked at, (\d+) faults/g)];
  const sum = (place) => looked.reduce((total, figures) => total + Number(figures[place]), 0);
  card.add(
    'axe violations, cut text, small targets',
    `${sum(2)} in ${sum(1)} states${isLong ? '' : `, every ${step}th`}`,
    '0 in every state',
    states.code === 0 && sum(1) > 0 && sum(2) === 0,
  );
  const keys = await playwright(['--grep', 'by keyboard', '--project=browser'], env);
  const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(keys.text)?.[1] ?? 0);
  card.add(
    'flows by keyboard alone',
    `${count('passed')} passed, ${count('failed')} failed`,
    'all pass',
    keys.code === 0 && count('passed') > 0,
  );
  return (states.code === 0 ? 0 : 1) + (keys.code === 0 ? 0 : 1);
}

/** The screens in a network of their own, and end-to-end flows: some, or the whole suite when `isLong`. */
export async function addNetwork(card, env, isLong) {
  console.log('the screens in a network that leads nowhere …');
  const folder = mkdtempSync(join(tmpdir(), 'spoor-scorecard-'));
  const shell = 'ip link set lo up && exec "$@"';
  const flow = await capture('unshare', ['-rn', '--', 'sh', '-c', shell, 'sh', node, at('test/support/network/flow.ts'), join(folder, 'trace')], { cwd: at(), env, timeout: 300_000 }).catch((error) => ({ code: 1, text: String(error) })); // prettier-ignore
  rmSync(folder, { recursive: true, force: true });
  const screens = /\d+ screens, .*/.exec(flow.text)?.[0];
  card.add('no network, screens', screens ?? 'cannot be run here', '0 attempts', screens === undefined ? undefined : flow.code === 0);
  const { code, text } = await capture(node, [at('test/support/network/whole.ts'), ...(isLong ? ['--all'] : SHORT_FLOWS)], {
    cwd: at(),
    env,
  });
  const said = /no network, end to end: (.*)/.exec(text)?.[1] ?? 'the run failed';
  card.add(`no network, end-to-end suite${isLong ? '' : ': some of it'}`, said, '0 attempts', code === NOT_HERE ? undefined : code === 0);
  const idle = await capture(node, [at('test/support/network/idle.ts'), isLong ? '86400' : '60'], { cwd: at(), env });
  const waited = /no network, (.*)/.exec(idle.text)?.[1] ?? 'the run failed';
  card.add(`no network, idle${isLong ? '' : ' for a minute, not 24 h'}`, waited, '0', idle.code === NOT_HERE ? undefined : idle.code === 0);
  return (screens === undefined || flow.code === 0 ? 0 : 1) + (code === 0 || code === NOT_HERE ? 0 : 1);
}
