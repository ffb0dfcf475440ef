import { greatest } from '../../../lib/extremes.ts';
import { isJsonObject } from '../../../lib/json.ts';
import type { ImportedCall } from '../../../model/call.ts';
import { MAPPED_FIELDS } from '../../../model/mapping.ts';
import type { Mapping } from '../../../model/mapping.ts';
import { peelHead } from '../read/head-layers.ts';
import type { HeadView } from '../read/head-layers.ts';
import { compileMapping } from './apply.ts';
import { compilePath } from './paths.ts';
import { proposeMapping } from './propose.ts';
import type { Proposal } from './propose.ts';
import { sampleRecords } from './sample.ts';
import { toAnyText } from './values.ts';

/** What a mapping names in a record and could not read. The text is in clear: mask it before it is shown. */
export interface NotUnderstood {
  readonly target: string;
  readonly text: string;
}

/** One record as the call that a mapping makes of it. Secrets are in clear. */
export interface PreviewedCall {
  /** 1-based position among the records of the head. */
  readonly record: number;
  /** `undefined` for a record that the mapping does not take. */
  readonly call: ImportedCall | undefined;
  readonly notUnderstood: readonly NotUnderstood[];
}

/** The views of a head: as it stands, and with one layer more taken off each time. */
function listViews(head: Uint8Array): readonly HeadView[] {
  const views: HeadView[] = [];
  for (let view: HeadView | undefined = { head, layers: [], reasons: [] }; view !== undefined; view = peelHead(view)) views.push(view);
  return views;
}

/** How many parts of a call a proposal finds; what a call cannot do without counts most. */
const scoreOf = ({ fields, confident }: Proposal): number => fields.length + (confident ? 100 : 0);

/**
 * Proposes a mapping for the start of an unknown source, inside of whatever layers make most of it; `undefined` when no JSON objects
 * and no table stand there. Shape: `head` is at most the first 64 KiB, after decompression.
 */
export function proposeForHead(head: Uint8Array, name?: string): Proposal | undefined {
  const proposals = listViews(head)
    .map((view) => sampleRecords(view.head))
    .filter((records) => records.length > 0)
    .map((records) => proposeMapping(records, name));
  return proposals.reduce<Proposal | undefined>(
    (best, next) => (best === undefined || scoreOf(next) > scoreOf(best) ? next : best),
    undefined,
  );
}

/**
 * The first records of a source as a mapping would read them, and what it could not understand.
 * Units: `zoneOffsetMinutes` east of UTC, for stamps that name no zone.
 */
export function previewMapping(head: Uint8Array, mapping: Mapping, zoneOffsetMinutes: number, limit: number): readonly PreviewedCall[] {
  const compiled = compileMapping(mapping);
  const samples = listViews(head).map((view) => sampleRecords(view.head));
  const taken = samples.map((records) => records.filter((record) => compiled.matches(record) && hasAny(record, mapping)).length);
  const records = samples[taken.indexOf(greatest(taken))] ?? [];
  return records.slice(0, limit).map((record, index) => {
    if (!compiled.matches(record)) return { record: index + 1, call: undefined, notUnderstood: [] };
    const call = compiled.toCall(record, JSON.stringify(record), zoneOffsetMinutes);
    return { record: index + 1, call, notUnderstood: listNotUnderstood(record, mapping, call) };
  });
}

/** True when anything that the mapping names stands in the record. */
function hasAny(record: Parameters<ReturnType<typeof compilePath>>[0], mapping: Mapping): boolean {
  return Object.values(mapping.fields).some((paths) => paths?.some((path) => compilePath(path)(record) !== undefined));
}

function listNotUnderstood(record: Parameters<typeof hasAny>[0], mapping: Mapping, call: ImportedCall): readonly NotUnderstood[] {
  const missed: NotUnderstood[] = [];
  const check = (target: string, paths: readonly string[] | undefined, understood: boolean): void => {
    if (understood) return;
    for (const path of paths ?? []) {
      const value = compilePath(path)(record);
      const text = value === undefined ? undefined : toAnyText(value);
      if (text !== undefined && !isJsonObject(value)) missed.push({ target, text });
    }
  };
  check('time', mapping.time?.from, call.time !== undefined);
  check('duration', mapping.duration?.from, call.durationMs !== undefined);
  for (const field of MAPPED_FIELDS) {
    const understood =
      field === 'request'
        ? call.method !== undefined
        : field === 'url'
          ? call.path !== undefined || call.host !== undefined
          : call[field] !== undefined;
    check(field, mapping.fields[field], understood);
  }
  return missed;
}
