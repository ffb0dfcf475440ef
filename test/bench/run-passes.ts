/**
 * `node test/bench/run-passes.ts CASE PASS…`: runs passes of the analysis over a case, one after the other, in a process whose memory can be watched. The last line
 * is what it held in arrays at most, in bytes: what the system says beside that is the program, SQLite's page cache and what V8 has not collected yet.
 */
import { nodeCodec, nodeCrypto } from '#electron/node/crypto.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import { passes } from '#shared/engine/passes/index.ts';
import { caseKey } from '#shared/engine/store/open.ts';

const [casePath = '', ...wanted] = process.argv.slice(2);
const db = openForWriting(casePath, false);
let arrays = 0;
const look = (): void => {
  arrays = Math.max(arrays, process.memoryUsage().arrayBuffers);
};
for (const pass of passes.filter(({ id }) => wanted.includes(id)))
  console.log(
    await pass.run({
      db,
      codec: nodeCodec,
      crypto: nodeCrypto,
      caseKey: caseKey(db),
      signal: new AbortController().signal,
      progress: look,
      breathe: () => {
        look();
        return new Promise((resolve) => setImmediate(resolve));
      },
    }),
  );
db.close();
console.log(arrays);
