import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isEncrypted, type CaseKey } from '#electron/node/encryption/case-key.ts';
import { rekey } from '#electron/node/encryption/cipher.ts';
import { nodePorts } from '#electron/node/ports.ts';
import { openForReading } from '#electron/node/sqlite.ts';
import { toAppError } from '#shared/contract/errors.ts';
import { engineMethods } from '#shared/contract/table.ts';
import { createEngine } from '#shared/engine/index.ts';
import { checkCase, standInForLaterTables } from '#shared/engine/store/open.ts';
import { HARNESS_KEY } from '../../kill/encrypted.ts';
import { engineOver, idleContext } from '../engine-over.ts';
import type { FuzzTarget } from '../target.ts';
import { fixturesOf } from './importers.ts';

const folder = (() => {
  let made: string | undefined;
  return () => {
    if (made !== undefined) return made;
    const path = mkdtempSync(join(tmpdir(), 'spoor-fuzz-case-'));
    process.on('exit', () => {
      rmSync(path, { recursive: true, force: true });
    });
    return (made = path);
  };
})();

/** Questions that need no name of a thing in the case. */
const QUESTIONS: readonly (readonly [name: string, params: object])[] = [
  ['case.info', {}],
  ['case.overview', {}],
  ['sources.list', {}],
  ['calls.page', { from: 0, count: 100, query: '' }],
  ['chains.page', { from: 0, count: 100, query: '' }],
  ['findings.list', {}],
  ['endpoints.list', {}],
  ['credentials.list', {}],
  ['review.log', { from: 0, count: 100 }],
  ['graph.map', { query: '', grouping: 'auto', open: [] }],
];

/** Opens the bytes as a case, as the query process does, and asks about everything in it; `key` is that of an encrypted one. */
async function openAndAsk(input: Uint8Array, key?: CaseKey): Promise<string> {
  const path = join(folder(), 'mutant.spoor');
  writeFileSync(path, input);
  const answers: string[] = [isEncrypted(path) ? 'e' : 'p'];
  try {
    const db = openForReading(path, key);
    try {
      standInForLaterTables(db, checkCase(db, path));
      const handlers = createEngine(db, nodePorts('0.0.0'), () => undefined) as unknown as Readonly<
        Record<string, (params: unknown, context: typeof idleContext) => unknown>
      >; // every method by its name, with parameters that the table has checked
      for (const [name, params] of QUESTIONS) {
        const method = engineMethods[name as keyof typeof engineMethods];
        try {
          await handlers[name]?.(method.params.parse(params), idleContext);
          answers.push('+');
        } catch (thrown) {
          // A damaged case may make an answer impossible; the process and the file must survive it.
          answers.push(toAppError(thrown).code === 'internal' ? '!' : '-');
        }
      }
    } finally {
      db.close();
    }
  } finally {
    if (!readFileSync(path).equals(Buffer.from(input))) answers.push('CHANGED');
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true });
  }
  if (answers.includes('CHANGED')) throw new Error('the file was changed by reading it');
  return answers.join('');
}

/** A small case with calls, chains and findings, as a file, encrypted with a key. */
async function smallCase(key?: CaseKey): Promise<Uint8Array> {
  const [har] = fixturesOf('har');
  const [log] = fixturesOf('access-combined');
  const { db } = await engineOver({ ...(har && { 'a.har': har }), ...(log && { 'b.log': log }) });
  const path = join(folder(), 'seed.spoor');
  db.prepare('VACUUM INTO ?').run(path);
  db.close();
  if (key !== undefined) rekey(path, undefined, key);
  const bytes = new Uint8Array(readFileSync(path));
  rmSync(path);
  return bytes;
}

/** The case opener and the questions behind the screens, over a changed case file. */
export const caseFileTarget: FuzzTarget = { id: 'case-file', seeds: async () => [await smallCase()], run: (input) => openAndAsk(input) };

/** The same over an encrypted one, of which no changed page may be read. */
export const encryptedCaseTarget: FuzzTarget = {
  id: 'encrypted-case',
  seeds: async () => [await smallCase(HARNESS_KEY)],
  run: (input) => openAndAsk(input, HARNESS_KEY),
};
