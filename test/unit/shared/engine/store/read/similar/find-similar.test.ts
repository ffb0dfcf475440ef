import { expect, test } from 'vitest';
import { findSimilar } from '#shared/engine/store/read/similar/find-similar.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const TRAFFIC = `
  00:01 service:a GET  api.acme.test/v1/x 200 ip=10.0.0.1 ua=curl
  00:02 service:a POST api.acme.test/v1/exports 200 ip=10.0.0.9 ua=odd/1
  00:03 service:b POST api.acme.test/v1/exports 200 ip=10.0.0.9 ua=odd/1
  00:04 service:b GET  api.acme.test/v1/x 200 ip=10.0.0.2 ua=curl
${Array.from({ length: 40 }, (_, at) => `01:${String(at + 10)} service:c GET api.acme.test/v1/x 200 ip=10.0.0.3 ua=curl`).join('\n')}`;
const breathe = (): Promise<void> => Promise.resolve();

test('what is rare and shared comes first, and each call says what it shares', async () => {
  const { db } = caseFromText(TRAFFIC);
  const { seeds, rows } = await findSimilar(db, { kind: 'call', ref: 'kong#2' }, 3, breathe);
  expect(seeds).toBe(1);
  expect(rows[0]).toMatchObject({ call: { ref: 'kong#3' } });
  expect(rows[0]?.shared.map(({ name }) => name)).toEqual(expect.arrayContaining(['endpoint', 'address', 'User-Agent', 'method']));
  expect(rows[0]?.score).toBeGreaterThan(rows[1]?.score ?? 1);
  expect(rows.map(({ call }) => call.ref)).not.toContain('kong#2');
});

test('a call, chain or finding that is not there is said to be none', async () => {
  const { db } = caseFromText(TRAFFIC);
  await expect(findSimilar(db, { kind: 'call', ref: 'kong#999' }, 3, breathe)).rejects.toThrow('no call kong#999');
  await expect(findSimilar(db, { kind: 'finding', id: 'x' }, 3, breathe)).rejects.toThrow('no finding x');
});

test('calls that are all alike tell nothing apart', async () => {
  const { db } = caseFromText(Array.from({ length: 5 }, (_, at) => `00:0${String(at)} service:c GET api.acme.test/v1/x 200`).join('\n'));
  expect((await findSimilar(db, { kind: 'call', ref: 'kong#1' }, 3, breathe)).rows).toEqual([]);
});
