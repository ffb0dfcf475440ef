import { assertNever } from '../lib/assert.ts';
import type { FindingMaps, Severity } from '../contract/report-json.ts';
import type { Pattern, QueryNode } from '../query/ast.ts';
import { isCaseless, type FieldName, type Target } from '../query/fields.ts';
import { sigmaName } from './fields.ts';
import { CannotRun } from './rule.ts';

/** What is written as a Sigma rule. */
export interface RuleDraft {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly level: Severity;
  readonly falsePositives: readonly string[];
  readonly maps: FindingMaps;
  readonly ask: QueryNode;
  /** Calls with the same value of `by` within so many minutes: written as a correlation. */
  readonly burst?: { readonly least: number; readonly minutes: number; readonly by: FieldName } | undefined;
}

type Values = string | number | readonly (string | number)[] | boolean | null;

interface State {
  readonly searches: Map<string, Readonly<Record<string, Values>>>;
}

/** Sigma's own sign in front of what would be a wildcard to it. */
const escape = (text: string): string => text.replace(/[\\*?]/g, '\\$&');
const printPattern = (pattern: Pattern): string => pattern.map(escape).join('*');

/** Names a search and gives its name for the condition. */
function search({ searches }: State, key: string, value: Values): string {
  const name = `s${String(searches.size + 1)}`;
  searches.set(name, { [key]: value });
  return name;
}

const targetName = (target: Target): string => sigmaName(target.field, target.path);

/** Where capitals count, they do not in a value with a star; Sigma says so for all values of a search. */
function matchOf(state: State, node: Extract<QueryNode, { kind: 'match' }>): string {
  const isAny = (pattern: Pattern): boolean => isCaseless(node) || pattern.length > 1;
  const parts = [
    ['', node.values.filter(isAny)],
    ['|cased', node.values.filter((pattern) => !isAny(pattern))],
  ] as const;
  const searches = parts.flatMap(([how, values]) => (values.length === 0 ? [] : [search(state, `${targetName(node)}${how}`, values.map(printPattern))]));
  return searches.length === 1 ? searches.join('') : `(${searches.join(' or ')})`;
} // prettier-ignore

/** The part of a condition that a query stands for. Errors: CannotRun for what Sigma has no words for. */
function conditionOf(state: State, node: QueryNode): string {
  switch (node.kind) {
    case 'all':
      return search(state, 'cs-method|exists', true);
    case 'and':
    case 'or':
      return `(${node.items.map((item) => conditionOf(state, item)).join(` ${node.kind} `)})`;
    case 'not':
      return `not ${conditionOf(state, node.item)}`;
    case 'match':
      return matchOf(state, node);
    case 'present':
      return search(state, `${targetName(node)}|exists`, true);
    case 'regex':
      return search(state, `${targetName(node)}|re${isCaseless(node) ? '|i' : ''}`, node.source);
    case 'compare':
      return search(state, `${sigmaName(node.field)}${COMPARISONS[node.op]}`, node.value);
    case 'network':
      return search(state, `${sigmaName(node.field)}|cidr`, node.network);
    case 'flag':
      if (node.flag === 'is:failed') return search(state, `${sigmaName('status')}|gte`, 400);
      throw new CannotRun(`${node.flag} is something that Spoor works out`);
    case 'text':
    case 'textRegex':
      throw new CannotRun('words are looked for in fields that Sigma has no name for');
    case 'moment':
      throw new CannotRun('it compares times with the first or last call of the case');
    default:
      return assertNever(node, 'query node');
  }
}

const COMPARISONS = { '<': '|lt', '<=': '|lte', '>': '|gt', '>=': '|gte', '=': '' } as const;

/** 32 hex digits as a UUID of version 8, which is for ids made from something else. */
export const toUuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;

const tagsOf = ({ attack, cwe }: FindingMaps): readonly string[] => [
  ...attack.map((id) => `attack.${id.toLowerCase()}`),
  ...cwe.map((id) => id.toLowerCase().replace('-', '.')),
];

/**
 * A rule as the documents of a Sigma file: one, or a rule about calls and the correlation over it. `uuid` makes ids of names.
 * Errors: CannotRun for what Sigma has no words for.
 */
export function toSigmaDocuments(draft: RuleDraft, uuid: (name: string) => string): readonly Readonly<Record<string, unknown>>[] {
  const state: State = { searches: new Map() };
  const condition = conditionOf(state, draft.ask);
  const { burst } = draft;
  const tags = tagsOf(draft.maps);
  const told = {
    status: 'experimental',
    description: draft.description,
    author: 'Spoor',
    ...(tags.length === 0 ? {} : { tags }),
  };
  const end = { ...(draft.falsePositives.length === 0 ? {} : { falsepositives: draft.falsePositives }), level: LEVELS[draft.level] };
  const base = { logsource: { category: 'webserver' }, detection: { ...Object.fromEntries(state.searches), condition } };
  if (burst === undefined) return [{ title: draft.title, id: uuid(draft.id), ...told, ...base, ...end }];
  const name = `calls_of_${draft.id.replace(/[^a-z0-9]+/gi, '_')}`;
  const correlation = {
    type: 'event_count',
    rules: [name],
    'group-by': [sigmaName(burst.by)],
    timespan: `${String(burst.minutes)}m`,
    condition: { gte: burst.least },
  };
  return [
    { title: `${draft.title}: the calls`, id: uuid(`${draft.id} calls`), name, status: 'experimental', ...base, level: 'informational' },
    { title: draft.title, id: uuid(draft.id), ...told, correlation, ...end },
  ];
}

const LEVELS: Readonly<Record<Severity, string>> = {
  info: 'informational',
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
};
