import { expect, test } from 'vitest';
import { mapPicture, safeNames } from '#renderer/charts/map/file.ts';
import { arrangeMap } from '#renderer/charts/map/places.ts';
import type { GraphLine, GraphNode } from '#shared/contract/graph.ts';

const nodes: readonly GraphNode[] = [
  { id: 'caller:eve', layer: 'caller', kind: 'human', label: 'eve@acme.test', calls: 3, failed: 0, members: 1 },
  { id: 'caller:bot', layer: 'caller', kind: 'agent', label: '<script>alert(1)</script>', calls: 2, failed: 0, members: 1 },
  { id: 'operation:x', layer: 'operation', label: 'GET /v1/<b>{id}', host: 'api.test', calls: 5, failed: 5, members: 1, severity: 'high' },
];
const lines: readonly GraphLine[] = [
  { from: 'caller:eve', to: 'operation:x', role: 'called', calls: 3, failed: 3 },
  { from: 'caller:bot', to: 'operation:x', role: 'called', kind: 'trace', calls: 2, failed: 2 },
];
const { layout } = arrangeMap(nodes, lines);
const drawn = { boxes: layout.nodes, lines, heads: layout.heads, width: layout.width, height: layout.height };

test('a file of the map names principals by their kind, never by what evidence calls them', () => {
  expect(safeNames(layout.nodes).get('caller:eve')).toBe('human 1');
  const { text } = mapPicture(drawn, { title: 'Map', lines: ['all'] }, () => '#000');
  expect(text).toContain('human 1');
  expect(text).toContain('agent 1');
  expect(text).not.toContain('eve@acme.test');
  expect(text).not.toContain('script');
});

test('what evidence holds is text in the file, not markup', () => {
  const { text } = mapPicture(drawn, { title: 'Map', lines: [] }, () => '#000');
  expect(text).toContain('GET /v1/&lt;b&gt;{id}');
  expect(text).not.toContain('<b>');
});

test('every box and every line is drawn, with one legend for each kind of line', () => {
  const { text } = mapPicture(drawn, { title: 'Map', lines: [] }, () => '#000');
  expect(text).toContain('principal by attribution');
  expect(text.match(/<path[^>]* d="M[^"]*C/g)).toHaveLength(2);
});
