import type { Correlation, SigmaRule } from '../../../../sigma/rule.ts';
import { readSigmaRules } from '../../../../sigma/read-rules.ts';
import { MAX_SIGMA_RULES } from '../../../../sigma/sizes.ts';
import type { SqlDriver } from '../../driver.ts';

type Single = Extract<SigmaRule, { kind: 'single' }>;

/** A rule of the case with its file, and for a correlation the rules that it names. */
export type CaseRule =
  | { readonly kind: 'single'; readonly file: string; readonly rule: Single; /** Only a correlation asks for it. */ readonly onlyPart: boolean }
  | { readonly kind: 'correlation'; readonly file: string; readonly rule: SigmaRule; readonly correlation: Correlation; readonly parts: readonly Single[] }
  | { readonly kind: 'unusable'; readonly file: string; readonly rule: SigmaRule; readonly reason: string }; // prettier-ignore

interface Filed {
  readonly file: string;
  readonly rule: SigmaRule;
}

/** The rules as one text that changes with them: what findings depend on. */
export const sigmaInputs = (db: SqlDriver): string =>
  db
    .prepare("SELECT name, sha256 FROM knowledge WHERE kind = 'sigma' ORDER BY name")
    .all<{ name: string; sha256: string }>()
    .map(({ name, sha256 }) => `${name}@${sha256}`)
    .join(' ');

function readFiles(db: SqlDriver): readonly Filed[] {
  const filed = db
    .prepare("SELECT name, text FROM knowledge WHERE kind = 'sigma' ORDER BY name")
    .all<{ name: string; text: string }>()
    .flatMap(({ name, text }) => {
      const rules = readSigmaRules(text);
      return typeof rules === 'string' ? [] : rules.map((rule) => ({ file: name, rule }));
    });
  const ids = new Set<string>();
  return filed.map(({ file, rule }, index): Filed => {
    const problem =
      index >= MAX_SIGMA_RULES
        ? `the case holds more than ${String(MAX_SIGMA_RULES)} rules`
        : ids.has(rule.id)
          ? `another rule of the case has its id`
          : undefined;
    ids.add(rule.id);
    return problem === undefined ? { file, rule } : { file, rule: { ...rule, kind: 'unusable', reason: problem } };
  });
}

/** Rules that a correlation names, or why they are not to be had. */
function partsOf(correlation: Correlation, find: (name: string) => SigmaRule | undefined): readonly Single[] | string {
  const parts: Single[] = [];
  for (const name of correlation.rules) {
    const part = find(name);
    if (part === undefined) return `it correlates "${name.slice(0, 80)}", which no file of the case defines`;
    if (part.kind === 'correlation') return `it correlates "${name.slice(0, 80)}", itself a correlation; this version joins rules about single calls`;
    if (part.kind === 'unusable') return `it correlates "${name.slice(0, 80)}", which cannot run: ${part.reason}`;
    parts.push(part);
  }
  return parts;
} // prettier-ignore

/** The Sigma rules that were added to the case, by file; those that cannot run say why. */
export function readSigma(db: SqlDriver): readonly CaseRule[] {
  const filed = readFiles(db);
  const byName = new Map<string, SigmaRule>();
  for (const { rule } of filed)
    for (const name of [rule.name, rule.id]) if (name !== undefined && !byName.has(name)) byName.set(name, rule);
  const find = (name: string): SigmaRule | undefined => byName.get(name);
  const onlyParts = new Set<SigmaRule>();
  const resolved = filed.map(({ file, rule }): CaseRule => {
    if (rule.kind === 'unusable') return { kind: 'unusable', file, rule, reason: rule.reason };
    if (rule.kind === 'single') return { kind: 'single', file, rule, onlyPart: false };
    const { correlation } = rule;
    const parts = partsOf(correlation, find);
    if (typeof parts === 'string') return { kind: 'unusable', file, rule, reason: parts };
    if (!correlation.generate) for (const part of parts) onlyParts.add(part);
    return { kind: 'correlation', file, rule, correlation, parts };
  });
  return resolved.map((each) => (each.kind === 'single' && onlyParts.has(each.rule) ? { ...each, onlyPart: true } : each));
}
