import type { CodecPort, CryptoPort, ScratchCase } from '../../ports.ts';
import type { CallFilter } from '../../store/read/calls/calls.ts';
import type { SqlDriver } from '../../store/driver.ts';
import type { Detector } from '../../detectors/detector.ts';
import type { Printing } from '../printing.ts';
import type { Pseudonymiser } from '../profile/pseudonymiser.ts';
import type { ReportView } from '../section.ts';
import type { ScannedOutput } from './scan/scanned-output.ts';

/** What lists of calls are written from. */
export interface CallSource {
  /** Takes names out of what does not come by way of a view. */
  readonly hide: Pseudonymiser;
  readonly db: SqlDriver;
  readonly crypto: CryptoPort;
  readonly codec: CodecPort;
  readonly version: string;
  /** The calls that were asked for; those that stand for themselves unless a query said otherwise. */
  readonly selection: CallFilter;
  /** Formats whose records are lines, so that a record's number is that of its line. */
  readonly lineFormats: ReadonlySet<string>;
  /** Lets other work in and stops on request; cheap, so that loops over calls await it for each. */
  readonly breathe: () => Promise<void>;
}

/** The case as an export sees it. */
export interface ExportSource extends CallSource {
  readonly view: ReportView;
  /** Cover, parts and signature of what is printed. */
  readonly printing: Printing;
  readonly detectors: readonly Detector[];
  readonly openScratch: () => ScratchCase;
}

/** A file of an export that is a folder. */
export interface ExportFile {
  /** With `/` between folders; made by us from letters that every file system takes, never a name of the evidence. */
  readonly name: string;
  readonly write: (output: ScannedOutput) => Promise<void> | void;
}

interface Common {
  /** What `spoor report --format` calls it. */
  readonly id: string;
  readonly title: string;
  /** What it holds and is good for; one or two sentences on the Report screen. */
  readonly holds: string;
}

/** An export that is one file. */
export interface FileFormat extends Common {
  readonly kind: 'file';
  /** It lists calls, which a query narrows down. */
  readonly ofCalls?: true;
  /** What a name for it ends in, without the first dot: `sarif.json`. */
  readonly ending: string;
  /** Writes texts; only formats that are no text write bytes, and check their rows. */
  write(source: ExportSource, output: ScannedOutput): Promise<void> | void;
}

/** An export of several files: a folder with `MANIFEST.sha256`, or a zip of the same. */
export interface FolderFormat extends Common {
  readonly kind: 'folder';
  /** It is for others: never without pseudonyms, whatever profile was asked for. */
  readonly redacted?: true;
  files(source: ExportSource): Promise<readonly ExportFile[]> | readonly ExportFile[];
}

export type ExportFormat = FileFormat | FolderFormat;
