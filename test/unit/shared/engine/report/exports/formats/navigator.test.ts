import { expect, test } from 'vitest';
import { memoryCase } from '#test/support/case.ts';
import { exportJson } from '#test/support/exported.ts';
import { sampleReportView } from '#test/support/report-view.ts';

interface Layer {
  readonly domain: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly techniques: readonly { readonly techniqueID: string; readonly score: number }[];
}

/** Members of a layer and of a technique. Source: ATT&CK Navigator, layers/spec/v4.5/layerformat.md; the Navigator brings no schema. */
const LAYER =
  'versions name description domain customDataURL filters sorting layout hideDisabled techniques gradient legendItems showTacticRowBackground tacticRowBackground selectTechniquesAcrossTactics selectSubtechniquesWithParent selectVisibleTechniques metadata links'.split(
    ' ',
  );
const TECHNIQUE = 'techniqueID tactic comment enabled score color metadata links showSubtechniques'.split(' ');

test.each([
  ['navigator', 'enterprise-attack', 'attack', /^T\d{4}(\.\d{3})?$/],
  ['atlas', 'atlas-atlas', 'atlas', /^AML\.T\d{4}(\.\d{3})?$/],
] as const)('a layer of %s holds each technique of the findings once', async (id, domain, map, form) => {
  const view = sampleReportView();
  const layer = (await exportJson(memoryCase(), id, { view })) as Layer;
  expect(layer).toMatchObject({ domain, versions: { layer: '4.5', navigator: expect.stringMatching(/^(?:4\.9|[5-9])\./) as string } });
  expect(Object.keys(layer).filter((member) => !LAYER.includes(member))).toEqual([]);
  const shown = new Set(view.json.findings.flatMap(({ maps, status }) => (status === 'dismissed' ? [] : maps[map])));
  expect(layer.techniques.map(({ techniqueID }) => techniqueID)).toEqual([...shown].sort());
  for (const { techniqueID, score, ...rest } of layer.techniques) {
    expect(techniqueID).toMatch(form);
    expect(score).toBeGreaterThan(0);
    expect(Object.keys(rest).filter((member) => !TECHNIQUE.includes(member))).toEqual([]);
  }
});
