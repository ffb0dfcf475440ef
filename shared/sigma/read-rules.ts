import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import { textHash } from '../lib/text-hash.ts';
import type { FindingMaps, Severity } from '../contract/report-json.ts';
import { readYamlDocuments } from '../yaml/read-documents.ts';
import { readCorrelation } from './correlation.ts';
import { readDetection } from './detection.ts';
import { checkLogsource } from './logsource.ts';
import { CannotRun, type RuleHead, type SigmaRule } from './rule.ts';
import { MAX_SIGMA_DEPTH, MAX_SIGMA_RULES } from './sizes.ts';

const LEVELS: Readonly<Record<string, Severity>> = {
  informational: 'info',
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
};
/** Longest text of a rule that is shown; longer ones are cut. Units: UTF-16 code units. */
const SHOWN = { title: 256, text: 2_000, item: 500 } as const;
const MAX_ITEMS = 50;

const text = (value: Json | undefined, most: number): string => (typeof value === 'string' ? value.trim().slice(0, most) : '');

const list = (value: Json | undefined): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value])
    .flatMap((item: Json) => (typeof item === 'string' && item.trim() !== '' ? [item.trim().slice(0, SHOWN.item)] : []))
    .slice(0, MAX_ITEMS);

/** Tags as the frameworks spell them: `attack.t1190` is T1190, `cwe.89` is CWE-89. */
function mapsOf(tags: readonly string[]): FindingMaps {
  const fitting = (pattern: RegExp, prefix = ''): readonly string[] =>
    tags.flatMap((tag) => {
      const id = pattern.exec(tag)?.[1];
      return id === undefined ? [] : [`${prefix}${id.toUpperCase()}`];
    });
  return {
    owaspApi: fitting(/^owasp\.(api\d{1,2}:\d{4})$/i),
    owaspLlm: fitting(/^owasp\.(llm\d{2}:\d{4})$/i),
    owaspAgentic: [],
    attack: fitting(/^attack\.(t\d{4}(?:\.\d{3})?)$/i),
    atlas: fitting(/^atlas\.(aml\.t\d{4}(?:\.\d{3})?)$/i),
    cwe: fitting(/^cwe[.-](\d{1,5})$/i, 'CWE-'),
  };
}

function readHead(source: JsonObject): RuleHead {
  const title = text(source['title'], SHOWN.title) || 'a rule without a title';
  const name = text(source['name'], SHOWN.title);
  const tags = list(source['tags']);
  return {
    id: text(source['id'], SHOWN.title) || name || `untitled-${textHash(JSON.stringify(source)).toString(36)}`,
    ...(name === '' ? {} : { name }),
    title,
    level: LEVELS[text(source['level'], 20).toLowerCase()] ?? 'medium',
    description: text(source['description'], SHOWN.text),
    references: list(source['references']),
    falsePositives: list(source['falsepositives']),
    tags,
    maps: mapsOf(tags),
  };
}

function readRule(source: JsonObject): SigmaRule {
  const head = readHead(source);
  try {
    if (source['filter'] !== undefined) throw new CannotRun('it is a filter, which this version does not apply to other rules');
    if (source['action'] !== undefined) throw new CannotRun('it uses "action", which Sigma 2 has no more');
    const { correlation, detection } = source;
    if (isJsonObject(correlation))
      return { ...head, kind: 'correlation', correlation: readCorrelation(correlation, source['generate'] === true || correlation['generate'] === true) };
    if (!isJsonObject(detection)) throw new CannotRun('it has neither a detection nor a correlation');
    const { logsource } = source;
    checkLogsource(isJsonObject(logsource) ? logsource : undefined);
    return { ...head, kind: 'single', node: readDetection(detection) };
  } catch (thrown) {
    if (!(thrown instanceof CannotRun)) throw thrown;
    return { ...head, kind: 'unusable', reason: thrown.message };
  }
} // prettier-ignore

/**
 * Reads a file of Sigma rules: one or more YAML documents. A rule that cannot run is in the answer with its reason; a sentence says why
 * the file is none at all.
 */
export function readSigmaRules(yaml: string): readonly SigmaRule[] | string {
  const documents = readYamlDocuments(yaml, MAX_SIGMA_DEPTH);
  if (typeof documents === 'string') return documents;
  const rules = documents.filter(isJsonObject).filter((each) => 'detection' in each || 'correlation' in each || 'filter' in each);
  if (rules.length === 0) return 'no document of it is a Sigma rule: each needs a detection or a correlation';
  if (rules.length > MAX_SIGMA_RULES) return `it holds ${String(rules.length)} rules; the limit is ${String(MAX_SIGMA_RULES)}`;
  return rules.map(readRule);
}
