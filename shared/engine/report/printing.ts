import type { Profile } from '../../contract/profile.ts';
import type { Recheck } from '../../model/recheck.ts';
import type { ReportSettings, SignOff } from '../../contract/report-settings.ts';

/** How the printed report is to look, beside what the case holds. */
export interface Printing {
  readonly profile: Profile;
  readonly settings: ReportSettings;
  /** Present only when it holds for the case as it is now. */
  readonly signOff?: SignOff;
  /** Entries of the log of the analyst's changes, oldest first; printed in a signed report only. */
  readonly log: readonly { readonly entry: number; readonly at: string; readonly text: string }[];
  /** By SHA-256 of the source at the import, hex, since names are not in every profile; absent when the files were not at hand. */
  readonly recheck?: ReadonlyMap<string, Recheck>;
}

/** Nothing chosen, nobody signed. */
export const plainPrinting: Printing = { profile: 'internal', settings: { audience: '', omitted: [] }, log: [] };

/** Parts that tell single calls and files, which a board does not read. */
const NOT_FOR_BOARDS: readonly string[] = [
  'scope',
  'evidence',
  'method',
  'findings',
  'timeline',
  'inventory',
  'files',
  'rejected',
  'dismissed',
  'remarks',
  'audit',
  'rules',
];

/** Ids of the sections that are not printed. */
export const omittedOf = ({ profile, settings }: Printing): ReadonlySet<string> =>
  new Set([...settings.omitted, ...(profile === 'board' ? NOT_FOR_BOARDS : [])]);
