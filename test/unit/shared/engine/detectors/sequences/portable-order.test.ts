import { expect, test } from 'vitest';
import { importedSessions, readPortableOrder } from '#shared/engine/detectors/sequences/portable-order.ts';
import { keepImported } from '#shared/engine/passes/baseline/chosen.ts';
import { detect } from '#test/support/detect.ts';

const breathe = (): Promise<void> => Promise.resolve();
const day = (hour: number): string =>
  ['a', 'b', 'c', 'a']
    .map((path, step) => `${String(hour).padStart(2, '0')}:00:0${String(step)} service:job GET api.acme.test/${path} 200`)
    .join('\n');
const EVIDENCE = Array.from({ length: 12 }, (_, hour) => day(hour)).join('\n');

test('sessions travel by the names of their endpoints', async () => {
  const { db } = await detect([], EVIDENCE);
  const order = await readPortableOrder(db, breathe);
  expect(order?.operations).toEqual(['GET api.acme.test/a', 'GET api.acme.test/b', 'GET api.acme.test/c']);
  expect(order?.kinds).toMatchObject([{ kind: 'service' }]);
  expect(order?.kinds[0]?.sessions[0]).toEqual([0, 1, 2, 0]);
});

test('they arrive with the row ids of the other case, what it does not know as one symbol', async () => {
  const { db } = await detect([], EVIDENCE);
  keepImported(db, {
    schema: 'spoor-baseline/2',
    sha256: '0'.repeat(64),
    content: {
      from: '2026-09-01T00:00:00.000000Z', to: '2026-09-03T00:00:00.000000Z', kinds: [], principals: [], endpoints: [], pairs: [],
      order: { operations: ['GET api.acme.test/b', 'GET gone.test/x'], kinds: [{ kind: 'service', sessions: [[0, 1, 0]] }] },
    },
  }); // prettier-ignore
  const id = db.prepare("SELECT id FROM endpoint WHERE key = 'GET api.acme.test/b'").get<{ id: number }>()?.id ?? 0;
  expect(importedSessions(db, 99)('service')).toEqual([[id, 99, id]]);
  expect(importedSessions(db, 99)('agent')).toEqual([]);
});

test('without an imported baseline there are none', async () => {
  const { db } = await detect([], EVIDENCE);
  expect(importedSessions(db, 99)('service')).toEqual([]);
});
