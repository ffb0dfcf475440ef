import { numberAt } from '../../../../lib/numbers.ts';
import { groupBy } from '../../../../lib/group-by.ts';
import { MAX_ZONE_MINUTES, zoneOf } from '../../../../model/likely-zone.ts';
import type { CallColumns } from '../call-columns.ts';
import { logOf, type SourceView } from '../twins/source-views.ts';
import { createKeyIndex, type KeyIndex } from '../values/key-index.ts';
import { findCoarseOffset } from './coarse-offset.ts';

/** Units: µs. */
const MINUTE = 60_000_000;
/** Zones and what a clock may be off beside them. Units: µs. */
const REACH = (MAX_ZONE_MINUTES + 15) * MINUTE;

/** The zone of a source by the logs that name theirs, the one with most calls first. Units: minutes east of UTC. */
async function measureZone(
  calls: CallColumns,
  b: SourceView,
  known: readonly SourceView[],
  indexOf: (view: SourceView) => Promise<KeyIndex>,
): Promise<number | undefined> {
  for (const a of known) {
    if (a.format === b.format || a.first - REACH > b.last || b.first - REACH > a.last) continue;
    const ahead = findCoarseOffset(calls, { view: a, index: await indexOf(a) }, b, REACH);
    const zone = ahead === undefined ? undefined : zoneOf(ahead / MINUTE);
    if (zone !== undefined) return zone;
  }
  return undefined;
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
  const indices = new Map<number, KeyIndex>();
  const indexOf = async (view: SourceView): Promise<KeyIndex> => {
    const index = indices.get(view.id) ?? (await createKeyIndex(calls, view.timed, breathe));
    indices.set(view.id, index);
    return index;
  };
  const zones = new Map<number, number>();
  for (const files of groupBy(open, logOf).values()) {
    const measured: { readonly file: SourceView; readonly zone: number }[] = [];
    for (const file of files) {
      const zone = await measureZone(calls, file, known, indexOf);
      if (zone !== undefined) measured.push({ file, zone });
      await breathe();
    }
    for (const file of files) {
      const [nearest] = measured.toSorted((x, y) => Math.abs(x.file.first - file.first) - Math.abs(y.file.first - file.first));
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
