import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { nodeCrypto } from '#electron/node/crypto.ts';
import { openForReading, openForWriting } from '#electron/node/sqlite.ts';
import { toAppError } from '#shared/contract/errors.ts';
import { verifyChain } from '#shared/engine/store/audit/verify.ts';
import { killBundle, writeBundle } from '../kill/bundle.ts';
import { findDamage, summarize } from '../kill/check.ts';
import { conclude } from '../kill/deeds.ts';
import { HARNESS_KEY } from '../kill/encrypted.ts';
import { openWorkProcess, type WorkProcess } from '../work-process.ts';

/**
 * `node inside.ts POINTS DEED,… plain|encrypted DISK`, on a small disk: imports, analyses and exports that find no room at that many points each. Every
 * one must say so, leave a case that can be read at once and is sound, and come to the same end as an undisturbed one when there is room
 * again. Prints the rounds as JSON. Cost: two deeds a point.
 */
const [points = '1', names = 'import,analysis,export', kind = 'plain', disk = ''] = process.argv.slice(2);
const key = kind === 'encrypted' ? HARNESS_KEY : undefined;
const store = mkdtempSync(join(tmpdir(), 'spoor-store-'));
process.env['TMPDIR'] = disk; // what an engine puts aside finds no room either

const NOTE = 'Acknowledged before the disk was full.';
const evidence = join(store, 'bundle');
const casePath = join(disk, 'case.spoor');
const report = join(disk, 'report.html');
const ballast = join(disk, 'ballast');

/** What is tried, and the case that it begins with; none for an import. */
interface Deed {
  readonly name: 'import' | 'analysis' | 'export';
  readonly from: string | undefined;
  readonly run: (work: WorkProcess) => Promise<unknown>;
}

/** A case before an analysis, and one after it. */
const imported = join(store, 'imported.spoor');
const analysed = join(store, 'analysed.spoor');
const DEEDS = (
  [
    { name: 'import', from: undefined, run: ({ client }) => client.call('case.import', { paths: [{ path: evidence }] }) },
    { name: 'analysis', from: imported, run: ({ client }) => client.call('case.analyze', {}) },
    { name: 'export', from: analysed, run: ({ client }) => client.call('report.write', { format: 'html', path: report }) },
  ] satisfies readonly Deed[]
).filter(({ name }) => names.split(',').includes(name));

async function makeCases(): Promise<void> {
  const first = await openWorkProcess(imported, true, key);
  await first.client.call('case.import', { paths: [{ path: evidence }] });
  await first.client.call('review.change', { change: { kind: 'note-add', ref: 'bundle/a.log#1', text: NOTE } });
  await first.end();
  copyFileSync(imported, analysed);
  const second = await openWorkProcess(analysed, false, key);
  await second.client.call('case.analyze', {});
  await second.end();
}

const free = (): number => {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
};

function clearDisk(): void {
  for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true, force: true });
}

/** Leaves that much room. Units: bytes. */
function fillBut(room: number): void {
  writeFileSync(ballast, Buffer.alloc(Math.max(0, free() - room)));
}

/** What the case holds in the end, and what is wrong with it. */
async function inspect({ name }: Deed): Promise<{ readonly holds: object; readonly problems: readonly string[] }> {
  const db = openForWriting(casePath, false, key);
  try {
    const problems = [...findDamage(db, {}), ...verifyChain(db, nodeCrypto, undefined).problems];
    const notes = db.prepare('SELECT count(*) AS n FROM review_note WHERE text = ?').get<{ n: number }>(NOTE)?.n;
    if (name !== 'import' && notes !== 1) problems.push('the note is lost');
    const concluded = name === 'analysis' ? await conclude(db) : undefined;
    return { holds: { ...summarize(db), concluded }, problems };
  } finally {
    db.close();
  }
}

/** One deed with no more room than that. */
interface Round {
  readonly deed: string;
  readonly room: number;
  /** What it said; `undefined` when the room was enough. */
  readonly said: string | undefined;
  readonly problems: readonly string[];
}

