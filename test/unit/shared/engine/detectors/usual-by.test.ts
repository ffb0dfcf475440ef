import { expect, test } from 'vitest';
import { importedPartners } from '#shared/engine/detectors/rows/imported-partners.ts';
import { usualBy } from '#shared/engine/detectors/usual-by.ts';
import { keepImported } from '#shared/engine/passes/baseline/chosen.ts';
import { detect } from '#test/support/detect.ts';
import type { BaselineFile } from '#shared/model/baseline-file.ts';

const EVIDENCE = `
  00:01 service:billing GET api.acme.test/v1/items/1 200
  00:02 service:billing POST bank.partner.test/v1/payments 200
  00:03 service:billing POST once.partner.test/v1/notes 200`;

const file: BaselineFile = {
  schema: 'spoor-baseline/2',
  sha256: 'abcdef012345'.padEnd(64, '0'),
  content: {
    title: 'Week 38', from: '2026-09-01T00:00:00.000000Z', to: '2026-09-03T00:00:00.000000Z', kinds: [], principals: [], endpoints: [],
    pairs: [
      { principal: 'p-billing', endpoint: 'POST bank.partner.test/v1/payments', calls: 9, hours: 4 },
      { principal: 'p-billing', endpoint: 'POST once.partner.test/v1/notes', calls: 9, hours: 1 },
      { principal: 'p-billing', endpoint: 'GET api.acme.test/v1/never-here', calls: 9, hours: 9 },
    ],
  },
}; // prettier-ignore

test('a finding that contrasts with what is usual says whose usual it is, others do not', async () => {
  const { db } = await detect([], EVIDENCE);
  expect(usualBy(db)({ needs: ['signals'] })).toEqual({});
  keepImported(db, file);
  const told = usualBy(db);
  expect(told({ needs: ['chains', 'baseline'] })['usualBy']).toBe('the baseline of case “Week 38”, from 2026-09-01T00:00Z to 2026-09-03T00:00Z, SHA-256 abcdef012345…');
  expect(told({ needs: ['chains'] })).toEqual({});
}); // prettier-ignore

test('a partner of the imported baseline is one where it was called in more than one hour', async () => {
  const { db } = await detect([], EVIDENCE, {}, (made) => {
    keepImported(made.db, file);
  });
  const id = db.prepare("SELECT id FROM principal WHERE key = 'p-billing'").get<{ id: number }>()?.id ?? 0;
  const isPartner = importedPartners(db);
  expect([isPartner(id, 'bank.partner.test'), isPartner(id, 'once.partner.test'), isPartner(id, 'api.acme.test')]).toEqual([
    true,
    false,
    false,
  ]);
});
