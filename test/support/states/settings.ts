import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { openForWriting } from '#electron/node/sqlite.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import { sampleFor } from '../sample-case.ts';
import { startServe, type Served } from '../serve.ts';
import { ODD_EVIDENCE } from './odd-evidence.ts';
import type { Setting } from './state.ts';

/** A case of one's own to look at, with millions of calls say. */
const LARGE_CASE = process.env['SPOOR_LARGE_CASE'];

/** A running server of a setting; `stop` leaves nothing behind. */
interface OpenSetting {
  readonly served: Served;
  readonly stop: () => Promise<void>;
}

/** Starts the server of a setting; `undefined` where it needs what this machine does not have. */
export async function openSetting(setting: Setting): Promise<OpenSetting | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-state-'));
  const paths = pathsOf(setting, folder);
  if (paths === undefined) return undefined;
  const served = await startServe(paths, { home: folder });
  if (paths.length > 0) await served.opened();
  return {
    served,
    stop: async () => {
      await served.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function pathsOf(setting: Setting, folder: string): readonly string[] | undefined {
  switch (setting) {
    case 'sample':
      return [sampleFor(folder)];
    case 'odd':
      for (const [name, text] of Object.entries(ODD_EVIDENCE)) writeFileSync(join(folder, name), text);
      return Object.keys(ODD_EVIDENCE).map((name) => join(folder, name));
    case 'empty': {
      const path = join(folder, 'IR-2026-016.spoor');
      const db = openForWriting(path, true);
      migrateCase(db, path, nodeCrypto, 'IR-2026-016');
      db.close();
      return [path];
    }
    case 'none':
      return [];
    case 'large':
      return LARGE_CASE === undefined ? undefined : [LARGE_CASE];
  }
}
