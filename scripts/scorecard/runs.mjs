// The parts that are programs of their own: each prints one line that is read here.
import { at } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';
import { latestOf, total, wanting } from './turns.mjs';

const start = (path, args, env) => capture(process.execPath, [at(path), ...args], { cwd: at(), env });
/** What a program exits with where this machine lacks what it needs. */
const NOT_HERE = 3;

/** What the release wants. Source: the scorecard of the trust model. */
const INPUTS = 60_000;
const CASE_FILES = 2000;
const KILLS = 1000;
const HOURS = 24;

/** Targets of the fuzzer that are cases: slow ones, which a share of the time gives few inputs. */
const CASES = ['case-file', 'encrypted-case'];

/** Changed inputs; the seed of a turn is its number, so that no two of a build try the same. */
export const fuzz = {
  next(done, size, tried) {
    const name = String(done.length + 1);
    if (tried.has(name)) return undefined;
    const turn = (seconds, targets = []) => ({ name, run: (env) => runFuzz(env, seconds, `scorecard-${name}`, targets) });
    if (size === 'short') return done.length > 0 ? undefined : turn(60);
    if (total(done, 'inputs') < INPUTS) return turn(300);
    if (total(done, 'caseFiles') < CASE_FILES) return turn(120, CASES);
    return size === 'long' && total(done, 'seconds') < HOURS * 3600 ? turn(600) : undefined;
  },
  rows(card, done) {
    const [inputs, crashes, caseFiles] = ['inputs', 'crashes', 'caseFiles'].map((figure) => total(done, figure));
    const hours = total(done, 'seconds') / 3600;
    const seeds = `${String(done.length)} seeds`;
    card.add('changed inputs survived', `${inputs} of ${seeds}, ${crashes} crashes`, '60,000, 0', inputs >= INPUTS && crashes === 0);
    card.add('changed case files survived', `${caseFiles}, ${crashes} crashes`, '2,000, 0', caseFiles >= CASE_FILES && crashes === 0);
    card.add('fuzzing time', `${hours.toFixed(2)} h`, '24 h', hours >= HOURS);
  },
};

async function runFuzz(env, seconds, seed, targets) {
  const { text } = await start('test/support/fuzz/run.ts', [String(seconds), seed, ...targets], env);
  const [, inputs, took, crashes, caseFiles] = /(\d+) inputs over .* in (\d+) s.*: (\d+) crashes; case files: (\d+)/.exec(text) ?? [];
  if (inputs === undefined) return undefined;
  for (const line of text.split('\n').filter((each) => each.startsWith('CRASH '))) console.log(`  ${line}`);
  return { inputs: Number(inputs), seconds: Number(took), crashes: Number(crashes), caseFiles: Number(caseFiles), wrong: Number(crashes) };
}

const KINDS = [
  ['plain', []],
  ['encrypted', ['--encrypted']],
];
/** Kills in one turn: of imports, and of each deed that writes. Some two minutes. */
const OF_IMPORTS = 20;
const OF_DEEDS = 15;

/** Kills of processes that write; the kinds of cases take turns. */
export const kills = {
  next(done, size, tried) {
    const of = (kind) => done.filter(({ turn }) => turn.startsWith(kind));
    const [kind, flags] = KINDS.toSorted(([a], [b]) => total(of(a), 'killed') - total(of(b), 'killed'))[0];
    const isEnough = size === 'short' ? KINDS.every(([each]) => of(each).length > 0) : total(done, 'killed') >= KILLS;
    const name = `${kind}-${String(of(kind).length + 1)}`;
    return isEnough || tried.has(name) ? undefined : { name, run: (env) => runKills(env, `scorecard-${name}`, flags) };
  },
  rows(card, done) {
    for (const [kind] of KINDS) {
      const turns = done.filter(({ turn }) => turn.startsWith(kind));
      const where = [...new Set(turns.flatMap(({ result }) => Object.keys(result.where)))];
      const counts = where.map((deed) => [deed, turns.reduce((sum, { result }) => sum + (result.where[deed] ?? 0), 0)]);
      const each = counts.map(([deed, count]) => `${deed} ${String(count)}`);
      // A plain case has no passphrase to change.
      const isEach = counts.length > 0 && counts.every(([deed, count]) => count > 0 || (kind === 'plain' && deed === 'passphrase'));
      const deaths = kind === 'plain' ? ` and ${String(total(turns, 'deaths'))} deaths at statements` : '';
      card.add(
        `kills survived, ${kind} cases`,
        `${total(turns, 'killed')} (${each.join(', ')})${deaths}`,
        'each deed',
        isEach && total(turns, 'wrong') === 0,
      );
    }
    const [killed, wrong] = [total(done, 'killed'), total(done, 'wrong')];
    card.add('kills survived, all together', `${killed}, ${wrong} rounds wrong`, '1,000, 0 (Linux)', killed >= KILLS && wrong === 0);
    card.add('kills survived, macOS and Windows', `this is ${process.platform}`, '200 / 200');
  },
};

