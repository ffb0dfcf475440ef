import { expect, test } from 'vitest';
import { createFieldSamples } from '#shared/engine/passes/inventory/field-samples.ts';
import { memoryCase } from '#test/support/case.ts';

const TYPES = [
  { type: 'email', where: 'response $.items[*].email', share: 1 },
  { type: 'phone', where: 'query phone', share: 1 },
  { type: 'jwt', where: 'response-header x-token', share: 1 },
];

/** A case with one endpoint, the samples of which are written; gives what stands beside its fields then. */
function samplesOf(look: (samples: ReturnType<typeof createFieldSamples>) => void): unknown {
  const db = memoryCase();
  db.prepare(
    `INSERT INTO endpoint (id, key, method, host, template, spec, sensitivity, classified_from, flags, data_types, calls, principals, agents, statuses, auth)
     VALUES (1, 'k', 'GET', 'a', '/x', 'no-spec', 0, 'bodies', '[]', ?, 1, 1, 0, '{}', '[]')`,
  ).run(JSON.stringify(TYPES));
  const samples = createFieldSamples(db);
  look(samples);
  samples.write();
  return JSON.parse(db.prepare('SELECT data_types AS types FROM endpoint').get<{ types: string }>()?.types ?? '');
}

test('fields of bodies, queries and headers get masked samples, never a value', () => {
  const found = samplesOf((samples) => {
    expect([samples.wants(1), samples.wants(2)]).toEqual([true, false]);
    samples.look(1, 'phone=%2B49301234&x=1', {
      responseBody: { text: '{"items":[{"email":"kira@example.test"},{"email":"rui@example.test"}]}' },
      responseHeaders: [['X-Token', '‹jwt fp:0123456789ab›']],
    });
  });
  expect(found).toEqual([
    { ...TYPES[0], samples: ['k•••@•••••••.••••', 'r••@•••••••.••••'] },
    { ...TYPES[1], samples: ['%2•••••••••'] },
    { ...TYPES[2], samples: ['‹jwt›'] },
  ]);
});

test('where no value was recorded there is no sample', () => {
  expect(samplesOf((samples) => { samples.look(1, null, {}); })).toEqual(TYPES); // prettier-ignore
});

test('the same few are kept whatever the order', () => {
  const bodies = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ responseBody: { text: `{"items":[{"email":"${name}nna@example.test"}]}` } }));
  const inOrder = (list: typeof bodies): unknown => samplesOf((samples) => { for (const body of list) samples.look(1, null, body); }); // prettier-ignore
  expect(inOrder(bodies)).toEqual(inOrder([...bodies].reverse()));
});
