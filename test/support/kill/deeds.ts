import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childProcessEngines } from '#electron/node/spawn-engine.ts';
import { nodeCrypto } from '#electron/node/crypto.ts';
import type { FromEngine } from '#electron/node/engine-protocol.ts';
import { openForWriting, settle } from '#electron/node/sqlite.ts';
import { closeInterrupted } from '#shared/engine/jobs/interrupted.ts';
import { verifyChain } from '#shared/engine/store/audit/verify.ts';
import { migrateCase } from '#shared/engine/store/open.ts';
import type { Random } from '../large/random.ts';
import { fixedCrypto } from '../case.ts';
import { killBundle, writeBundle } from './bundle.ts';
import { findDamage } from './check.ts';
import { importWhole } from './process.ts';

const ENTRY = join(import.meta.dirname, '../../../electron/hosts/engine.ts');
/** Longest wait before a kill: triage and exports of this case take about as long. Units: ms. */
const LONGEST = 1500;

/** What a process is killed in. */
export type Deed = 'analysis' | 'triage' | 'export';
const DEEDS: readonly Deed[] = ['analysis', 'triage', 'export'];

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

/** Gives a work process one order after the other and ends it with SIGKILL; says how many orders were acknowledged. */
function killIn(casePath: string, deed: Deed, out: string, afterMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const engine = childProcessEngines(ENTRY)('work');
    const orders = ordersOf(deed, out);
    let acknowledged = 0;
    const next = (): void => {
      const order = orders.next();
      if (order.done === true) return;
      engine.send({ k: 'text', connection: 1, text: JSON.stringify({ t: 'call', id: acknowledged + 1, ...order.value }) });
    };
    engine.onMessage((message: FromEngine) => {
      if (message.k === 'failed') reject(new Error(message.error.message));
      if (message.k === 'opened') {
        engine.send({ k: 'connect', connection: 1 });
        next();
        setTimeout(() => {
          engine.kill();
        }, afterMs);
      }
      if (message.k !== 'text' || message.text.startsWith('{"t":"hello"') || !/^\{"t":"(ok|fail)"/.test(message.text)) return;
      if (message.text.startsWith('{"t":"fail"')) reject(new Error(message.text));
      acknowledged += 1;
      next();
    });
    engine.onExit(() => {
      resolve(acknowledged);
    });
    engine.send({ k: 'open', role: 'work', casePath, create: false, title: '', version: 'test' });
  });
}

/** Opens the case after the kill and says what is wrong with it: pages, ledgers, the chain, and what was acknowledged and is not there. */
function inspect(casePath: string, deed: Deed, out: string, acknowledged: number): readonly string[] {
  const db = openForWriting(casePath, false);
  try {
    migrateCase(db, casePath, fixedCrypto, '');
    closeInterrupted(db);
    const found = [...findDamage(db, {}), ...verifyChain(db, nodeCrypto, undefined).problems];
    if (deed === 'triage') {
      const notes = db.prepare('SELECT count(*) AS n FROM review_note').get<{ n: number }>()?.n ?? 0;
      if (notes < acknowledged) found.push(`${String(acknowledged)} notes were acknowledged, ${String(notes)} are there`);
      const told = db.prepare("SELECT count(*) AS n FROM audit WHERE action = 'review.change'").get<{ n: number }>()?.n ?? 0;
      if (told < acknowledged) found.push(`${String(acknowledged)} notes were acknowledged, the log tells of ${String(told)}`);
    }
    if (deed === 'export') {
      const files = existsSync(out) ? readdirSync(out).filter((name) => /^report-\d+$/.test(name)) : [];
      if (files.length < acknowledged) found.push(`${String(acknowledged)} exports were acknowledged, ${String(files.length)} are there`);
      for (const name of files) {
        const text = readFileSync(join(out, name), 'utf8');
        const isWhole = Number(name.slice('report-'.length)) % 2 === 0 ? text.trimEnd().endsWith('}') : text.trimEnd().endsWith('</html>');
        if (!isWhole) found.push(`${name} is not whole`);
      }
    }
    return found;
  } finally {
    db.close();
  }
}

/** Real kills of a work process that analyses, takes notes or exports; each on a fresh copy of one case. */
export async function* deedRounds(
  rounds: number,
  random: Random,
): AsyncGenerator<{ readonly deed: Deed; readonly at: number; readonly acknowledged: number; readonly damage: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-deeds-'));
  try {
    const evidence = join(folder, 'bundle');
    writeBundle(evidence, killBundle(1));
    const whole = join(folder, 'whole.spoor');
    await importWhole(whole, evidence, {});
    const db = openForWriting(whole, false);
    settle(db);
    db.close();
    for (let round = 0; round < rounds; round += 1) {
      const deed = DEEDS[round % DEEDS.length] ?? 'triage';
      const casePath = join(folder, `${String(round)}.spoor`);
      const out = mkdtempSync(join(folder, 'out-'));
      copyFileSync(whole, casePath);
      const at = random.int(1, LONGEST);
      const acknowledged = await killIn(casePath, deed, out, at);
      yield { deed, at, acknowledged, damage: inspect(casePath, deed, out, acknowledged) };
      rmSync(out, { recursive: true, force: true });
      for (const end of ['', '-wal', '-shm', '-lock']) rmSync(`${casePath}${end}`, { force: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
