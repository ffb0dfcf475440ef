import { expect, test } from 'vitest';
import type { GraphNode } from '#shared/contract/graph.ts';
import { boxLabel, boxText, boxUnder } from '#renderer/charts/map/box.ts';

const NODE: GraphNode = {
  id: 'op:GET api.acme.test/v2/companies/{companyId}/employees/{employeeId}',
  layer: 'operation',
  label: 'GET /v2/companies/{companyId}/employees/{employeeId}',
  host: 'api.acme.test',
  members: 1,
  calls: 5274,
  failed: 0,
};

test('a smaller picture has larger and shorter names, then no second line, then shapes alone', () => {
  const lines = (['full', 'small', 'middle', 'far'] as const).map((detail) => {
    const text = boxText(detail);
    return text === undefined
      ? 'shapes'
      : `${String(text.label.size)} px ${boxLabel(NODE, NODE.label, text)} | ${text.under === undefined ? '' : boxUnder(NODE, text.under.length)}`;
  });
  expect(lines).toEqual([
    '12 px GET /v2/compani…ployeeId} | 5\u2009274 calls · api.acme.test',
    '15 px GET /v2/comp…oyeeId} | 5\u2009274 calls · a…acme.test',
    '20 px GET /v2/c…yeeId} | ',
    'shapes',
  ]);
});
