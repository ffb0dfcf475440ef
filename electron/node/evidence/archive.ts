import type { IssueCode } from '#shared/engine/importers/issue-codes.ts';
import type { Openable } from './stream.ts';

/** Members of one archive that are listed. */
export const MAX_MEMBERS = 100_000;

/** What an archive holds, in its own order. */
export type ArchiveItem =
  | { readonly kind: 'member'; readonly name: string; readonly bytes: Openable }
  | { readonly kind: 'failure'; readonly name: string; readonly code: IssueCode; readonly message: string };

export interface ArchiveListing {
  readonly items: readonly ArchiveItem[];
  /** What was passed over. */
  readonly notes: readonly string[];
  /** Why members may be missing. */
  readonly broken?: string | undefined;
}

/** The note about entries that are no evidence; empty when there are none. */
export function describePassedOver(archive: string, folders: number, forks: number): readonly string[] {
  const parts = [
    ...(folders === 0 ? [] : [`${String(folders)} folder entries`]),
    ...(forks === 0 ? [] : [`${String(forks)} macOS resource files`]),
  ];
  return parts.length === 0 ? [] : [`Passed over in ${archive}: ${parts.join(' and ')}.`];
}
