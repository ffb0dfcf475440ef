import type { FieldName, HeaderField, BodyField } from '../query/fields.ts';
import type { FindingMaps, Severity } from '../contract/report-json.ts';

/** Where in a call a field of Sigma looks. `uri`: path and query, or the whole URL · `operation`: name of the operation of an API that is no HTTP, such as AWS's · `anywhere`: all that an analyst sees of a call. */
export type SigmaPlace =
  | { readonly kind: 'column'; readonly field: FieldName }
  | { readonly kind: 'message'; readonly field: HeaderField | BodyField; readonly path?: string }
  | { readonly kind: 'uri' }
  | { readonly kind: 'operation' }
  | { readonly kind: 'anywhere' };

/** A piece of a text with wildcards: literal text, `*` or `?`. */
export type PatternPiece = { readonly text: string } | 'many' | 'one';

export type SigmaComparison = '<' | '<=' | '>=' | '>';
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** What is asked of the text at a place. */
export type SigmaTest =
  | { readonly kind: 'pattern'; readonly pieces: readonly PatternPiece[]; readonly cased: boolean }
  | { readonly kind: 'number'; readonly value: number }
  /** Source in RE2 syntax, flags inside. */
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'network'; readonly network: string }
  | { readonly kind: 'compare'; readonly op: SigmaComparison; readonly value: number }
  | { readonly kind: 'present' }
  | { readonly kind: 'time'; readonly part: TimePart; readonly value: number }
  | { readonly kind: 'field'; readonly other: FieldName; readonly where: 'whole' | 'start' | 'end' | 'inside'; readonly cased: boolean };

/** What a Sigma rule asks of one call. */
export type SigmaNode =
  | { readonly kind: 'and' | 'or'; readonly items: readonly SigmaNode[] }
  | { readonly kind: 'not'; readonly item: SigmaNode }
  | { readonly kind: 'test'; readonly place: SigmaPlace; readonly test: SigmaTest };

export type CorrelationType =
  | 'event_count' | 'value_count' | 'temporal' | 'temporal_ordered' | 'value_sum' | 'value_avg' | 'value_percentile' | 'value_median'; // prettier-ignore

/** One bound of a correlation's condition. */
export interface Bound {
  readonly op: SigmaComparison | '=' | '!=';
  readonly value: number;
}

/** A correlation as its text says it; names of rules are not resolved yet. */
export interface Correlation {
  readonly type: CorrelationType;
  /** Ids or names. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Units: µs. */
  readonly timespan: number;
  /** All of them must hold. */
  readonly bounds: readonly Bound[];
  /** Fields that are counted or computed with. */
  readonly fields: readonly string[];
  readonly percentile?: number;
  /** True when the rules that it names count alone as well. */
  readonly generate: boolean;
}

/** What a rule says of itself. All texts are the author's: hostile, shown as text. */
export interface RuleHead {
  readonly id: string;
  readonly name?: string;
  readonly title: string;
  readonly level: Severity;
  readonly description: string;
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly tags: readonly string[];
  readonly maps: FindingMaps;
}

/** A rule: one that asks of single calls, one that correlates others, or one that cannot run, with the reason. */
export type SigmaRule = RuleHead &
  (
    | { readonly kind: 'single'; readonly node: SigmaNode }
    | { readonly kind: 'correlation'; readonly correlation: Correlation }
    | { readonly kind: 'unusable'; readonly reason: string }
  );

/** Why a rule cannot run here: thrown while it is read, told to the analyst beside the rule. */
export class CannotRun extends Error {}
