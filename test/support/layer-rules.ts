/**
 * A layer of the ATT&CK Navigator as JSON Schema, and nothing beside it. The Navigator brings no schema; facts of its page
 * `layers/spec/v4.5/layerformat.md` (mitre-attack/attack-navigator, 068cf4e8, Apache-2.0), held against it member by member: what must stand there,
 * types, enums. The page knows no domain of ATLAS; `atlas-atlas` is what MITRE's own layers of it say
 * (mitre-atlas/atlas-navigator-data, dist/default-navigator-layers, 11fa8231, Apache-2.0).
 */
import { Ajv2020 } from 'ajv/dist/2020.js';

const text = { type: 'string' };
const flag = { type: 'boolean' };
const color = { type: 'string', pattern: '^#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?$' };
const pairs = (...names: readonly string[]): object => ({
  type: 'array',
  items: {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, text])),
    required: names,
    additionalProperties: false,
  },
});
const metadata = pairs('name', 'value');
const links = pairs('label', 'url');

const technique = {
  type: 'object',
  properties: {
    techniqueID: { type: 'string', pattern: '^(?:T\\d{4}(?:\\.\\d{3})?|AML\\.T\\d{4}(?:\\.\\d{3})?)$' },
    tactic: text, comment: text, enabled: flag, score: { type: 'number', minimum: 0, maximum: 100 }, color, metadata, links, showSubtechniques: flag,
  },
  required: ['techniqueID'],
  additionalProperties: false,
}; // prettier-ignore

const layer = {
  type: 'object',
  properties: {
    versions: {
      type: 'object',
      properties: { layer: { const: '4.5' }, attack: { type: 'string', pattern: '^\\d+(?:\\.\\d+)*$' }, navigator: { type: 'string', pattern: '^(?:4\\.9|[5-9])\\.' } },
      required: ['layer', 'navigator'],
      additionalProperties: false,
    },
    name: { type: 'string', minLength: 1 },
    domain: { enum: ['enterprise-attack', 'mobile-attack', 'ics-attack', 'atlas-atlas'] },
    description: text,
    sorting: { enum: [0, 1, 2, 3] },
    layout: {
      type: 'object',
      properties: { layout: { enum: ['side', 'flat', 'mini'] }, showID: flag, showName: flag, showAggregateScores: flag, countUnscored: flag, aggregateFunction: { enum: ['average', 'min', 'max', 'sum'] }, expandedSubtechniques: { enum: ['none', 'all', 'annotated'] } },
      additionalProperties: false,
    },
    hideDisabled: flag,
    techniques: { type: 'array', items: technique },
    gradient: {
      type: 'object',
      properties: { colors: { type: 'array', items: color, minItems: 2 }, minValue: { type: 'number' }, maxValue: { type: 'number' } },
      required: ['colors', 'minValue', 'maxValue'],
      additionalProperties: false,
    },
    legendItems: { type: 'array', items: { type: 'object', properties: { label: text, color }, required: ['label', 'color'], additionalProperties: false } },
    metadata, links, showTacticRowBackground: flag, tacticRowBackground: color,
    selectTechniquesAcrossTactics: flag, selectSubtechniquesWithParent: flag, selectVisibleTechniques: flag,
  },
  required: ['versions', 'name', 'domain', 'techniques'],
  additionalProperties: false,
}; // prettier-ignore

const check = new Ajv2020({ strict: false, allErrors: true }).compile(layer);

/** What is wrong with a layer, as ajv says it; techniques that stand there twice would be drawn once. */
export function layerFaults(candidate: unknown): readonly string[] {
  if (!check(candidate)) return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  const ids = (candidate as { readonly techniques: readonly { readonly techniqueID: string }[] }).techniques.map(
    ({ techniqueID }) => techniqueID,
  );
  return new Set(ids).size === ids.length ? [] : ['a technique stands there twice'];
}
