import type { FieldName, FlagName, Target } from './fields.ts';
import type { Moment } from './moment.ts';

/**
 * A text with `*` in it, split at the stars: `['/v1/', '']` is `/v1/*`, `['GET']` is exactly `GET`.
 * Shape: at least one piece; only the first and the last may be empty when there are several.
 */
export type Pattern = readonly string[];

export type Comparison = '<' | '<=' | '=' | '>=' | '>';

/**
 * What a query means. Normalised: `and` and `or` hold two items or more and never one of their own kind.
 * Units of `compare.value`: what the field's type says: ms, bytes, µs since 1970 for times.
 * `source` of a regular expression is RE2 syntax as typed between the slashes; it may fit anywhere in the text.
 * `moment` compares the time of the call with a moment that the case's own calls set.
 */
export type QueryNode =
  | { readonly kind: 'all' }
  | { readonly kind: 'and'; readonly items: readonly QueryNode[] }
  | { readonly kind: 'or'; readonly items: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly item: QueryNode }
  | { readonly kind: 'text'; readonly pattern: Pattern }
  | { readonly kind: 'textRegex'; readonly source: string }
  | ({ readonly kind: 'match'; readonly values: readonly Pattern[] } & Target)
  | ({ readonly kind: 'present' } & Target)
  | ({ readonly kind: 'regex'; readonly source: string } & Target)
  | { readonly kind: 'compare'; readonly field: FieldName; readonly op: Comparison; readonly value: number }
  | { readonly kind: 'moment'; readonly op: Exclude<Comparison, '='>; readonly moment: Moment }
  | { readonly kind: 'network'; readonly field: FieldName; readonly network: string }
  | { readonly kind: 'flag'; readonly flag: FlagName };

/** Joins items under `and` or `or`, keeping the normal form: nested ones of the same kind are lifted, one alone stands for itself. */
export function joinNodes(kind: 'and' | 'or', items: readonly QueryNode[]): QueryNode {
  const flat = items.flatMap((item) => (item.kind === kind ? item.items : [item]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind, items: flat };
}

/** A pattern in normal form: runs of stars count as one. */
export const toPattern = (pieces: readonly string[]): Pattern =>
  pieces.filter((piece, index) => piece !== '' || index === 0 || index === pieces.length - 1);

/** True for `*` alone: any value, as long as there is one. */
export const isAnything = (pattern: Pattern): boolean => pattern.length > 1 && pattern.every((piece) => piece === '');
