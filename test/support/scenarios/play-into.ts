import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DAY_MS, DEFAULT_START, HOUR_MS } from './core/calendar.ts';
import type { Exchange } from './core/exchange.ts';
import { openLogbook } from './core/logbook.ts';
import type { Session } from './core/session.ts';
import { recorder, type SourceSpec } from './core/source.ts';
import { makeStage, type Stage } from './core/stage.ts';
import type { RecordTruth } from './core/truth.ts';
import type { World } from './core/world.ts';

/** What one writer made of some requests. */
export interface Played {
  readonly text: string;
  readonly path: string;
  readonly records: readonly RecordTruth[];
}

/** The requests of some sessions in a world with those of services behind them, each behind the ones that it led to. */
export function collectExchanges(world: World, act: (open: (party: Session['party']) => Session, stage: Stage) => void): Exchange[] {
  const exchanges: Exchange[] = [];
  const span = { start: DEFAULT_START, end: DEFAULT_START + DAY_MS };
  const stage = makeStage(world, { seed: 'writers', span, scale: 1 }, (exchange) => exchanges.push(exchange));
  let sessions = 0;
  act((party) => {
    sessions += 1;
    return stage.open(party, DEFAULT_START + sessions * HOUR_MS + 123.4, { name: `writers/${String(sessions)}` });
  }, stage);
  return exchanges;
}

/** Plays requests through one writer into a file below `folder`; nothing is lost or broken unless told. */
export function playInto(
  folder: string,
  exchanges: readonly Exchange[],
  writer: SourceSpec['writer'],
  mess: Partial<SourceSpec> = {},
): Played {
  const records: RecordTruth[] = [];
  const path = 'played';
  const logbook = openLogbook(
    folder,
    'writers',
    DEFAULT_START,
    recorder(path, writer, () => true, mess),
    (record) => records.push(record),
  );
  for (const exchange of exchanges) logbook.note(exchange);
  logbook.flush(undefined);
  logbook.close();
  return { text: readFileSync(join(folder, path), 'utf8'), path, records };
}
