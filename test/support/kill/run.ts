import { isDeepStrictEqual } from 'node:util';
import { seededRandom } from '../large/random.ts';
import { DEEDS, deedRounds, type Deed } from './deeds.ts';
import { crashRounds, killRounds } from './rounds.ts';

/**
 * `npm run kill [-- DEATHS [KILLS [DEEDS [SEED]]]]`: lets imports die at that many statements and by KILLS signals, and analyses, notes and
 * exports by DEEDS signals each, and says what was wrong afterwards. The suite has a small share of it.
 */
const [deaths = '300', kills = '100', each = kills, seed = 'kill'] = process.argv.slice(2);
/** Kills on one case before it is imported whole. */
const IN_ROUND = 2;

let wrong = 0;
const judge = (what: string, round: { readonly damage: readonly string[]; readonly summary: object; readonly wanted: object }): void => {
  const isWhole = isDeepStrictEqual(round.summary, round.wanted);
  if (round.damage.length === 0 && isWhole) return;
  wrong += 1;
  process.stdout.write(`${what}\n${round.damage.map((line) => `  ${line}\n`).join('')}`);
  if (!isWhole) process.stdout.write(`  holds  ${JSON.stringify(round.summary)}\n  wanted ${JSON.stringify(round.wanted)}\n`);
};

const random = seededRandom(seed);
let died = 0;
for await (const round of crashRounds(Number(deaths), random)) {
  died += round.at.length;
  judge(`deaths at statements ${round.at.join(', ')}`, round);
}
let killed = 0;
for await (const round of killRounds(Math.ceil(Number(kills) / IN_ROUND), IN_ROUND, random)) {
  killed += round.killed;
  judge(`kills after ${round.at.join(', ')} ms`, round);
}
const killedIn = new Map<Deed, number>(DEEDS.map((deed) => [deed, 0]));
for await (const { deed, at, isUnderWay, damage } of deedRounds(Number(each) * DEEDS.length, random)) {
  if (isUnderWay) killedIn.set(deed, (killedIn.get(deed) ?? 0) + 1);
  judge(`${deed} killed after ${String(at)} ms`, { damage, summary: {}, wanted: {} });
}
const all = [...killedIn.values()].reduce((sum, one) => sum + one, killed);
const where = [`import ${String(killed)}`, ...[...killedIn].map(([deed, count]) => `${deed} ${String(count)}`)].join(', ');
process.stdout.write(`${String(died)} deaths at statements, ${String(all)} kills (${where}): ${String(wrong)} rounds went wrong\n`);
process.exitCode = wrong === 0 ? 0 : 1;
