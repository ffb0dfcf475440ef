// The parts that are end-to-end flows: each flow prints its figures, or is counted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';
import { latestOf, total, wanting } from './turns.mjs';

const node = process.execPath;
/** What a program exits with where this machine lacks what it needs. */
const NOT_HERE = 3;
/** Flows that stand for the suite in a short run: evidence comes in, a finding is read, a report is written, and the desktop shell with its
 * checklist. */
const SHORT_FLOWS = ['evidence', 'findings', 'report', 'shell'];
/** The states of the screens are looked at in so many turns, each of every so-manieth state; the short run makes one of them. */
const STATES_TURNS = 5;
/** The files of flows without a network are run in so many turns. */
const NETWORK_TURNS = 8;

/** Units: lines of what a run that failed printed. */
const LAST_WORDS = 40;

/** Runs flows; says how one that failed ended, since its report is gone with the next run. */
async function playwright(words, env) {
  const ran = await capture(node, [at('node_modules/@playwright/test/cli.js'), 'test', ...words, '--reporter=line'], { cwd: at(), env });
  if (ran.code !== 0) console.log(ran.text.trimEnd().split('\n').slice(-LAST_WORDS).join('\n').replace(/^/gm, '    '));
  return ran;
}

/** The screens of the hostile case. */
export async function addHostile(card, env) {
  const { code, text } = await playwright(['test/e2e/hostile.spec.ts'], env);
  const figures = /\d+ looks, (\d+) attacks of (\d+) fields/.exec(text);
  const got = figures === null ? 'the flow failed' : `${figures[0]} stood as text, ${code === 0 ? 0 : 'some'} executed`;
  card.add('attacks × fields on screens', got, '3,000 × 60 fields, 0', code === 0 && figures !== null && Number(figures[1]) >= 180_000); // prettier-ignore
  return code === 0 ? 0 : 1;
}

/** Flows that use nothing but keys. */
export async function addKeyboard(card, env) {
  const keys = await playwright(['--grep', 'by keyboard', '--project=browser'], env);
  const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(keys.text)?.[1] ?? 0);
  const isGood = keys.code === 0 && count('passed') > 0;
  card.add('flows by keyboard alone', `${count('passed')} passed, ${count('failed')} failed`, 'all pass', isGood);
  return isGood ? 0 : 1;
}

/** Axe, cut text and small targets in the states of the screens. */
export const states = {
  next(done, size, tried) {
    const starts = Array.from({ length: size === 'short' ? 1 : STATES_TURNS }, (_, turn) => String(turn));
    const [from] = wanting(starts, done, tried);
    return from === undefined ? undefined : { name: from, run: (env) => runStates(env, from) };
  },
  rows(card, done) {
    const turns = latestOf(done);
    const got = `${total(turns, 'faults')} in ${total(turns, 'states')} states, ${turns.length} fifths of all`;
    card.add(
      'axe violations, cut text, small targets',
      got,
      '0 in every state',
      turns.length === STATES_TURNS && total(turns, 'wrong') === 0,
    );
  },
};

async function runStates(env, from) {
  const part = { ...env, SPOOR_STATES_STEP: String(STATES_TURNS), SPOOR_STATES_FROM: from };
  const { code, text } = await playwright(['test/e2e/states.spec.ts', '--project=browser'], part);
  const looked = [...text.matchAll(/(\d+) states looked at, (\d+) faults/g)];
  const sum = (place) => looked.reduce((count, figures) => count + Number(figures[place]), 0);
  if (looked.length === 0) return undefined;
  return { states: sum(1), faults: sum(2), wrong: code === 0 ? 0 : Math.max(1, sum(2)) };
}

/** The screens, in a network of their own. */
export async function addScreensShutIn(card, env) {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-scorecard-'));
  const shell = 'ip link set lo up && exec "$@"';
  const flow = await capture('unshare', ['-rn', '--', 'sh', '-c', shell, 'sh', node, at('test/support/network/flow.ts'), join(folder, 'trace')], { cwd: at(), env, timeout: 300_000 }).catch((error) => ({ code: 1, text: String(error) })); // prettier-ignore
  rmSync(folder, { recursive: true, force: true });
  const screens = /\d+ screens, .*/.exec(flow.text)?.[0];
  card.add('no network, screens', screens ?? 'cannot be run here', '0 attempts', screens === undefined ? undefined : flow.code === 0);
  return screens === undefined || flow.code === 0 ? 0 : 1;
}

const SOME = 'some';

/** End-to-end flows in a network that leads nowhere: some, or the whole suite file by file. */
export const network = {
  next(done, size, tried) {
    const names =
      size === 'short' ? [SOME] : Array.from({ length: NETWORK_TURNS }, (_, turn) => `${String(turn + 1)}/${String(NETWORK_TURNS)}`);
    const [name] = wanting(names, done, tried);
    return name === undefined ? undefined : { name, run: (env) => runNetwork(env, name === SOME ? SHORT_FLOWS : ['--shard', name]) };
  },
  rows(card, done) {
    const shards = latestOf(done).filter(({ turn }) => turn !== SOME);
    const turns = shards.length > 0 ? shards : done.slice(-1);
    if (turns.some(({ result }) => result.notHere)) return card.add('no network, end-to-end suite', 'cannot be run here', '0 attempts');
    const [passed, failed, attempts, servers, packets] = ['passed', 'failed', 'attempts', 'servers', 'packets'].map((figure) =>
      total(turns, figure),
    );
    const part = shards.length === NETWORK_TURNS ? '' : shards.length > 0 ? `, ${shards.length} eighths of it` : ', some of it';
    const isTraced = turns.every(({ result }) => result.traced !== false);
    const tried = isTraced ? `${attempts} attempts of ${servers} servers` : 'attempts not traced, there is no strace that works here';
    const got = `${passed} flows passed, ${failed} failed${part}; ${tried}, ${packets} packets`;
    return card.add('no network, end-to-end suite', got, '0 attempts in all of it', part === '' && isTraced && total(turns, 'wrong') === 0);
  },
};

async function runNetwork(env, words) {
  const { code, text } = await capture(node, [at('test/support/network/whole.ts'), ...words], { cwd: at(), env });
  if (code === NOT_HERE) return { notHere: true, wrong: 0 };
  const figures =
    /(\d+) flows of \d+ files passed, (\d+) failed; (?:(\d+) attempts of (\d+) servers|attempts not traced.*), (\d+) packets/.exec(text);
  if (figures === null) return undefined;
  if (code !== 0) console.log(text.trimEnd().split('\n').slice(-LAST_WORDS).join('\n').replace(/^/gm, '    '));
  const [passed, failed, attempts, servers, packets] = figures.slice(1).map((figure) => Number(figure ?? 0));
  const traced = figures[3] !== undefined;
  return { passed, failed, traced, attempts, servers, packets, wrong: code === 0 ? 0 : Math.max(1, failed + attempts + packets) };
}

/** The workbench with nobody at it. Units: a minute, or the 24 hours that the release wants. */
export async function addIdle(card, env, size) {
  const isLong = size === 'long';
  const { code, text } = await capture(node, [at('test/support/network/idle.ts'), isLong ? '86400' : '60'], { cwd: at(), env });
  const waited = /no network, (.*)/.exec(text)?.[1] ?? 'the run failed';
  card.add(
    `no network, idle${isLong ? '' : ' for a minute, not 24 h'}`,
    waited,
    '0 in 24 h',
    code === NOT_HERE ? undefined : isLong && code === 0,
  );
  return code === 0 || code === NOT_HERE ? 0 : 1;
}
