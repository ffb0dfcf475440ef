import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { nodePorts } from '#electron/node/ports.ts';
import { openForWriting, settle } from '#electron/node/sqlite.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { EngineHandlers } from '#shared/contract/table.ts';
import { createEngine } from '#shared/engine/index.ts';
import { exportFormats } from '#shared/engine/report/exports/index.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { fixedCrypto } from '../case.ts';
import { idleContext } from '../fuzz/engine-over.ts';
import { craftZip, zipMember } from '../archives.ts';
import { newIssuer } from '../tokens.ts';
import { hostileBundle } from './hostile-bundle.ts';
import { vectorFor } from './vectors.ts';

/** Part of the name of an archive and of its member, as a path may hold it. */
const CONTAINER = '<svg onload=alert(q1f-container-q)>';

/** What an analyst can write, as hostile as the evidence; the case came from somebody else. */
async function write(engine: EngineHandlers): Promise<void> {
  const { rows } = await engine['calls.page']({ from: 0, count: 5, query: '' }, idleContext);
  const refs = rows.map(({ ref }) => ref);
  const [ref = ''] = refs;
  const v = (field: string, number: number): string => vectorFor(field, number);
  for (const change of [
    { kind: 'note-add', ref, text: v('note', 2) },
    { kind: 'note-add', ref, text: v('note', 30) },
    { kind: 'tag', refs, tag: v('tag', 0).slice(0, 64), on: true },
    { kind: 'star', refs, on: true },
    { kind: 'mark', refs, on: true },
    { kind: 'view-save', name: v('view-name', 2), view: { query: `path:"${v('view-query', 3).replaceAll('"', '')}"` } },
  ] as const)
    await engine['review.change']({ change }, idleContext);
  await engine['review.remember']({ query: `path:"${v('remembered-query', 3).replaceAll('"', '')}"` }, idleContext);
  await engine['report.set']({ settings: { tlp: 'red', audience: v('audience', 2), omitted: [] } }, idleContext);
  await engine['report.sign']({ name: v('signer', 2).slice(0, 100), role: v('role', 4).slice(0, 100) }, idleContext);
}

/** Makes the hostile case on disk, with what an analyst adds, and every export in the registry. Shape: `exports` by format. */
export async function makeHostileCase(): Promise<{ readonly folder: string; readonly casePath: string; readonly exports: ReadonlyMap<string, string> }> {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-hostile-'));
  const evidence = join(folder, 'evidence');
  mkdirSync(evidence);
  for (const [name, text] of Object.entries(hostileBundle())) writeFileSync(join(evidence, name), text);
  const log = `192.0.2.9 - - [10/Oct/2026:13:00:00 +0000] "GET /zipped/${vectorFor('zipped-path', 24).replaceAll(/[\s"]/g, '_')} HTTP/1.1" 200 5 "-" "curl/8"\n`;
  writeFileSync(join(evidence, `box${CONTAINER}.zip`), craftZip([zipMember(`in${CONTAINER}/access.log`, log.repeat(4))]));
  const casePath = join(folder, 'hostile.spoor');
  const db = openForWriting(casePath, true);
  migrateCase(db, casePath, fixedCrypto, vectorFor('title', 2));
  const engine = createEngine(db, { ...nodePorts('0.0.0'), readers: undefined }, () => undefined);
  const keySet = JSON.stringify({ keys: [newIssuer('Ed25519', vectorFor('key-id', 4)).jwk] });
  await engine['knowledge.add']({ kind: 'jwks', name: vectorFor('knowledge-name', 2), text: keySet }, idleContext);
  await engine['case.import']({ paths: [{ path: evidence }] }, idleContext);
  await engine['case.analyze']({}, idleContext);
  await write(engine);
  const exports = new Map<string, string>();
  for (const { id, kind } of exportFormats) {
    const path = join(folder, `export.${id}`);
    if (kind === 'folder') mkdirSync(path);
    try {
      await engine['report.write']({ format: id, path }, idleContext);
      exports.set(id, path);
    } catch (thrown) {
      // A share pack is redacted: hosts of this case are called like markup, and where that stands besides, the export has to stop.
      if (id !== 'share-pack' || !(thrown instanceof AppError) || thrown.code !== 'leak') throw thrown;
    }
  }
  await engine['query.write']({ query: '*', format: 'csv', path: join(folder, 'calls.csv') }, idleContext);
  settle(db);
  db.close();
  return { folder, casePath, exports };
} // prettier-ignore
