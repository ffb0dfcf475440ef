import type { FindingJson } from '../../../../contract/report-json.ts';
import { canonicalJson } from '../../../../lib/canonical-json.ts';
import type { ExportSource } from '../export-format.ts';
import { markingOf } from './marking.ts';
import { domainObject, observable, ownId, PRODUCER, TIMELESS, toMillis, type StixObject } from './objects.ts';
import { observablesOf } from './observables.ts';

const CONFIDENCE = { suspected: 15, inferred: 50, observed: 85 } as const;

interface Technique {
  readonly id: string;
  readonly source: 'mitre-attack' | 'mitre-atlas';
}

const TECHNIQUE_PAGES = {
  'mitre-attack': 'https://attack.mitre.org/techniques/',
  'mitre-atlas': 'https://atlas.mitre.org/techniques/',
} as const;

const techniquesOf = ({ maps }: FindingJson): readonly Technique[] => [
  ...maps.attack.map((id): Technique => ({ id, source: 'mitre-attack' })),
  ...maps.atlas.map((id): Technique => ({ id, source: 'mitre-atlas' })),
];

const attackPattern = ({ id, source }: Technique): StixObject =>
  domainObject('attack-pattern', ownId('attack-pattern', source, id), TIMELESS, {
    name: `${source === 'mitre-attack' ? 'ATT&CK' : 'ATLAS'} ${id}`,
    external_references: [
      {
        source_name: source,
        external_id: id,
        url: `${TECHNIQUE_PAGES[source]}${source === 'mitre-attack' ? id.replace('.', '/') : id}`,
      },
    ],
  });

const courseOfAction = (advice: string): StixObject =>
  domainObject('course-of-action', ownId('course-of-action', advice), TIMELESS, { name: advice.slice(0, 120), description: advice });

const relationship = (type: string, from: StixObject, to: StixObject, time: string): StixObject =>
  domainObject('relationship', ownId('relationship', type, from.id, to.id), time, {
    relationship_type: type,
    source_ref: from.id,
    target_ref: to.id,
  });

/** A text inside a pattern. Source: STIX 2.1, section 9.3, string literals. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

function indicatorOf(
  finding: FindingJson,
  addresses: readonly StixObject[],
  about: readonly string[],
  time: string,
): StixObject | undefined {
  if (finding.family !== 'incident' || addresses.length === 0) return undefined;
  return domainObject('indicator', ownId('indicator', ...about), time, {
    name: `Addresses that called: ${finding.title}`,
    description: 'Public addresses from which calls of this finding came. Others may share them; check before you block.',
    indicator_types: [finding.status === 'accepted' ? 'malicious-activity' : 'anomalous-activity'],
    pattern: addresses.map(({ type, ['value']: value }) => `[${type}:value = ${quoted(String(value))}]`).join(' OR '),
    pattern_type: 'stix',
    valid_from: toMillis(finding.window?.[0] ?? time),
    confidence: CONFIDENCE[finding.confidence],
  });
}

/** All that one finding brings into the bundle; objects that several bring have one id and one text. */
function objectsOf(finding: FindingJson, source: ExportSource, caseId: string): readonly StixObject[] {
  const about = [caseId, finding.id];
  const time = finding.detectedAt ?? finding.window?.[1] ?? source.view.json.case.window?.[1] ?? TIMELESS;
  const [first, last] = finding.window ?? [time, time];
  const { objects, publicAddresses } = observablesOf(finding, source);
  const observed =
    objects.length === 0 || finding.calls.length === 0
      ? undefined
      : domainObject('observed-data', ownId('observed-data', ...about), time, {
          first_observed: toMillis(first),
          last_observed: toMillis(last),
          number_observed: Math.min(finding.calls.length, 999_999_999),
          object_refs: objects.map(({ id }) => id),
        });
  const indicator = indicatorOf(finding, publicAddresses, about, time);
  const patterns = techniquesOf(finding).map(attackPattern);
  const actions = finding.remediation.map(courseOfAction);
  const sightings = (indicator === undefined ? patterns : [indicator]).map((of) =>
    domainObject('sighting', ownId('sighting', of.id, ...about), time, {
      sighting_of_ref: of.id,
      where_sighted_refs: [PRODUCER.id],
      first_seen: toMillis(first),
      last_seen: toMillis(last),
      count: Math.min(finding.calls.length, 999_999_999),
      description: finding.summary ?? finding.title,
      ...(observed === undefined ? {} : { observed_data_refs: [observed.id] }),
    }),
  );
  return [
    ...objects,
    ...(observed === undefined ? [] : [observed]),
    ...(indicator === undefined ? [] : [indicator]),
    ...patterns,
    ...actions,
    ...sightings,
    ...(indicator === undefined ? [] : patterns.map((pattern) => relationship('indicates', indicator, pattern, time))),
    ...actions.flatMap((action) => patterns.map((pattern) => relationship('mitigates', action, pattern, TIMELESS))),
  ];
}

function reportOf(findings: readonly FindingJson[], refs: readonly string[], { view, version }: ExportSource, caseId: string): StixObject {
  const { title, window } = view.json.case;
  const published = toMillis(window?.[1] ?? TIMELESS);
  return domainObject('report', ownId('report', caseId), published, {
    name: title === '' ? 'Findings in records of calls' : title,
    description: `${String(findings.length)} findings of Spoor ${version} in ${String(view.json.coverage.calls)} calls.`,
    report_types: ['observed-data', 'indicator', 'attack-pattern'],
    published,
    object_refs: refs,
    external_references: findings.map(({ id, title: claim, severity, confidence, status }) => ({
      source_name: 'spoor',
      external_id: id,
      description: `${severity}, ${confidence}, ${status}: ${claim}`,
    })),
  });
}

/** The bundle piece by piece: every object once, in the order of their ids. Dismissed findings are left out. */
export async function* bundlePieces(source: ExportSource): AsyncGenerator<string> {
  const { json } = source.view;
  const caseId = source.crypto.sha256Hex(canonicalJson(json.sources.map(({ sha256 }) => sha256).sort()));
  const findings = json.findings.filter(({ status }) => status !== 'dismissed');
  const objects = new Map<string, StixObject>();
  for (const finding of findings) {
    for (const object of objectsOf(finding, source, caseId)) objects.set(object.id, object);
    await source.breathe();
  }
  for (const { sha256, name } of json.sources) {
    const file = observable('file', { hashes: { 'SHA-256': sha256 } }, { name });
    objects.set(file.id, file);
  }
  const refs = [...objects.keys()].sort();
  const marking = markingOf(source.printing.settings.tlp);
  const marked = [
    PRODUCER,
    reportOf(findings, refs.length === 0 ? [PRODUCER.id] : refs, source, caseId),
    ...refs.flatMap((id) => objects.get(id) ?? []),
  ].map((object) => ({ ...object, object_marking_refs: [marking.id] }));
  yield `{"type":"bundle","id":${JSON.stringify(ownId('bundle', caseId))},"objects":[`;
  for (const [index, object] of [marking, ...marked].entries()) yield `${index === 0 ? '\n' : ',\n'}${canonicalJson(object)}`;
  yield '\n]}\n';
}
