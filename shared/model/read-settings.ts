/**
 * What an analyst says about how a source is to be read. Plain JSON: it is saved with the case, exported, and given on the
 * command line.
 */
export interface ReadSettings {
  /** A `log_format` (nginx) or `LogFormat` (Apache) string that the lines follow. */
  readonly logFormat?: string | undefined;
}
