import type { Random } from '../../large/random.ts';
import { DAY_MS } from './calendar.ts';
import type { Exchange } from './exchange.ts';

/** What a record lets its reader see of who called. */
export type Visible = 'credential' | 'consumer' | 'network';

/** A request as a source saw it, on that source's own clock. Units: epoch ms with fractions. */
export interface Seen {
  readonly exchange: Exchange;
  readonly start: number;
  readonly end: number;
  readonly random: Random;
  /** False when the source leaves out the ids that its format has a place for. */
  readonly showsIds: boolean;
}

/** One log format: how a request becomes a record. */
export interface Writer {
  /** Id of the format in `spoor formats`. */
  readonly format: string;
  readonly shows: Visible;
  /** Records stand in order of their start or their end. */
  readonly orderedBy: 'start' | 'end';
  /** A record that is cut makes all that follows unreadable: its sources have none, unless told otherwise. */
  readonly isDocument?: true;
  /** Around and between the records; lines without it. */
  readonly frame?: { readonly head: string; readonly between: string; readonly tail: string };
  write(seen: Seen): string;
}

/** A clock that is wrong. Units: ms, ms a day; positive runs ahead. */
export interface Clock {
  readonly offset: number;
  readonly drift: number;
  /** Some machines disagree with the rest, by their address. */
  readonly others?: { readonly offset: number; readonly has: (exchange: Exchange) => boolean };
}

/** One file of the evidence. */
export interface SourceSpec {
  /** Inside of the bundle. */
  readonly path: string;
  readonly writer: Writer;
  readonly sees: (exchange: Exchange) => boolean;
  readonly clock: Clock;
  /** Shares of its records that are lost, written twice, written minutes late, cut in the middle, and without ids. */
  readonly lost: number;
  readonly twice: number;
  readonly late: number;
  readonly broken: number;
  readonly withoutIds: number;
  /** Nothing was written: records are lost whose end falls between. Units: ms from the first midnight, by the true clock. */
  readonly silent?: { readonly from: number; readonly to: number };
}

const TRUE_CLOCK: Clock = { offset: 0, drift: 0 };

/** A source with the mess that is usual in the field, unless told otherwise. */
export function source(path: string, writer: Writer, sees: SourceSpec['sees'], more: Partial<SourceSpec> = {}): SourceSpec {
  const broken = writer.isDocument === true ? 0 : 0.00005;
  return { path, writer, sees, clock: TRUE_CLOCK, lost: 0.0005, twice: 0.0003, late: 0.0005, broken, withoutIds: 0, ...more };
}

/** Shares of a source whose disk and network are bad: ten times the usual. */
export const BAD_DISK = { lost: 0.005, twice: 0.003, late: 0.005, broken: 0.0005 } as const;

/** A source that misses nothing: a recorder on one machine. */
export function recorder(path: string, writer: Writer, sees: SourceSpec['sees'], more: Partial<SourceSpec> = {}): SourceSpec {
  return source(path, writer, sees, { lost: 0, twice: 0, late: 0, broken: 0, ...more });
}

/** Whether a source wrote nothing at a true moment. Units: epoch ms. */
export function isSilent({ silent }: Pick<SourceSpec, 'silent'>, start: number, at: number): boolean {
  return silent !== undefined && at >= start + silent.from && at < start + silent.to;
}

/** What the source's clock shows at a true moment. */
export function readClock({ offset, drift, others }: Clock, exchange: Exchange, at: number, start: number): number {
  const own = others?.has(exchange) === true ? others.offset : offset;
  return at + own + (drift * (at - start)) / DAY_MS;
}
