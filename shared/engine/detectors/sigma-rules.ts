import type { Detector, FindingDraft } from './detector.ts';
import type { SqlDriver } from '../store/driver.ts';
import { readSigma, type CaseRule } from '../store/read/findings/sigma-rules.ts';
import type { SigmaRule } from '../../sigma/rule.ts';
import { evidenceOf, MAX_RULE_EVIDENCE } from './rules/evidence.ts';
import { correlate } from './sigma/correlate.ts';
import { MAX_LOOKS, MAX_MATCHES, openMatches, type Matches } from './sigma/match.ts';
import { countOf, listOf, plural } from './spoken.ts';

type Runnable = Exclude<CaseRule, { kind: 'unusable' }>;

/** What a rule matched. `groups`: of a correlation. */
interface Matched {
  readonly calls: readonly number[];
  readonly total: number;
  readonly crossedAt?: number | undefined;
  readonly groups?: { readonly count: number; readonly named: readonly string[] };
  /** It, or a rule that it correlates, was stopped: there is more that fits. */
  readonly isStopped: boolean;
}

/** What the rules came to. */
interface Ran {
  readonly findings: readonly FindingDraft[];
  readonly stopped: readonly string[];
  /** Rules that were not run since the looks were used up. */
  readonly left: readonly string[];
}

function toDraft(db: SqlDriver, { rule, file }: Runnable, matched: Matched): FindingDraft {
  const took = evidenceOf(db, matched.calls);
  const who = took.labels.length === 0 ? 'nobody known' : listOf(took.labels, 3);
  return {
    as: { detector: `sigma:${rule.id}`, question: rule.description === '' ? rule.title : rule.description, maps: rule.maps },
    subject: rule.id,
    title: `Sigma rule "${rule.title}" fits ${matched.isStopped ? 'at least ' : ''}${plural(matched.total, 'call')} by ${who}`,
    severity: { base: rule.level, steps: [] },
    confidence: 'observed',
    score: 0.5,
    ...took,
    crossedAt: matched.crossedAt ?? took.calls[0],
    observed: {
      calls: matched.total,
      callers: took.labels.length,
      ...(matched.isStopped ? { stoppedAfter: MAX_MATCHES } : {}),
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
function matchedBy(db: SqlDriver, number: number): Omit<Matched, 'isStopped'> {
  const calls = db
    .prepare(
      'SELECT m.call_id AS id FROM temp.sigma_match m JOIN call c ON c.id = m.call_id WHERE m.rule = ? ORDER BY c.time, c.id LIMIT ?',
    )
    .all<{ id: number }>(number, MAX_RULE_EVIDENCE)
    .map(({ id }) => id);
  const total = db.prepare('SELECT count(*) AS n FROM temp.sigma_match WHERE rule = ?').get<{ n: number }>(number)?.n ?? 0;
  return { calls, total };
}

async function runRules(db: SqlDriver, matches: Matches, rules: readonly Runnable[], breathe: () => Promise<void>): Promise<Ran> {
  const numbers = new Map<SigmaRule, number | undefined>();
  const numberOf = async (rule: Extract<SigmaRule, { kind: 'single' }>): Promise<number | undefined> => {
    if (!numbers.has(rule)) numbers.set(rule, await matches.add(rule.node));
    return numbers.get(rule);
  };
  const [findings, stopped, left]: [FindingDraft[], string[], string[]] = [[], [], []];
  for (const each of rules) {
    if (each.kind === 'single' && each.onlyPart) continue;
    const parts: number[] = [];
    for (const part of each.kind === 'single' ? [each.rule] : each.parts) {
      const number = await numberOf(part);
      if (number !== undefined) parts.push(number);
    }
    if (parts.length < (each.kind === 'single' ? 1 : each.parts.length)) {
      left.push(each.rule.title);
      continue;
    }
    const isStopped = parts.some(matches.isStopped);
    if (isStopped) stopped.push(each.rule.title);
    const matched = each.kind === 'single' ? matchedBy(db, parts[0] ?? 0) : await correlated(db, each, parts, breathe);
    if (matched.total > 0) findings.push(toDraft(db, each, { ...matched, isStopped }));
  }
  return { findings, stopped, left };
}

async function correlated(
  db: SqlDriver,
  { correlation, parts }: Extract<Runnable, { kind: 'correlation' }>,
  numbers: readonly number[],
  breathe: () => Promise<void>,
): Promise<Omit<Matched, 'isStopped'>> {
  const { calls, groups, named, crossedAt } = await correlate(db, correlation, parts, numbers, breathe);
  return { calls: [...calls], total: calls.size, crossedAt, groups: { count: groups, named } };
}

/** Titles of rules for a sentence. */
const titlesOf = (titles: readonly string[]): string => titles.slice(0, 20).join(' · ');

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
  reads: [],
  maps: { owaspApi: [], owaspLlm: [], owaspAgentic: [], attack: [], atlas: [], cwe: [] },
  settings: [
    { name: 'evidence', value: MAX_RULE_EVIDENCE, why: 'calls that one finding names; a rule that fits more is too wide to be evidence' },
    { name: 'matches', value: MAX_MATCHES, why: 'calls after which a rule is stopped: what fits more describes the traffic' },
    { name: 'looks', value: MAX_LOOKS, why: 'calls that all rules look at together: 100 rules on a million calls' },
  ],
  async run(db, breathe) {
    const rules = readSigma(db);
    const silent = rules.flatMap((each) => (each.kind === 'unusable' ? [`${each.rule.title}: ${each.reason}`] : []));
    if (rules.length === 0) return { kind: 'evaluated', findings: [] };
    const matches = await openMatches(db, breathe);
    try {
      const { findings, stopped, left } = await runRules(db, matches, rules.flatMap((each) => (each.kind === 'unusable' ? [] : [each])), breathe);
      const partly = [
        ...(silent.length === 0 ? [] : [`${countOf(silent.length)} of ${plural(rules.length, 'Sigma rule')} cannot run: ${titlesOf(silent)}`]),
        ...(stopped.length === 0 ? [] : [`${plural(stopped.length, 'Sigma rule')} stopped after ${countOf(MAX_MATCHES)} calls: ${titlesOf(stopped)}`]),
        ...(left.length === 0 ? [] : [`${plural(left.length, 'Sigma rule')} not run, since those before looked at ${countOf(MAX_LOOKS)} calls: ${titlesOf(left)}`]),
      ];
      return { kind: 'evaluated', findings, ...(partly.length === 0 ? {} : { partly: partly.join('; ') }) };
    } finally {
      matches.close();
    }
  },
}; // prettier-ignore
