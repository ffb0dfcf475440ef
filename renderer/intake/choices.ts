import type { HostReview, RaisedLimits, ReachedLimit, ReviewedSource, SourceChoice } from '#shared/contract/intake-review.ts';
import type { ImportOrder } from '../host/import-files.ts';
import { whyNotNew, type NewPassphrase } from '../passphrase/why-not-new.ts';
import { formatBytes, formatCount } from '../widgets/format.ts';
import { isZone, ZONE_FORMS } from '../widgets/zone.ts';

/** What an analyst decides before files come into a case. */
export interface Choices {
  readonly title: string;
  /** For stamps that name none, in every source without a zone of its own; empty for the usual one. */
  readonly zone: string;
  /** Zones of single sources, by name. */
  readonly zones: Readonly<Record<string, string>>;
  readonly leftOut: ReadonlySet<string>;
  /** Of the case that is made; `undefined` for a plain one. */
  readonly passphrase: NewPassphrase | undefined;
}

/** Nothing decided yet: everything comes in as it is. */
export const firstChoices = ({ newTitle = '' }: HostReview): Choices => ({
  title: newTitle,
  zone: '',
  zones: {},
  leftOut: new Set(),
  passphrase: undefined,
});

/** The decisions as an import takes them; what was not decided is left out. */
export function toOrder(
  { sources }: HostReview,
  { title, zone, zones, leftOut, passphrase }: Choices,
  limits: RaisedLimits | undefined,
): ImportOrder {
  const own = sources.flatMap(({ name, zone: known }): readonly SourceChoice[] => {
    if (leftOut.has(name)) return [{ name, leaveOut: true }];
    const given = Object.hasOwn(zones, name) ? (zones[name] ?? '').trim() : '';
    return known === 'missing' && given !== '' ? [{ name, zone: given }] : [];
  });
  return {
    ...(title.trim() === '' ? {} : { title: title.trim() }),
    ...(passphrase === undefined ? {} : { passphrase: passphrase.text }),
    ...(zone.trim() === '' ? {} : { zone: zone.trim() }),
    ...(own.length === 0 ? {} : { sources: own }),
    ...(limits === undefined ? {} : { limits }),
  };
}

/** Why the import cannot begin; `undefined` when it can. */
export function whyNot({ sources, unseen }: HostReview, { zone, zones, leftOut, passphrase }: Choices): string | undefined {
  if (sources.length + unseen === 0) return 'None of these files can be read';
  if (unseen === 0 && sources.every(({ name }) => leftOut.has(name))) return 'Every source is left out';
  const unfit = passphrase === undefined ? undefined : whyNotNew(passphrase);
  if (unfit !== undefined) return unfit;
  return [zone, ...Object.values(zones)].every(isZone) ? undefined : `A zone is ${ZONE_FORMS}`;
}

/** How much would come in. Units: bytes. */
export function amountOf(
  sources: readonly ReviewedSource[],
  leftOut: ReadonlySet<string>,
): { readonly count: number; readonly bytes: number } {
  const used = sources.filter(({ name }) => !leftOut.has(name));
  return { count: used.length, bytes: used.reduce((sum, { bytes = 0 }) => sum + bytes, 0) };
}

/** What a limit is raised to at a time: enough for what is no attack, not enough to be without one. */
const TIMES: Readonly<Record<ReachedLimit['name'], number>> = { members: 10, ratio: 10, unpackedBytes: 4 };

/** The limits with one of them raised. */
export const raise = (limits: RaisedLimits | undefined, { name, value }: ReachedLimit): RaisedLimits => ({
  ...limits,
  [name]: value * TIMES[name],
});

/** What raising a limit would do: `Unpacked bytes per packed byte: 1 000 in place of 100`. */
export function raiseText({ name, value }: ReachedLimit): string {
  const next = value * TIMES[name];
  switch (name) {
    case 'members':
      return `Members of one archive: ${formatCount(next)} in place of ${formatCount(value)}`;
    case 'ratio':
      return `Unpacked bytes per packed byte: ${formatCount(next)} in place of ${formatCount(value)}`;
    case 'unpackedBytes':
      return `Unpacked in one import: ${formatBytes(next)} in place of ${formatBytes(value)}`;
  }
}

/** The limits that refuse something, each once. */
export function reachedLimits({ refused }: HostReview): readonly ReachedLimit[] {
  const byName = new Map(refused.flatMap(({ limit }) => (limit === undefined ? [] : [[limit.name, limit] as const])));
  return [...byName.values()];
}
