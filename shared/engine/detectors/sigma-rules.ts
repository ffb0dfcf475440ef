import type { Detector, FindingDraft } from './detector.ts';
import type { SqlDriver } from '../store/driver.ts';
import { readSigma, type CaseRule } from '../store/read/sigma-rules.ts';
import type { SigmaRule } from '../../sigma/rule.ts';
import { evidenceOf, MAX_RULE_EVIDENCE } from './rules/evidence.ts';
import { correlate } from './sigma/correlate.ts';
import { openMatches, type Matches } from './sigma/match.ts';
import { countOf, listOf, plural } from './spoken.ts';

type Runnable = Exclude<CaseRule, { kind: 'unusable' }>;

/** What a rule matched. `groups`: of a correlation. */
interface Matched {
  readonly calls: readonly number[];
  readonly total: number;
  readonly crossedAt?: number | undefined;
  readonly groups?: { readonly count: number; readonly named: readonly string[] };
}

function toDraft(db: SqlDriver, { rule, file }: Runnable, matched: Matched): FindingDraft {
  const took = evidenceOf(db, matched.calls);
  const who = took.labels.length === 0 ? 'nobody known' : listOf(took.labels, 3);
  return {
    as: { detector: `sigma:${rule.id}`, question: rule.description === '' ? rule.title : rule.description, maps: rule.maps },
    subject: rule.id,
    title: `Sigma rule "${rule.title}" fits ${plural(matched.total, 'call')} by ${who}`,
    severity: { base: rule.level, steps: [] },
    confidence: 'observed',
    score: 0.5,
    ...took,
    crossedAt: matched.crossedAt ?? took.calls[0],
    observed: {
      calls: matched.total,
      callers: took.labels.length,
      ...(matched.groups === undefined ? {} : { groups: matched.groups.count, groupsNamed: matched.groups.named }),
      ...(matched.total > MAX_RULE_EVIDENCE ? { evidenceNamed: MAX_RULE_EVIDENCE } : {}),
    },
    expected: { rule: rule.title, level: rule.level, file, ...(rule.references.length === 0 ? {} : { references: rule.references }) },
    benignTested: rule.falsePositives.map((explanation) => ({
      explanation,
      result: 'not tested: the author of the rule names it as possible',
    })),
    remediation: ['Read the calls: the rule tells what they look like, not what they did.'],
  };
}

/** Calls of one rule in the table of matches, and how many there are. */
function matchedBy(db: SqlDriver, number: number): Matched {
  const calls = db
    .prepare(
      'SELECT m.call_id AS id FROM temp.sigma_match m JOIN call c ON c.id = m.call_id WHERE m.rule = ? ORDER BY c.time, c.id LIMIT ?',
    )
    .all<{ id: number }>(number, MAX_RULE_EVIDENCE)
    .map(({ id }) => id);
  const total = db.prepare('SELECT count(*) AS n FROM temp.sigma_match WHERE rule = ?').get<{ n: number }>(number)?.n ?? 0;
  return { calls, total };
}

async function runRules(
  db: SqlDriver,
  matches: Matches,
  rules: readonly Runnable[],
  breathe: () => Promise<void>,
): Promise<readonly FindingDraft[]> {
  const numbers = new Map<SigmaRule, number>();
  const numberOf = async (rule: Extract<SigmaRule, { kind: 'single' }>): Promise<number> => {
    const number = numbers.get(rule) ?? (await matches.add(rule.node));
    numbers.set(rule, number);
    return number;
  };
  const found: FindingDraft[] = [];
  for (const each of rules) {
    if (each.kind === 'single') {
      if (each.onlyPart) continue;
      const matched = matchedBy(db, await numberOf(each.rule));
      if (matched.total > 0) found.push(toDraft(db, each, matched));
      continue;
    }
    const parts: number[] = [];
    for (const part of each.parts) parts.push(await numberOf(part));
    const { calls, groups, named, crossedAt } = await correlate(db, each.correlation, each.parts, parts, breathe);
    if (calls.size > 0)
      found.push(toDraft(db, each, { calls: [...calls], total: calls.size, crossedAt, groups: { count: groups, named } }));
  }
  return found;
}

/** Flags the calls that fit the Sigma rules which were added to the case. */
export const sigmaRules: Detector = {
  id: 'sigma-rules',
  version: 1,
  title: 'Sigma rules of the case',
  question: 'Do calls fit a Sigma rule that was added to this case?',
  about: {
    catches: 'Calls that fit a Sigma rule of the categories webserver, proxy or API-like application, and correlations of them.',
    inputs: ['Sigma rules that were added to the case'],
    falsePositives: ['those that the author of each rule names'],
  },
  family: 'rule',
  needs: ['endpoints'],
  maps: { owaspApi: [], owaspLlm: [], owaspAgentic: [], attack: [], atlas: [], cwe: [] },
  settings: [{ name: 'evidence', value: MAX_RULE_EVIDENCE, why: 'calls that one finding names; a rule that fits more is too wide to be evidence' }],
  async run(db, breathe) {
    const rules = readSigma(db);
    const silent = rules.flatMap((each) => (each.kind === 'unusable' ? [`${each.rule.title}: ${each.reason}`] : []));
    if (rules.length === 0) return { kind: 'evaluated', findings: [] };
    const matches = openMatches(db, breathe);
    try {
      const findings = await runRules(db, matches, rules.flatMap((each) => (each.kind === 'unusable' ? [] : [each])), breathe);
      const partly = silent.length === 0 ? {} : { partly: `${countOf(silent.length)} of ${plural(rules.length, 'Sigma rule')} cannot run: ${silent.slice(0, 20).join(' · ')}` };
      return { kind: 'evaluated', findings, ...partly };
    } finally {
      matches.close();
    }
  },
}; // prettier-ignore
