import { expect, test } from 'vitest';
import { nodePorts } from '#electron/node/ports.ts';
import { facetFields } from '#renderer/filter/facet-fields.ts';
import { engineMethods } from '#shared/contract/table.ts';
import { createEngine } from '#shared/engine/index.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const { db } = caseFromText(`
  00:01.0  agent:bot  GET   api.acme.test/a  200
  00:02.0  agent:bot  POST  api.acme.test/b  404`);

test('the engine counts every field that stands beside the calls, also when all of them are open', async () => {
  const fields = facetFields.map(({ field }) => field);
  const asked = engineMethods['calls.facets'].params.parse({ query: '', fields, top: 12 });
  const engine = createEngine(db, nodePorts('test'), () => undefined);
  const facets = await engine['calls.facets'](asked, { signal: new AbortController().signal, progress: () => undefined });
  expect(new Set(facets.map(({ field }) => field))).toEqual(new Set(fields));
});
