import type { RaisedLimits } from '#shared/contract/intake-review.ts';
import { MAX_MEMBERS } from './evidence-archive.ts';
import { MAX_RATIO } from './evidence-decompress.ts';
import { MAX_UNPACKED_BYTES } from './evidence-spill.ts';

/** Limits of archives that hold for one import. Units: as `RaisedLimits`. */
export type ArchiveLimits = { readonly [Limit in keyof RaisedLimits]-?: number };

/** The limits in force: those that were raised for an import, else the usual ones. */
export const archiveLimits = ({ members, ratio, unpackedBytes }: RaisedLimits = {}): ArchiveLimits => ({
  members: members ?? MAX_MEMBERS,
  ratio: ratio ?? MAX_RATIO,
  unpackedBytes: unpackedBytes ?? MAX_UNPACKED_BYTES,
});
