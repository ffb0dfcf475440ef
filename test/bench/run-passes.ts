/** `node test/bench/run-passes.ts CASE PASS…`: runs passes of the analysis over a case, one after the other, in a process whose memory can be watched. */
import { nodeCodec, nodeCrypto } from '#electron/node/crypto.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import { passes } from '#shared/engine/passes/index.ts';
import { caseKey } from '#shared/engine/store/open.ts';

const [casePath = '', ...wanted] = process.argv.slice(2);
const db = openForWriting(casePath, false);
for (const pass of passes.filter(({ id }) => wanted.includes(id)))
  console.log(
    await pass.run({
      db,
      codec: nodeCodec,
      crypto: nodeCrypto,
      caseKey: caseKey(db),
      signal: new AbortController().signal,
      progress: () => undefined,
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
    }),
  );
db.close();
