import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childProcessEngines } from '#electron/node/engine/spawn-engine.ts';
import { nodeCrypto } from '#electron/node/crypto.ts';
import type { FromEngine } from '#electron/node/engine/protocol.ts';
import { nodePorts } from '#electron/node/ports.ts';
import type { CaseKey } from '#electron/node/encryption/case-key.ts';
import { openForWriting, settle } from '#electron/node/sqlite.ts';
import { createEngine } from '#shared/engine/index.ts';
import { closeInterrupted } from '#shared/engine/jobs/interrupted.ts';
import { verifyChain } from '#shared/engine/store/audit/verify.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import type { Random } from '../large/random.ts';
import { fixedCrypto } from '../case.ts';
import { ENGINE_ENTRY } from '../engine-entry.ts';
import { idleContext } from '../fuzz/engine-over.ts';
import { killBundle, writeBundle } from './bundle.ts';
import { findDamage } from './check.ts';
import { findClear, reopen } from './encrypted.ts';
import { importWhole } from './process.ts';

/** Longest wait before a kill in notes or exports, which go on until then. Units: ms. */
const LONGEST = 1500;

/** Longer than any deed: as long as a timer can wait. Units: ms. */
const NEVER = 2 ** 31 - 1;

/** What a process is killed in. */
export type Deed = 'analysis' | 'triage' | 'export';
export const DEEDS: readonly Deed[] = ['analysis', 'triage', 'export'];

interface Order {
  readonly method: string;
  readonly params: object;
}

function* ordersOf(deed: Deed, out: string): Generator<Order> {
  if (deed === 'analysis') yield { method: 'case.analyze', params: {} };
  for (let index = 0; deed === 'triage'; index += 1)
    yield {
      method: 'review.change',
      params: { change: { kind: 'note-add', ref: `bundle/a.log#${String((index % 40) + 1)}`, text: `note ${String(index)}` } },
    };
  for (let index = 0; deed === 'export'; index += 1)
    yield { method: 'report.write', params: { format: index % 2 === 0 ? 'json' : 'html', path: join(out, `report-${String(index)}`) } };
}

/** A case, and the key that it is encrypted with; `undefined` when it is plain. */
interface KilledCase {
  readonly casePath: string;
  readonly key: CaseKey | undefined;
}

/** How a process ended: what it had acknowledged, whether the signal came while an order was under way, and how long that took. */
interface Killed {
  readonly acknowledged: number;
  readonly isUnderWay: boolean;
  /** From the first order on. Units: ms. */
  readonly took: number;
}

