import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import type { BaselineFile } from '#shared/model/baseline-file.ts';
import { runAnalysis } from '#shared/engine/jobs/analyze-job.ts';
import { keepImported } from '#shared/engine/passes/baseline/chosen.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { setMeta } from '#shared/engine/store/meta.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';

const context = { signal: new AbortController().signal, progress: () => undefined };
const MINUTE = 60_000;

/** A line of one caller, known by its network and program. */
const line = (at: number, path: string): string =>
  `192.0.2.7 - - [${new Date(at).toUTCString().slice(5, 16).replaceAll(' ', '/')}:${new Date(at).toISOString().slice(11, 19)} +0000] "GET ${path} HTTP/1.1" 200 5 "-" "curl/8"\n`;

/** Two days on which every hour holds the same burst: a habit, as far as this evidence tells. */
async function habitual(): Promise<SqlDriver> {
  const db = memoryCase();
  const start = Date.parse('2026-10-10T00:00:00Z');
  let text = '';
  for (let hour = 0; hour < 48; hour += 1)
    for (let call = 0; call < 80; call += 1) text += line(start + hour * 60 * MINUTE + call * 4_000, `/items/${String(hour * 80 + call)}`);
  await importText(db, 'access.log', text);
  setMeta(db, 'evidence_revision', '1');
  await runAnalysis(db, nodePorts('test'), {}, context);
  return db;
}

const bursts = (db: SqlDriver): readonly string[] =>
  db
    .prepare("SELECT data FROM signal WHERE kind = 'burst'")
    .all<{ data: string }>()
    .map(({ data }) => data);

test('what was done from the first hour on is a habit, unless an imported baseline knows the principal by less', async () => {
  const db = await habitual();
  expect(bursts(db)).toEqual([]);
  const key = db.prepare('SELECT key FROM principal').get<{ key: string }>()?.key ?? '';
  const habit = { calls: 96, objects: 9, bytes: 480, contexts: 1, statuses: { '2xx': 96 }, rates: new Array<number>(24).fill(2) };
  const file: BaselineFile = {
    schema: 'spoor-baseline/1',
    sha256: 'a'.repeat(64),
    content: {
      from: '2026-09-01T00:00:00.000000Z', to: '2026-09-03T00:00:00.000000Z', kinds: [], endpoints: [], pairs: [],
      principals: [{ key, kind: 'human', ...habit }],
    },
  }; // prettier-ignore
  keepImported(db, file);
  await runAnalysis(db, nodePorts('test'), {}, context);
  expect(bursts(db)).toHaveLength(1);
  expect(JSON.parse(bursts(db)[0] ?? '{}')).toMatchObject({ byImported: true, ownMostOtherwise: 2, expectedInHour: 2 });
});
