import type { ReadChoice } from '#shared/contract/read-choice.ts';
import type { SourceRow } from '#shared/contract/rows.ts';
import type { Mapping } from '#shared/model/mapping.ts';
import { isZone } from '../../../widgets/zone.ts';

/** The three ways to say how a source is read. */
export type Mode = 'format' | 'log-format' | 'mapping';

/** What an analyst has entered so far; nothing of it is checked. */
export interface Draft {
  readonly mode: Mode;
  /** A format's id; empty lets the content decide. */
  readonly format: string;
  readonly logFormat: string;
  /** `undefined` until something was proposed or changed. */
  readonly mapping: Mapping | undefined;
  readonly zone: string;
  readonly windows1252: boolean;
}

/** What a source was read with, as the start of a draft. */
export function draftOf(source: SourceRow): Draft {
  const { settings, format, recognizedBy, zone } = source;
  const mode: Mode =
    settings?.logFormat !== undefined
      ? 'log-format'
      : settings?.mapping !== undefined || format === 'mapped-json' || format === 'json-access'
        ? 'mapping'
        : 'format';
  return {
    mode,
    format: recognizedBy === 'override' && mode === 'format' ? (format ?? '') : '',
    logFormat: settings?.logFormat ?? '',
    mapping: settings?.mapping,
    zone: zone ?? '',
    windows1252: settings?.encoding === 'windows-1252',
  };
}

/**
 * What the engine is told: only what the mode shows counts, the rest of the draft is kept for a change of mind.
 * Shape: `undefined` while the draft says nothing yet: no log format was typed.
 */
export function toChoice(draft: Draft): ReadChoice | undefined {
  const { mode, format, logFormat, mapping, zone, windows1252 } = draft;
  const common = {
    ...(windows1252 ? { encoding: 'windows-1252' as const } : {}),
  };
  const where = zone.trim() === '' || !isZone(zone) ? {} : { zone: zone.trim() };
  const settings = Object.keys(common).length === 0 ? {} : { settings: common };
  switch (mode) {
    case 'format':
      return { ...(format === '' ? {} : { format }), ...settings, ...where };
    case 'log-format':
      return logFormat.trim() === '' ? undefined : { format: 'log-format', settings: { ...common, logFormat }, ...where };
    case 'mapping':
      return {
        format: 'mapped-json',
        ...(mapping === undefined ? settings : { settings: { ...common, mapping } }),
        ...where,
      };
  }
}
