import { z } from 'zod';
import { MAX_COVER_TEXT, PAPERS, TLP_MARKS, type Paper, type TlpMark } from '../model/cover.ts';

/** What the analyst chose for the printed report; kept in the case. */
export interface ReportSettings {
  /** Absent until somebody says it: a reader must not take silence for TLP:CLEAR. */
  readonly tlp?: TlpMark;
  /** Absent until somebody chooses. */
  readonly paper?: Paper;
  /** Whom it is written for; empty when not said. */
  readonly audience: string;
  /** Ids of sections that are left out. */
  readonly omitted: readonly string[];
}

const coverText = z.string().max(MAX_COVER_TEXT);

/** What may be kept of the analyst's choice. */
export const reportSettings = z
  .object({
    tlp: z.enum(TLP_MARKS).exactOptional(),
    paper: z.enum(PAPERS).exactOptional(),
    audience: coverText,
    omitted: z.array(coverText).max(MAX_COVER_TEXT),
  })
  .strict();

/** Who stands by the report, and for what exactly. */
export interface SignOff {
  readonly name: string;
  readonly role: string;
  /** UTC, ISO 8601. */
  readonly time: string;
  /** SHA-256 of the unsigned, internal `report.json` that was signed, hex. */
  readonly reportSha256: string;
  /** Hash of the last entry of the audit log before the sign-off, hex; `spoor verify --anchor` takes it. */
  readonly chainHead: string;
}

/** What may be kept of a sign-off. */
export const signOff = z
  .object({ name: coverText, role: coverText, time: coverText, reportSha256: coverText, chainHead: coverText })
  .strict();

/** One part of the report, for the choice of what to print. */
export interface ReportSectionRow {
  readonly id: string;
  /** Number or letter; empty for the front matter. */
  readonly label: string;
  readonly title: string;
}

/** What the report screen shows beside the preview. */
export interface ReportState {
  readonly settings: ReportSettings;
  readonly sections: readonly ReportSectionRow[];
  readonly signOff?: SignOff;
  /** False when the case has changed since it was signed: the report is printed unsigned. */
  readonly signatureHolds: boolean;
}

/** What may be said for one file that is written. */
export const ofOneReport = {
  /** In place of the paper that the case holds. */
  paper: z.enum(PAPERS).optional(),
  /** Where the files of the case lie, to hash them again; left out when nobody knows. */
  evidence: z.array(z.object({ path: z.string(), name: z.string().optional() }).strict()).optional(),
};
