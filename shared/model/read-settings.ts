import type { Mapping } from './mapping.ts';

/** A log format as a server's configuration declares it. */
export interface DeclaredFormat {
  readonly name: string;
  readonly text: string;
  /** How the server escapes what it writes, when the declaration says. */
  readonly escape?: 'default' | 'json' | 'none' | undefined;
  /** The configuration's name in the evidence. */
  readonly where: string;
}

/**
 * What an analyst says about how a source is to be read. Plain JSON: it is saved with the case, exported, and given on the
 * command line.
 */
export interface ReadSettings {
  /** A `log_format` (nginx) or `LogFormat` (Apache) string that the lines follow, or the `#Fields:` line that an extended log lost. */
  readonly logFormat?: string | undefined;
  /** Formats that server configurations in the same evidence declare; `logFormat` goes before them. */
  readonly declaredFormats?: readonly DeclaredFormat[] | undefined;
  /** Encoding of texts that are not in Unicode: old Windows programs say nothing about theirs. */
  readonly encoding?: 'windows-1252' | undefined;
  /** Year of times that have none (syslog, RFC 3164); without it such calls have no time. */
  readonly year?: number | undefined;
  /** How records of JSON or of a table become calls; overrules what the content says wherever its keys are found. */
  readonly mapping?: Mapping | undefined;
  /** Mappings that are saved with the case: the first whose keys all stand in the records is used. */
  readonly declaredMappings?: readonly Mapping[] | undefined;
  /** Names of captured headers that a log writes without them (HAProxy), in its order: the request's first, then the response's. */
  readonly headerNames?: readonly string[] | undefined;
}

/** What every read is told. */
export interface ReadOptions {
  /** Minutes east of UTC for stamps that carry no zone; the caller notes the assumption. */
  readonly zoneOffsetMinutes: number;
  /** What the analyst said about the source: a log format, a mapping. */
  readonly settings: ReadSettings;
}
