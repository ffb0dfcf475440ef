import type { DetectorRow } from '../../../../contract/hunting.ts';
import { addTo } from '../../../../lib/group-values.ts';
import { detectorsOf } from '../../../../model/also-told.ts';
import type { Detector } from '../../../detectors/detector.ts';
import type { SqlDriver } from '../../driver.ts';
import { groupBy } from '../../../../lib/group-by.ts';
import type { StoredFinding } from '../../stored-finding.ts';
import { listNotEvaluable, listPartlyEvaluable } from './findings.ts';
import { listSavedDetectors } from './kept-rules.ts';
import { readSigma, type CaseRule } from './sigma-rules.ts';

const NO_MAPS = { owaspApi: [], owaspLlm: [], owaspAgentic: [], attack: [], atlas: [], cwe: [] } as const;

/** Ids of findings by the detectors whose question they answer, those included whose own finding was made one with another. */
function findingsByDetector(db: SqlDriver): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { key, data } of db.prepare('SELECT key, data FROM finding ORDER BY rank').all<{ key: string; data: string }>())
    // Written by `runDetectors`.
    for (const detector of detectorsOf(JSON.parse(data) as StoredFinding)) addTo(found, detector, key);
  return found;
}

function sigmaRow(each: CaseRule, findings: ReadonlyMap<string, readonly string[]>): DetectorRow {
  const { rule, file } = each;
  const id = `sigma:${rule.id}`;
  return {
    id,
    title: rule.title,
    kind: 'sigma',
    family: 'rule',
    catches: rule.description === '' ? 'Its author gives no description.' : rule.description,
    inputs: [],
    falsePositives: rule.falsePositives,
    settings: [],
    maps: rule.maps,
    findings: findings.get(id) ?? [],
    sigma: { file, level: rule.level, references: rule.references },
    ...(each.kind === 'unusable'
      ? { notEvaluable: each.reason }
      : each.kind === 'single' && each.onlyPart
        ? { notEvaluable: 'it only takes part in a correlation, which is asked in its place' }
        : {}),
  };
}

/** Every detector of the program, then those that came with the case. Their order is that of the registry, of files, of the log. */
export function listDetectors(db: SqlDriver, detectors: readonly Detector[]): readonly DetectorRow[] {
  const findings = findingsByDetector(db);
  const silent = new Map(listNotEvaluable(db).map(({ detector, reason }) => [detector, reason]));
  const partly = groupBy(listPartlyEvaluable(db), ({ detector }) => detector);
  const builtIn = detectors.map((each): DetectorRow => {
    const reason = silent.get(each.id);
    const parts = partly.get(each.id);
    return {
      id: each.id,
      title: each.title,
      kind: 'built-in',
      family: each.family,
      version: each.version,
      catches: `${each.question} ${each.about.catches}`,
      inputs: each.about.inputs,
      falsePositives: each.about.falsePositives,
      settings: each.settings,
      maps: each.maps,
      findings: findings.get(each.id) ?? [],
      ...(reason === undefined ? {} : { notEvaluable: reason }),
      ...(parts === undefined ? {} : { partlyEvaluable: parts.map((part) => part.reason) }),
    };
  });
  const saved = listSavedDetectors(db).map((each): DetectorRow => ({
    id: each.id,
    title: each.name,
    kind: 'saved',
    family: 'rule',
    catches: `Calls that fit ${each.query}`,
    inputs: [],
    falsePositives: [],
    settings: [
      ...(each.least === undefined ? [] : [{ name: 'least', value: each.least, why: 'calls of one principal, as the analyst chose' }]),
      ...(each.minutes === undefined
        ? []
        : [{ name: 'minutes', value: each.minutes, why: 'in which they must lie, as the analyst chose' }]),
    ],
    maps: NO_MAPS,
    findings: findings.get(each.id) ?? [],
    saved: each,
  }));
  return [...builtIn, ...readSigma(db).map((each) => sigmaRow(each, findings)), ...saved];
}
