import { numberAt } from '../../../../lib/numbers.ts';
import { groupBy } from '../../../../lib/group-by.ts';
import { MAX_ZONE_MINUTES, zoneOf } from '../../../../model/likely-zone.ts';
import { kindOfLog } from '../../../../model/log-files.ts';
import type { CallColumns } from '../call-columns.ts';
import type { SourceView } from '../twins/source-views.ts';
import { createKeyIndex } from '../values/key-index.ts';
import { findCoarseOffset } from './coarse-offset.ts';

/** Units: µs. */
const MINUTE = 60_000_000;
/** Zones and what a clock may be off beside them. Units: µs. */
const REACH = (MAX_ZONE_MINUTES + 15) * MINUTE;

/** Two logs that may hold the same requests, whatever the zone of one. */
const mayShare = (a: SourceView, b: SourceView): boolean => a.format !== b.format && a.first - REACH <= b.last && b.first - REACH <= a.last;

/** Zones of sources by the first of the logs that shows one. Units: minutes east of UTC. Cost: one index at a time. */
async function measureZones(
  calls: CallColumns,
  open: readonly SourceView[],
  known: readonly SourceView[],
  breathe: () => Promise<void>,
): Promise<ReadonlyMap<SourceView, number>> {
  const zones = new Map<SourceView, number>();
  for (const a of known) {
    const beside = open.filter((b) => !zones.has(b) && mayShare(a, b));
    if (beside.length === 0) continue;
    const index = await createKeyIndex(calls, a.timed, breathe);
    for (const b of beside) {
      const ahead = await findCoarseOffset(calls, { view: a, index }, b, REACH, breathe);
      const zone = ahead === undefined ? undefined : zoneOf(ahead / MINUTE);
      if (zone !== undefined) zones.set(b, zone);
    }
  }
  return zones;
}

function moved(calls: CallColumns, view: SourceView, zone: number): SourceView {
  const offset = zone * MINUTE;
  for (const at of view.timed) {
    calls.start[at] = numberAt(calls.start, at) - offset;
    calls.end[at] = numberAt(calls.end, at) - offset;
    calls.offset[at] = numberAt(calls.offset, at) + offset;
  }
  return { ...view, first: view.first - offset, last: view.last - offset };
}

/**
 * Moves sources whose stamps name no zone into UTC, by the requests that they share with logs that name theirs: a source that lies hours from
 * them, near a whole zone, was written in local time. What is left beside the zone is the clock's own, and is not touched here.
 * A file that shows too little goes with the nearest file of its log that shows it; two files may differ where summer time ended between them.
 * Times of `calls` change; returns the views as they are then. Cost: nothing where every source names its zone.
 */
export async function setZones(
  calls: CallColumns,
  views: readonly SourceView[],
  breathe: () => Promise<void>,
): Promise<{ readonly views: readonly SourceView[]; readonly moved: number }> {
  const open = views.filter(({ namesZone }) => !namesZone);
  const known = views.filter(({ namesZone, isTelemetry }) => namesZone && !isTelemetry).sort((a, b) => b.timed.length - a.timed.length);
  if (open.length === 0 || known.length === 0) return { views, moved: 0 };
  const measured = await measureZones(calls, open, known, breathe);
  const zones = new Map<number, number>();
  // Not joined by their times, which are what is asked for: in the night in which summer time ends two files overlap by an hour.
  for (const files of groupBy(open, kindOfLog).values()) {
    const shown = files.flatMap((file) => {
      const zone = measured.get(file);
      return zone === undefined ? [] : [{ file, zone }];
    });
    for (const file of files) {
      const [nearest] = shown.toSorted((x, y) => Math.abs(x.file.first - file.first) - Math.abs(y.file.first - file.first));
      if (nearest !== undefined && nearest.zone !== 0) zones.set(file.id, nearest.zone);
    }
  }
  return {
    views: views.map((view) => {
      const zone = zones.get(view.id);
      return zone === undefined ? view : moved(calls, view, zone);
    }),
    moved: zones.size,
  };
}