/** Gives a work process one order after the other and ends it with SIGKILL: after that long, or when there is nothing left to do. */
function killIn({ casePath, key }: KilledCase, deed: Deed, out: string, afterMs: number): Promise<Killed> {
  return new Promise((resolve, reject) => {
    const engine = childProcessEngines(ENGINE_ENTRY)('work');
    const orders = ordersOf(deed, out);
    let acknowledged = 0;
    let isUnderWay = true;
    let started = 0;
    let timer: NodeJS.Timeout | undefined;
    const next = (): void => {
      const order = orders.next();
      if (order.done === true) {
        isUnderWay = false;
        engine.kill();
        return;
      }
      engine.send({ k: 'text', connection: 1, text: JSON.stringify({ t: 'call', id: acknowledged + 1, ...order.value }) });
    };
    engine.onMessage((message: FromEngine) => {
      if (message.k === 'failed') reject(new Error(message.error.message));
      if (message.k === 'opened') {
        engine.send({ k: 'connect', connection: 1 });
        started = performance.now();
        next();
        timer = setTimeout(() => {
          engine.kill();
        }, afterMs);
      }
      if (message.k !== 'text' || message.text.startsWith('{"t":"hello"') || !/^\{"t":"(ok|fail)"/.test(message.text)) return;
      if (message.text.startsWith('{"t":"fail"')) reject(new Error(message.text));
      acknowledged += 1;
      next();
    });
    engine.onExit(() => {
      clearTimeout(timer);
      resolve({ acknowledged, isUnderWay, took: performance.now() - started });
    });
    engine.send({ k: 'open', role: 'work', casePath, create: false, title: '', version: 'test', key });
  });
}

/** Ends the analysis that a kill cut short; gives what the case then holds: the size of each table, and the findings. */
export async function conclude(db: SqlDriver): Promise<string> {
  const engine = createEngine(db, { ...nodePorts('test'), readers: undefined }, () => undefined);
  await engine['case.analyze']({}, idleContext);
  const findings = JSON.stringify(await engine['findings.list']({}, idleContext));
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'audit' ORDER BY name")
    .all<{ name: string }>()
    .map(({ name }) => `${name} ${String(db.prepare(`SELECT count(*) AS n FROM "${name}"`).get<{ n: number }>()?.n)}`);
  return [...tables, `findings ${createHash('sha256').update(findings).digest('hex').slice(0, 12)}`].join(', ');
}

/** Opens the case after the kill and says what is wrong with it: pages, ledgers, the chain, and what was acknowledged and is not there. */
async function inspect(
  { casePath, key }: KilledCase,
  deed: Deed,
  out: string,
  acknowledged: number,
  concluded: string,
): Promise<readonly string[]> {
  const clear = findClear(casePath, key);
  const db = reopen(casePath, key);
  try {
    migrateCase(db, casePath, fixedCrypto, '');
    closeInterrupted(db);
    const found = [...clear, ...findDamage(db, {}), ...verifyChain(db, nodeCrypto, undefined).problems];
    if (deed === 'analysis') {
      const again = await conclude(db);
      if (again !== concluded) found.push(`run again, the analysis comes to ${again}, undisturbed to ${concluded}`);
    }
    if (deed === 'triage') found.push(...lostNotes(db, acknowledged));
    if (deed === 'export') found.push(...tornExports(out, acknowledged));
    found.push(...findClear(casePath, key));
    return found;
  } finally {
    db.close();
  }
}

function lostNotes(db: SqlDriver, acknowledged: number): readonly string[] {
  const found: string[] = [];
  const notes = db.prepare('SELECT count(*) AS n FROM review_note').get<{ n: number }>()?.n ?? 0;
  if (notes < acknowledged) found.push(`${String(acknowledged)} notes were acknowledged, ${String(notes)} are there`);
  const told = db.prepare("SELECT count(*) AS n FROM audit WHERE action = 'review.change'").get<{ n: number }>()?.n ?? 0;
  if (told < acknowledged) found.push(`${String(acknowledged)} notes were acknowledged, the log tells of ${String(told)}`);
  return found;
}

function tornExports(out: string, acknowledged: number): readonly string[] {
  const found: string[] = [];
  const files = existsSync(out) ? readdirSync(out).filter((name) => /^report-\d+$/.test(name)) : [];
  if (files.length < acknowledged) found.push(`${String(acknowledged)} exports were acknowledged, ${String(files.length)} are there`);
  for (const name of files) {
    const text = readFileSync(join(out, name), 'utf8');
    const isWhole = Number(name.slice('report-'.length)) % 2 === 0 ? text.trimEnd().endsWith('}') : text.trimEnd().endsWith('</html>');
    if (!isWhole) found.push(`${name} is not whole`);
  }
  return found;
}

const removeCase = (path: string): void => {
  for (const end of ['', '-wal', '-shm', '-lock']) rmSync(`${path}${end}`, { force: true });
};

/** One kill in a deed. `isUnderWay`: the signal came before the last order was acknowledged. Units: `at` in ms after the first order. */
interface DeedRound {
  readonly deed: Deed;
  readonly at: number;
  readonly acknowledged: number;
  readonly isUnderWay: boolean;
  readonly damage: readonly string[];
}

/** Real kills of a work process that analyses, takes notes or exports, in turn, that many while it did; each on a fresh copy of one case, encrypted with a key. */
export async function* deedRounds(rounds: number, random: Random, key?: CaseKey): AsyncGenerator<DeedRound> {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-deeds-'));
  try {
    const evidence = join(folder, 'bundle');
    writeBundle(evidence, killBundle(1));
    const whole = join(folder, 'whole.spoor');
    await importWhole(whole, evidence, {}, key);
    const db = openForWriting(whole, false, key);
    settle(db);
    db.close();
    const undisturbed = join(folder, 'undisturbed.spoor');
    copyFileSync(whole, undisturbed);
    const { took } = await killIn({ casePath: undisturbed, key }, 'analysis', folder, NEVER);
    const analysed = openForWriting(undisturbed, false, key);
    const concluded = await conclude(analysed);
    analysed.close();
    removeCase(undisturbed);
    for (let round = 0; round < rounds; round += 1) {
      const deed = DEEDS[round % DEEDS.length] ?? 'triage';
      const casePath = join(folder, `${String(round)}.spoor`);
      const killed: KilledCase = { casePath, key };
      let isUnderWay = false;
      // An analysis that ends before its kill is looked at as well, and another one killed in half that time.
      for (let at = random.int(1, deed === 'analysis' ? Math.ceil(took) : LONGEST); !isUnderWay && at > 0; at = Math.floor(at / 2)) {
        const out = mkdtempSync(join(folder, 'out-'));
        copyFileSync(whole, casePath);
        const end = await killIn(killed, deed, out, at);
        ({ isUnderWay } = end);
        yield { deed, at, ...end, damage: await inspect(killed, deed, out, end.acknowledged, concluded) };
        rmSync(out, { recursive: true, force: true });
        removeCase(casePath);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
