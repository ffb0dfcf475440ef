import type { RaisedLimits } from '#shared/contract/intake-review.ts';
import { MAX_MEMBERS } from './archive.ts';
import { MAX_RATIO } from './decompress.ts';
import { MAX_UNPACKED_BYTES } from './spill.ts';

/** Limits of archives that hold for one import. Units: as `RaisedLimits`. */
export type ArchiveLimits = { readonly [Limit in keyof RaisedLimits]-?: number };

/** The limits in force: those that were raised for an import, else the usual ones. */
export const archiveLimits = ({ members, ratio, unpackedBytes }: RaisedLimits = {}): ArchiveLimits => ({
  members: members ?? MAX_MEMBERS,
  ratio: ratio ?? MAX_RATIO,
  unpackedBytes: unpackedBytes ?? MAX_UNPACKED_BYTES,
});
