import { ATTACK_VERSION } from '../../../../model/frameworks.ts';
import type { FindingJson, Severity } from '../../../../contract/report-json.ts';
import { canonicalJson } from '../../../../lib/canonical-json.ts';
import type { ExportSource, FileFormat } from '../export-format.ts';

/** Score of a technique in the layer: that of the worst finding that shows it. */
const SCORES: Readonly<Record<Severity, number>> = { critical: 100, high: 75, medium: 50, low: 25, info: 10 };

/** Colours of scores from 0 to 100, at equal distances. */
const GRADIENT = ['#fff3c4', '#f0a030', '#b3261e'] as const;

/** The colour that the gradient has at a score, for the legend. Example: 50 is the one in the middle. */
function colorOf(score: number): string {
  const at = (Math.min(Math.max(score, 0), 100) / 100) * (GRADIENT.length - 1);
  const channel = (color: string | undefined, index: number): number =>
    Number.parseInt((color ?? '#000000').slice(1 + index * 2, 3 + index * 2), 16);
  const mixed = [0, 1, 2].map((index) => {
    const [from, to] = [channel(GRADIENT[Math.floor(at)], index), channel(GRADIENT[Math.ceil(at)], index)];
    return Math.round(from + (to - from) * (at - Math.floor(at)));
  });
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** One matrix of techniques. */
interface Matrix {
  readonly name: string;
  readonly domain: string;
  /** The edition of ATT&CK that the ids are of; a layer has no place for that of ATLAS. */
  readonly attack?: string;
  readonly techniquesOf: (finding: FindingJson) => readonly string[];
}

interface Shown {
  readonly score: number;
  readonly findings: readonly FindingJson[];
}

/** Techniques of findings that nobody dismissed, in the order of their ids. */
function listTechniques(findings: readonly FindingJson[], { techniquesOf }: Matrix): readonly (readonly [string, Shown])[] {
  const techniques = new Map<string, Shown>();
  for (const finding of findings) {
    if (finding.status === 'dismissed') continue;
    for (const id of new Set(techniquesOf(finding))) {
      const known = techniques.get(id) ?? { score: 0, findings: [] };
      techniques.set(id, { score: Math.max(known.score, SCORES[finding.severity]), findings: [...known.findings, finding] });
    }
  }
  return [...techniques].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Text of the layer: Navigator layer format 4.5. */
function layerText({ view, version }: ExportSource, matrix: Matrix): string {
  const { json } = view;
  const techniques = listTechniques(json.findings, matrix).map(([techniqueID, { score, findings }]) => ({
    techniqueID,
    score,
    enabled: true,
    showSubtechniques: techniqueID.split('.').length > (matrix.domain === 'atlas-atlas' ? 2 : 1),
    comment: findings.map(({ severity, detector, title }) => `${severity}: ${title} (${detector})`).join('\n'),
    metadata: [
      { name: 'findings', value: String(findings.length) },
      { name: 'calls', value: String(new Set(findings.flatMap(({ calls }) => calls)).size) },
    ],
  }));
  const layer = {
    name: json.case.title === '' ? matrix.name : `${json.case.title}: ${matrix.name}`,
    versions: { ...(matrix.attack === undefined ? {} : { attack: matrix.attack }), layer: '4.5', navigator: '5.1.0' },
    domain: matrix.domain,
    description: `Techniques that findings of Spoor ${version} point to. Each is an indication from calls, not an attribution; the score is that of the worst finding.`,
    sorting: 3,
    layout: { layout: 'side', showID: true, showName: true },
    hideDisabled: false,
    techniques,
    gradient: { colors: GRADIENT, minValue: 0, maxValue: 100 },
    legendItems: Object.entries(SCORES).map(([label, score]) => ({ label: `${label}: ${String(score)}`, color: colorOf(score) })),
    metadata: [],
    showTacticRowBackground: false,
    tacticRowBackground: '#dddddd',
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
  };
  return `${canonicalJson(layer)}\n`;
}

/** Techniques of MITRE ATT&CK as a layer of its Navigator. */
export const navigator: FileFormat = {
  kind: 'file',
  id: 'navigator',
  title: 'ATT&CK layer',
  holds: 'Techniques of MITRE ATT&CK that findings point to, as a layer 4.5 for the ATT&CK Navigator.',
  ending: 'attack-layer.json',
  write(source, output) {
    output.write(
      layerText(source, {
        name: 'ATT&CK techniques',
        domain: 'enterprise-attack',
        attack: ATTACK_VERSION,
        techniquesOf: ({ maps }) => maps.attack,
      }),
    );
  },
};

/** Techniques of MITRE ATLAS; a file of its own, since a layer has one domain. */
export const atlas: FileFormat = {
  kind: 'file',
  id: 'atlas',
  title: 'ATLAS layer',
  holds: 'Techniques of MITRE ATLAS that findings point to, as a layer for the ATLAS Navigator.',
  ending: 'atlas-layer.json',
  write(source, output) {
    output.write(layerText(source, { name: 'ATLAS techniques', domain: 'atlas-atlas', techniquesOf: ({ maps }) => maps.atlas }));
  },
};