async function runKills(env, seed, flags) {
  const { text } = await start('test/support/kill/run.ts', [String(OF_IMPORTS), String(OF_IMPORTS), String(OF_DEEDS), seed, ...flags], env);
  const [, deaths, killed, where = '', wrong] = /(\d+) deaths at statements, (\d+) kills \((.*)\): (\d+) rounds/.exec(text) ?? [];
  if (killed === undefined) return undefined;
  if (wrong !== '0') console.log(text.replace(/^/gm, '    '));
  const counts = where.split(', ').map((one) => one.split(' '));
  return {
    deaths: Number(deaths),
    killed: Number(killed),
    wrong: Number(wrong),
    where: Object.fromEntries(counts.map(([deed, times]) => [deed, Number(times)])),
  };
}

export async function addPower(card, env, size) {
  const { code, text } = await start('test/support/power/run.ts', [size === 'long' ? '100' : '40'], env);
  const [, points, wrong, caught] = /(\d+) power losses, (\d+) went wrong; (\d+) of 3/.exec(text) ?? [];
  if (code === NOT_HERE || points === undefined) {
    card.add('power-loss points survived', code === NOT_HERE ? 'no strace here' : 'the recording failed', '300', code === NOT_HERE ? undefined : false); // prettier-ignore
    return code === NOT_HERE ? 0 : 1;
  }
  card.add('power-loss points survived', `${points}, ${wrong} wrong`, '300, 0', Number(points) >= 300 && wrong === '0');
  card.add('forgotten syncs found out', `${caught} of 3`, '3 of 3', caught === '3');
  return code === 0 ? 0 : 1;
}

/** Cases of which reports are made anew, in all and in one turn. */
const REBUILT = 20;
const REBUILT_AT_ONCE = 2;

/** The same bundles in other zones and locales. */
export const rebuilt = {
  next(done, size, tried) {
    const starts = Array.from({ length: (size === 'short' ? REBUILT_AT_ONCE : REBUILT) / REBUILT_AT_ONCE }, (_, turn) =>
      String(turn * REBUILT_AT_ONCE),
    );
    const [from] = wanting(starts, done, tried);
    return from === undefined ? undefined : { name: from, run: (env) => runRebuilt(env, from) };
  },
  rows(card, done) {
    const turns = latestOf(done);
    const [cases, files, wrong] = ['cases', 'files', 'wrong'].map((figure) => total(turns, figure));
    const got = `${cases} cases (${files} files, ${turns[0]?.result.formats ?? 0} formats) × 3 zones × 3 locales, ${wrong} wrong`;
    card.add('reports rebuilt byte-identical', got, '20 × 5 × 3 zones × 3 locales, 0', cases >= REBUILT && wrong === 0);
  },
};

async function runRebuilt(env, from) {
  const { code, text } = await start('test/support/rebuilt/run.ts', [String(REBUILT_AT_ONCE), from], env);
  const [, cases, formats, files, differing] = /rebuilt: (\d+) cases × (\d+) formats \((\d+) files\).*: (\d+) differ/.exec(text) ?? [];
  if (cases === undefined) return undefined;
  if (code !== 0) console.log(text.replace(/^/gm, '    '));
  return { cases: Number(cases), formats: Number(formats), files: Number(files), wrong: code === 0 ? 0 : Math.max(1, Number(differing)) };
}
