import { expect, test } from 'vitest';
import { memoryCase } from '#test/support/case.ts';
import { exportJson } from '#test/support/exported.ts';
import { layerFaults } from '#test/support/layer-rules.ts';
import { sampleReportView } from '#test/support/report-view.ts';

interface Layer {
  readonly domain: string;
  readonly legendItems: readonly { readonly label: string; readonly color: string }[];
  readonly versions: Readonly<Record<string, string>>;
  readonly techniques: readonly { readonly techniqueID: string; readonly score: number }[];
}

test.each([
  ['navigator', 'enterprise-attack', 'attack', /^T\d{4}(\.\d{3})?$/],
  ['atlas', 'atlas-atlas', 'atlas', /^AML\.T\d{4}(\.\d{3})?$/],
] as const)('a layer of %s holds each technique of the findings once', async (id, domain, map, form) => {
  const view = sampleReportView();
  const layer = (await exportJson(memoryCase(), id, { view })) as Layer;
  expect(layer).toMatchObject({ domain, versions: { layer: '4.5', navigator: expect.stringMatching(/^(?:4\.9|[5-9])\./) as string } });
  expect(layerFaults(layer)).toEqual([]);
  const shown = new Set(view.json.findings.flatMap(({ maps, status }) => (status === 'dismissed' ? [] : maps[map])));
  expect(layer.techniques.map(({ techniqueID }) => techniqueID)).toEqual([...shown].sort());
  for (const { techniqueID, score } of layer.techniques) {
    expect(techniqueID).toMatch(form);
    expect(score).toBeGreaterThan(0);
  }
  const legend = new Map(layer.legendItems.map(({ label, color }) => [label.replace(/:.*/, ''), color]));
  expect([legend.get('critical'), legend.get('medium')]).toEqual(['#b3261e', '#f0a030']);
  expect(new Set(legend.values()).size).toBe(5);
  // What the Navigator would refuse, or show as something else.
  expect(layerFaults({ ...layer, domain: 'mitre-enterprise' })).not.toEqual([]);
  expect(layerFaults({ ...layer, versions: { layer: '3.0' } })).not.toEqual([]);
  expect(layerFaults({ ...layer, versions: { layer: '4.5' } })).not.toEqual([]);
  expect(layerFaults({ ...layer, versions: { layer: '4.5', navigator: '4.8.2' } })).not.toEqual([]);
  expect(layerFaults({ ...layer, gradient: { colors: ['#ffffff'], minValue: 0, maxValue: 100 } })).not.toEqual([]);
  expect(layerFaults({ ...layer, techniques: [{ techniqueID: 'T1567', metadata: [{ name: 'calls', value: 3 }] }] })).not.toEqual([]);
  expect(layerFaults({ ...layer, techniques: layer.techniques.map((each) => ({ ...each, score: 'high' })) })).not.toEqual([]);
  expect(layerFaults({ ...layer, techniques: [...layer.techniques, ...layer.techniques] })).toEqual(['a technique stands there twice']);
});
