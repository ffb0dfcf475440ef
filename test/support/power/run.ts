import { canTrace } from '../network/trap.ts';
import type { CaseKey } from '#electron/node/encryption/case-key.ts';
import { HARNESS_KEY } from '../kill/encrypted.ts';
import { clearWrites, FORGETFUL, losePower } from './replay.ts';
import { recordWriter, type DiskEvent } from './trace.ts';

/**
 * `npm run power [-- NOTES]`, 10 notes at least, since every tenth writes an export: records what a work process asks of the disk, lets the power go at every point, and says what was wrong
 * afterwards; does the same over an encrypted case, of which nothing may be written in clear, and then for programs that forget one kind of sync, which must be found out. Exit code 3: no strace here.
 */
const [notes = '40'] = process.argv.slice(2);
if (!canTrace()) {
  console.log('power loss: not run, there is no strace that works here');
  process.exit(3);
}
const events = recordWriter(Number(notes));
let points = 0;
let wrong = 0;
function loseAll(kind: string, recording: readonly DiskEvent[], key?: CaseKey): void {
  for (const { point, fate, damage } of losePower(recording, { key })) {
    points += 1;
    if (damage.length === 0) continue;
    wrong += 1;
    console.log(`${kind}, point ${String(point)}, what was not synced was ${fate}:\n${damage.map((line) => `  ${line}`).join('\n')}`);
  }
}
loseAll('plain', events);
const encrypted = recordWriter(Number(notes), HARNESS_KEY);
loseAll('encrypted', encrypted, HARNESS_KEY);
const clear = clearWrites(encrypted);
if (clear.length > 0) console.log(`written in clear: ${clear.slice(0, 5).join(', ')}`);
let caught = 0;
for (const [what, ignores] of FORGETFUL) {
  const isCaught = losePower(events, { ignores, every: 5 }).some(({ damage }) => damage.length > 0);
  if (isCaught) caught += 1;
  else console.log(`nothing shows that the syncs of ${what} are missing`);
}
console.log(
  `${String(points)} power losses, ${String(wrong)} went wrong; ${String(caught)} of ${String(FORGETFUL.length)} forgotten syncs found out`,
);
process.exitCode = wrong === 0 && clear.length === 0 && caught === FORGETFUL.length ? 0 : 1;
