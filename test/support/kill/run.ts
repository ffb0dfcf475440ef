import { isDeepStrictEqual } from 'node:util';
import { seededRandom } from '../large/random.ts';
import { deedRounds } from './deeds.ts';
import { crashRounds, killRounds } from './rounds.ts';

/**
 * `npm run kill [-- DEATHS [KILLS [SEED]]]`: lets imports die at that many statements and by that many signals, and analyses, notes and
 * exports by as many signals again, and says what was wrong afterwards. The suite has a small share of it.
 */
const [deaths = '300', kills = '100', seed = 'kill'] = process.argv.slice(2);
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
let deeds = 0;
for await (const { deed, at, damage } of deedRounds(Number(kills), random)) {
  deeds += 1;
  judge(`${deed} killed after ${String(at)} ms`, { damage, summary: {}, wanted: {} });
}
process.stdout.write(`${String(died)} deaths at statements, ${String(killed + deeds)} kills: ${String(wrong)} rounds went wrong\n`);
process.exitCode = wrong === 0 ? 0 : 1;
