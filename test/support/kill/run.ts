import { parseArgs, isDeepStrictEqual } from 'node:util';
import { seededRandom } from '../large/random.ts';
import { DEEDS, deedRounds, type Deed } from './deeds.ts';
import { HARNESS_KEY } from './encrypted.ts';
import { rewriteRounds } from './rewriting.ts';
import { crashRounds, killRounds } from './rounds.ts';

/**
 * `npm run kill [-- DEATHS [KILLS [DEEDS [SEED]]] [--encrypted]]`: lets imports die at that many statements and by KILLS signals, and analyses,
 * notes and exports by DEEDS signals each, and says what was wrong afterwards. With `--encrypted` the cases are, DEEDS changes of a passphrase
 * are killed as well, and nothing may stand in clear beside a case. The suite has a small share of it.
 */
const { values, positionals } = parseArgs({ options: { encrypted: { type: 'boolean', default: false } }, allowPositionals: true });
const [deaths = '300', kills = '100', each = kills, seed = 'kill'] = positionals;
const key = values.encrypted ? HARNESS_KEY : undefined;
/** Kills on one case before it is imported whole. */
const IN_ROUND = 2;

let wrong = 0;
const judge = (what: string, damage: readonly string[], holds?: object, wanted?: object): void => {
  const isWhole = isDeepStrictEqual(holds, wanted);
  if (damage.length === 0 && isWhole) return;
  wrong += 1;
  process.stdout.write(`${what}\n${damage.map((line) => `  ${line}\n`).join('')}`);
  if (!isWhole) process.stdout.write(`  holds  ${JSON.stringify(holds)}\n  wanted ${JSON.stringify(wanted)}\n`);
};

const random = seededRandom(seed);
let died = 0;
// Deaths at statements are of cases in memory, which nothing encrypts.
for await (const { at, damage, summary, wanted } of crashRounds(key === undefined ? Number(deaths) : 0, random)) {
  died += at.length;
  judge(`deaths at statements ${at.join(', ')}`, damage, summary, wanted);
}
let killed = 0;
for await (const round of killRounds(Math.ceil(Number(kills) / IN_ROUND), IN_ROUND, random, key)) {
  killed += round.killed;
  judge(`kills after ${round.at.join(', ')} ms`, round.damage, round.summary, round.wanted);
}
const killedIn = new Map<Deed | 'passphrase', number>(DEEDS.map((deed) => [deed, 0]));
const count = (deed: Deed | 'passphrase'): void => void killedIn.set(deed, (killedIn.get(deed) ?? 0) + 1);
for await (const { deed, at, isUnderWay, damage } of deedRounds(Number(each) * DEEDS.length, random, key)) {
  if (isUnderWay) count(deed);
  judge(`${deed} killed after ${String(at)} ms`, damage);
}
for await (const { deed, at, isKilled, damage } of rewriteRounds(key === undefined ? 0 : Number(each), random)) {
  if (isKilled) count('passphrase');
  judge(`passphrase ${deed} killed after ${String(at)} ms`, damage);
}
const all = [...killedIn.values()].reduce((sum, one) => sum + one, killed);
const where = [`import ${String(killed)}`, ...[...killedIn].map(([deed, times]) => `${deed} ${String(times)}`)].join(', ');
process.stdout.write(`${String(died)} deaths at statements, ${String(all)} kills (${where}): ${String(wrong)} rounds went wrong\n`);
process.exitCode = wrong === 0 ? 0 : 1;
