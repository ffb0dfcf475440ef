import { writeSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseKey } from '#electron/node/encryption/case-key.ts';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { nodePorts } from '#electron/node/ports.ts';
import { openForWriting, settle } from '#electron/node/sqlite.ts';
import { createEngine } from '#shared/engine/index.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { idleContext } from '../fuzz/engine-over.ts';

/** What is recorded: a case is made, evidence imported and analysed, notes are taken and reports written. Each is said on standard output once it is acknowledged. The fourth argument is the key of an encrypted case. */
const [folder = '', evidence = '', notes = '40', hexKey] = process.argv.slice(2);
const key: CaseKey | undefined = hexKey === undefined ? undefined : Buffer.from(hexKey, 'hex');
const casePath = join(folder, 'case.spoor');
const acknowledge = (what: string): void => void writeSync(1, `ACK ${what}\n`);

const db = openForWriting(casePath, true, key);
migrateCase(db, casePath, nodeCrypto, 'power');
const engine = createEngine(db, { ...nodePorts('test', key), readers: undefined }, () => undefined);
await engine['case.import']({ paths: [{ path: evidence }] }, idleContext);
acknowledge('import');
for (let note = 1; note <= Number(notes); note += 1) {
  await engine['review.change'](
    { change: { kind: 'note-add', ref: `evidence/a.log#${String(note)}`, text: `note ${String(note)}` } },
    idleContext,
  );
  acknowledge('note');
  if (note % 10 !== 0) continue;
  await engine['report.write']({ format: 'json', path: join(folder, `report-${String(note)}`) }, idleContext);
  acknowledge(`export report-${String(note)}`);
}
await engine['case.analyze']({}, idleContext);
acknowledge('analysis');
settle(db);
db.close();
acknowledge('close');
