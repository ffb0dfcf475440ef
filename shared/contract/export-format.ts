/** An export as the Report screen lists it. */
export interface ExportFormatRow {
  /** What `spoor report --format` calls it. */
  readonly format: string;
  readonly title: string;
  readonly holds: string;
  /** What the name of its file ends in, without the first dot; of several files a zip. */
  readonly ending: string;
  /** Several files: the command line makes a folder of them, the window a zip. */
  readonly isFolder: boolean;
  /** It lists calls: a query narrows them down. */
  readonly ofCalls: boolean;
}
