import type { EndpointRow } from '#shared/contract/inventory.ts';
import { FLAG_WORDS, LEVEL_WORDS, SPEC_WORDS } from './words.ts';

/** A field that the list is narrowed by, and the values that a row has of it. */
export interface EndpointField {
  readonly id: string;
  readonly title: string;
  readonly valuesOf: (row: EndpointRow) => readonly string[];
  /** The order of the values; else the most frequent first. */
  readonly order?: readonly string[];
  /** What people call a value that is a code. */
  readonly wordOf?: (value: string) => string | undefined;
  /** True for those that stand open before anybody chose. */
  readonly usual?: boolean;
}

/** Stands for no value: a host that no record names, say. */
const NONE = 'none';

const wordIn = (words: Readonly<Record<string, string>>) => (value: string) => words[value];

const levelWord = (value: string): string | undefined => {
  const word = wordIn(LEVEL_WORDS)(value);
  return word === undefined ? undefined : `${value} ${word}`;
};

/** Every field of the list, in the order in which they are shown. */
export const endpointFields: readonly EndpointField[] = [
  { id: 'spec', title: 'Description', usual: true, order: ['documented', 'shadow', 'zombie', 'orphan', 'no-spec'], wordOf: wordIn(SPEC_WORDS), valuesOf: ({ spec }) => [spec] },
  { id: 'level', title: 'Sensitivity', usual: true, order: ['S3', 'S2', 'S1', 'S0'], wordOf: levelWord, valuesOf: ({ sensitivity }) => [sensitivity] },
  { id: 'method', title: 'Method', usual: true, valuesOf: ({ method }) => [method] },
  { id: 'host', title: 'Host', usual: true, valuesOf: ({ host }) => [host === '' ? NONE : host] },
  { id: 'service', title: 'Service', valuesOf: ({ service }) => [service ?? NONE] },
  { id: 'flag', title: 'Power', wordOf: wordIn(FLAG_WORDS), valuesOf: ({ flags }) => flags },
  { id: 'auth', title: 'Authentication', valuesOf: ({ auth }) => auth },
  { id: 'data', title: 'Kind of data', valuesOf: ({ types }) => types },
  { id: 'finding', title: 'Worst finding', order: ['critical', 'high', 'medium', 'low', 'info', NONE], valuesOf: ({ severity }) => [severity ?? NONE] },
  { id: 'from', title: 'Classified from', valuesOf: ({ override, classifiedFrom }) => [override === undefined ? classifiedFrom : 'analyst'] },
]; // prettier-ignore

const byId = new Map(endpointFields.map((field) => [field.id, field]));

/** One condition: rows that have the value, or those that do not. */
export interface Condition {
  readonly field: string;
  readonly value: string;
  readonly not: boolean;
}

/** What the list is narrowed to. Conditions of one field are alternatives, of several fields all hold; every word must be found. */
export interface EndpointFilter {
  readonly words: readonly string[];
  readonly conditions: readonly Condition[];
}

const CONDITION = /^(-?)([a-z]+):(.+)$/;

/** Reads `spec:shadow -method:GET orders`: what is no condition on a known field is a word. Never fails. */
export function parseFilter(text: string): EndpointFilter {
  const words: string[] = [];
  const conditions: Condition[] = [];
  for (const token of text.split(/\s+/)) {
    const [, minus, field = '', value = ''] = CONDITION.exec(token) ?? [];
    if (byId.has(field)) conditions.push({ field, value: value.replaceAll('%20', ' '), not: minus === '-' });
    else if (token !== '') words.push(token.toLowerCase());
  }
  return { words, conditions };
}

/** A condition as it stands in the text of a filter. Values hold no blanks but those of names that a person gave. */
export const printCondition = ({ field, value, not }: Condition): string => `${not ? '-' : ''}${field}:${value.replaceAll(' ', '%20')}`;

const isSame = (left: Condition, right: Condition): boolean => left.field === right.field && left.value === right.value;

/** The text without what it says of a value, and with the condition at its end if `put`. What else was typed stays as it is. */
export function withCondition(text: string, condition: Condition, put: boolean): string {
  const kept = text.split(/\s+/).filter((token) => {
    const [given] = parseFilter(token).conditions;
    return token !== '' && (given === undefined || !isSame(given, condition));
  });
  return [...kept, ...(put ? [printCondition(condition)] : [])].join(' ');
}

/** The text with conditions at its end, each once. */
export const withConditions = (text: string, ...conditions: readonly Condition[]): string =>
  conditions.reduce((known, condition) => withCondition(known, condition, true), text);

/** Endpoints of a host; of none where records name none. */
export const hostCondition = (host: string): Condition => ({ field: 'host', value: host === '' ? NONE : host, not: false });

/** What a filter says of a value. */
export function stateOf({ conditions }: EndpointFilter, field: string, value: string): 'included' | 'excluded' | 'open' {
  const given = conditions.find((each) => each.field === field && each.value === value);
  return given === undefined ? 'open' : given.not ? 'excluded' : 'included';
}

/** True when a row has every word, in its method, host, template, operation or service. */
function hasWords({ method, host, template, operation, service }: EndpointRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = `${method} ${host}${template} ${operation ?? ''} ${service ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** True when a row meets the conditions on one field. */
function meets(row: EndpointRow, field: EndpointField, conditions: readonly Condition[]): boolean {
  const values = field.valuesOf(row);
  const wanted = conditions.filter(({ not }) => !not);
  return (
    !conditions.some(({ not, value }) => not && values.includes(value)) &&
    (wanted.length === 0 || wanted.some(({ value }) => values.includes(value)))
  );
}

/** The conditions of a filter by their field. */
function conditionsByField({ conditions }: EndpointFilter): readonly (readonly [EndpointField, readonly Condition[]])[] {
  return endpointFields.flatMap((field) => {
    const own = conditions.filter((condition) => condition.field === field.id);
    return own.length === 0 ? [] : [[field, own] as const];
  });
}

/** The rows that fit, in their order; `but` leaves the conditions on one field out, for the counts of that field. */
export function filterEndpoints(rows: readonly EndpointRow[], filter: EndpointFilter, but?: string): readonly EndpointRow[] {
  const conditions = conditionsByField(filter).filter(([field]) => field.id !== but);
  return rows.filter((row) => hasWords(row, filter.words) && conditions.every(([field, own]) => meets(row, field, own)));
}

/** How many of the rows that fit all other fields have each value of this one; values that only others have count 0. */
export function countValues(
  rows: readonly EndpointRow[],
  filter: EndpointFilter,
  field: EndpointField,
): readonly { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of field.valuesOf(row)) counts.set(value, 0);
  for (const row of filterEndpoints(rows, filter, field.id))
    for (const value of field.valuesOf(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const place = (value: string): number => field.order?.indexOf(value) ?? 0;
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => place(a.value) - place(b.value) || b.count - a.count || (a.value < b.value ? -1 : 1));
}
