// The rows that come from programs of their own: each prints one line that is read here.
import { at } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';

const node = process.execPath;
const start = (path, args, env) => capture(node, [at(path), ...args], { cwd: at(), env });
/** What a program exits with where this machine lacks what it needs. */
const NOT_HERE = 3;

export async function addFuzz(card, env, seconds) {
  console.log(`changed inputs for ${seconds} s …`);
  const { text } = await start('test/support/fuzz/run.ts', [seconds, 'scorecard'], env);
  const [, inputs = '0', crashes = '?', caseFiles = '0'] = /(\d+) inputs over .*: (\d+) crashes; case files: (\d+)/.exec(text) ?? [];
  card.add('changed inputs survived', `${inputs}, ${crashes} crashes`, '60,000, 0', Number(inputs) >= 60_000 && crashes === '0');
  card.add('changed case files survived', `${caseFiles}, ${crashes} crashes`, '2,000, 0', Number(caseFiles) >= 2000 && crashes === '0');
  card.add('fuzzing time', `${(Number(seconds) / 3600).toFixed(2)} h`, '24 h', Number(seconds) >= 86_400);
  return crashes === '0' ? 0 : 1;
}

export async function addKills(card, env, kills) {
  let broken = 0;
  for (const [kind, flags] of [
    ['plain cases', []],
    ['encrypted cases', ['--encrypted']],
  ]) {
    console.log(`${kind}: ${kills} kills of imports, of analyses, of notes and of exports each …`);
    const { text } = await start('test/support/kill/run.ts', [String(Number(kills) * 2), kills, kills, 'scorecard', ...flags], env);
    const [, deaths = '0', killed = '0', where = '', wrong = '?'] =
      /(\d+) deaths at statements, (\d+) kills \((.*)\): (\d+) rounds/.exec(text) ?? [];
    card.add(
      `kills survived, ${kind}`,
      `${killed} (${where}) and ${deaths} deaths at statements, ${wrong} rounds wrong`,
      '1,000, 0 (Linux)',
      Number(killed) >= 1000 && wrong === '0',
    );
    if (wrong !== '0') broken += 1;
  }
  card.add('kills survived, macOS and Windows', `this is ${process.platform}`, '200 / 200');
  return broken;
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

/** The same bundles in other zones and locales; `cases` of them. */
export async function addRebuilt(card, env, cases) {
  console.log('reports made anew in other zones and locales …');
  const { code, text } = await start('test/support/rebuilt/run.ts', [cases], env);
  const said = /rebuilt: (.*);/.exec(text)?.[1];
  card.add(
    'reports rebuilt byte-identical',
    said ?? 'the run failed',
    '20 × 5 × 3 zones × 3 locales, 0',
    code === 0 && Number(cases) >= 20,
  );
  return code === 0 ? 0 : 1;
}
