import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { openLineFile, type LineFile } from '../../large/line-file.ts';
import { seededRandom } from '../../large/random.ts';
import { MINUTE_MS } from './calendar.ts';
import type { Exchange } from './exchange.ts';
import { isSilent, readClock, type SourceSpec } from './source.ts';
import type { IdKind, RecordTruth } from './truth.ts';

interface Pending {
  readonly order: number;
  /** True moment: when nothing earlier can come any more, the record may be written. */
  readonly at: number;
  readonly text: string;
  readonly as: RecordTruth['as'];
  readonly call: string;
  readonly ids: readonly IdKind[];
}

/** One file of the evidence while it is written. */
export interface Logbook {
  readonly spec: SourceSpec;
  note(exchange: Exchange): void;
  /** Writes, in their order, all records of before that true moment; `undefined` for all that are left. */
  flush(until: number | undefined): void;
  /** Writes the end of the file. Gives what was written. */
  close(): { readonly records: number; readonly broken: number; readonly bytes: number };
}

/** A late line comes so much later than it should. Units: ms. */
const LATE_BY = 4 * MINUTE_MS;
/** A shipper sends a line again after a while. Units: ms. */
const AGAIN_AFTER = { least: 2000, most: 3 * MINUTE_MS } as const;
/** A broken line keeps so much of itself: cut inside of a value in all formats. */
const KEPT = 0.41;

/** The ids of a request that its text shows, whatever its writer promises; NGINX writes those of requests without hyphens. */
function idsIn(text: string, { requestId, trace }: Exchange): readonly IdKind[] {
  const showsRequest = text.includes(requestId) || text.includes(requestId.replaceAll('-', ''));
  const showsTrace = trace !== undefined && text.includes(trace.traceId);
  return [...(showsRequest ? (['request'] as const) : []), ...(showsTrace ? (['trace'] as const) : [])];
}

/**
 * Opens a file of the evidence below `folder`; `tell` learns where each record went.
 * What is lost, doubled or late hangs on the request alone, so that other requests change nothing about it.
 */
export function openLogbook(folder: string, seed: string, start: number, spec: SourceSpec, tell: (record: RecordTruth) => void): Logbook {
  const path = join(folder, spec.path);
  mkdirSync(dirname(path), { recursive: true });
  const file: LineFile = openLineFile(path);
  const { writer } = spec;
  let pending: Pending[] = [];
  let records = 0;
  let broken = 0;
  file.write(writer.frame?.head ?? '');
  const write = ({ text, call, as, ids }: Pending): void => {
    if (writer.frame === undefined) file.write(`${text}\n`);
    else file.write(records === 0 ? text : `${writer.frame.between}${text}`);
    records += 1;
    if (as === 'broken') broken += 1;
    tell({ ref: `${spec.path}#${String(records)}`, call, as, visible: writer.shows, ids });
  };
  return {
    spec,
    note: (exchange) => {
      const random = seededRandom(`${seed}/${spec.path}/${exchange.id}`);
      if (random.chance(spec.lost) || isSilent(spec, start, exchange.at + exchange.durationMs)) return;
      const start_ = readClock(spec.clock, exchange, exchange.at, start);
      const end = start_ + exchange.durationMs;
      const showsIds = !random.chance(spec.withoutIds);
      const late = random.chance(spec.late) ? LATE_BY : 0;
      const twice = random.chance(spec.twice);
      const isBroken = random.chance(spec.broken);
      const text = writer.write({ exchange, start: start_, end, random, showsIds });
      const record: Pending = {
        order: (writer.orderedBy === 'start' ? start_ : end) + late,
        at: exchange.at + exchange.durationMs + late,
        text,
        call: exchange.id,
        as: 'record',
        ids: idsIn(text, exchange),
      };
      // What was cut is all that is left of it.
      const cut = text.slice(0, Math.floor(text.length * KEPT));
      pending.push(isBroken ? { ...record, text: cut, as: 'broken', ids: idsIn(cut, exchange) } : record);
      const again = twice ? random.int(AGAIN_AFTER.least, AGAIN_AFTER.most) : 0;
      if (twice && !isBroken) pending.push({ ...record, order: record.order + again, at: record.at + again, as: 'duplicate' });
    },
    flush: (until) => {
      const ready = until === undefined ? pending : pending.filter(({ at }) => at < until);
      if (until !== undefined) pending = pending.filter(({ at }) => at >= until);
      else pending = [];
      ready.sort((left, right) => left.order - right.order);
      for (const record of ready) write(record);
    },
    close: () => {
      file.write(writer.frame?.tail ?? '');
      return { records, broken, bytes: file.close() };
    },
  };
}
