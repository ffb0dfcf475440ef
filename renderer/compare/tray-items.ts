import type { CallRef } from '#shared/contract/report-json.ts';
import { epochMicros, printTime } from '#shared/model/units.ts';
import { between, matching } from '../query/queries.ts';
import type { TrayItem } from '../state/compare-tray.ts';
import { formatTime } from '../widgets/format.ts';

/** What can be laid into the compare tray. */

export const callItem = (ref: CallRef): TrayItem => ({ kind: 'call', query: matching('ref', ref), label: ref, ref });

export const chainItem = (id: CallRef, title: string): TrayItem => ({ kind: 'chain', query: matching('chain', id), label: title });

export const principalItem = (id: string, label: string): TrayItem => ({ kind: 'principal', query: matching('principal', id), label });

/** A stretch of time; an end that is not given is that of the case. Units: µs; `to` is excluded. */
export function windowItem(from: number | undefined, to: number | undefined): TrayItem | undefined {
  const [start, end] = [from, to].map((micros) => (micros === undefined ? undefined : printTime(epochMicros(micros))));
  if (start === undefined && end === undefined) return undefined;
  const query = start === undefined ? `time < ${end ?? ''}` : end === undefined ? `time >= ${start}` : between(start, end);
  const words = [start, end].map((time) => (time === undefined ? '…' : formatTime(time, 's')));
  return { kind: 'window', query, label: `${words.join(' to ')} UTC` };
}

export const queryItem = (query: string): TrayItem => ({ kind: 'query', query, label: query });
