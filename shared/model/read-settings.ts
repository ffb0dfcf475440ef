import type { Mapping } from './mapping.ts';

/**
 * What an analyst says about how a source is to be read. Plain JSON: it is saved with the case, exported, and given on the
 * command line.
 */
export interface ReadSettings {
  /** A `log_format` (nginx) or `LogFormat` (Apache) string that the lines follow. */
  readonly logFormat?: string | undefined;
  /** How records of JSON or of a table become calls; overrules what the content says wherever its keys are found. */
  readonly mapping?: Mapping | undefined;
  /** Mappings that are saved with the case: the first whose keys all stand in the records is used. */
  readonly declaredMappings?: readonly Mapping[] | undefined;
}