const NO_ROOM = /^unreadable: .*(no room left on the disk|no space left on device)/;

/** Reads the case while there is no room. */
function readingProblems(deed: Deed): readonly string[] {
  if (deed.from === undefined && !existsSync(casePath)) return []; // there was no room for a case at all
  try {
    const db = openForReading(casePath, key);
    const calls = db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'call'").get<{ n: number }>()?.n;
    const held = calls === 1 ? db.prepare('SELECT count(*) AS n FROM call').get<{ n: number }>()?.n : 0;
    db.close();
    return deed.from !== undefined && held === 0 ? ['the full disk hid the calls'] : [];
  } catch (thrown) {
    return [`cannot be read while the disk is full: ${toAppError(thrown).message}`];
  }
}

async function playRound(deed: Deed, room: number, wanted: object, result: unknown): Promise<Round> {
  clearDisk();
  if (deed.from !== undefined) copyFileSync(deed.from, casePath);
  fillBut(room);
  const problems: string[] = [];
  const open = (): Promise<WorkProcess> => openWorkProcess(casePath, deed.from === undefined, key);
  const told = (thrown: unknown): string => `${toAppError(thrown).code}: ${toAppError(thrown).message}`;
  let said: string | undefined;
  let work: WorkProcess | undefined;
  try {
    work = await open();
    await deed.run(work);
  } catch (thrown) {
    said = told(thrown);
    if (!NO_ROOM.test(said)) problems.push(`says “${said}”`);
    problems.push(...readingProblems(deed));
    const torn = readdirSync(disk).filter((name) => name.includes('report'));
    if (torn.length > 0) problems.push(`leaves ${torn.join(', ')}`);
  }
  rmSync(ballast, { force: true });
  try {
    work ??= await open();
    const again = said === undefined ? result : await deed.run(work);
    if (deed.name === 'export' && !isDeepStrictEqual(again, result)) problems.push('the export is another one with room again');
    await work.end();
    const { holds, problems: found } = await inspect(deed);
    problems.push(...found);
    if (!isDeepStrictEqual(holds, wanted)) problems.push(`holds ${JSON.stringify(holds)} and not ${JSON.stringify(wanted)}`);
  } catch (thrown) {
    problems.push(`does not go on with room again: ${told(thrown)}`);
  }
  return { deed: deed.name, room, said, problems };
}

/** The room that an undisturbed deed takes, and what it comes to. Units: bytes. */
async function measure(deed: Deed): Promise<{ readonly need: number; readonly wanted: object; readonly result: unknown }> {
  clearDisk();
  if (deed.from !== undefined) copyFileSync(deed.from, casePath);
  const before = free();
  const work = await openWorkProcess(casePath, deed.from === undefined, key);
  const result = await deed.run(work);
  const need = before - free();
  await work.end();
  const { holds, problems } = await inspect(deed);
  if (problems.length > 0) throw new Error(`undisturbed, the ${deed.name} leaves ${problems.join('; ')}`);
  return { need, wanted: holds, result };
}

/** One point lies in the middle; more begin where there is no room at all. */
function roomsUpTo(need: number): readonly number[] {
  const count = Number(points);
  return Array.from({ length: count }, (_, point) => Math.floor(need * (count === 1 ? 0.5 : point / count)));
}

try {
  mkdirSync(disk, { recursive: true });
  writeBundle(evidence, killBundle(1));
  if (DEEDS.some(({ from }) => from !== undefined)) await makeCases();
  const rounds: Round[] = [];
  for (const deed of DEEDS) {
    const { need, wanted, result } = await measure(deed);
    for (const room of roomsUpTo(need)) rounds.push(await playRound(deed, room, wanted, result));
  }
  process.stdout.write(JSON.stringify(rounds));
} finally {
  rmSync(store, { recursive: true, force: true });
}
