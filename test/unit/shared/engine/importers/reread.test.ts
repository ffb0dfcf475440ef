import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importers } from '#shared/engine/importers/index.ts';
import type { Importer } from '#shared/engine/importers/importer.ts';
import { rereadRecord } from '#shared/engine/importers/reread.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { toDetail } from '#shared/engine/intake/stored-detail.ts';
import { fixedCrypto } from '#test/support/case.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const fixtures = new URL('../../../../fixtures/', import.meta.url);
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const reread = (importers as readonly Importer[]).filter((each) => each.records !== 'document' && each.isReread === true);

test('some format stores the text of its records alone', () => {
  expect(reread.map(({ id }) => id)).toContain('kong-json');
});

describe.each(reread)('$id', (importer) => {
  const folder = new URL(`${importer.id}/`, fixtures);
  test.each(readdirSync(folder).filter((name) => name !== 'SOURCE.md'))(
    'the masked text of each record in %s gives its detail again',
    async (file) => {
      const intake = createIntake(fixedCrypto, new Uint8Array(32).fill(3));
      const calls = callsOf(await readAll(importer, new Uint8Array(readFileSync(new URL(file, folder)))));
      expect(calls.length).toBeGreaterThan(0);
      for (const { call, isReread } of calls) {
        expect(isReread).toBe(true);
        const { detail } = intake.maskCall(call);
        const again = rereadRecord(importer.id, detail.raw ?? '');
        expect(plain(again === undefined ? {} : toDetail(again, detail.raw ?? ''))).toEqual(plain(detail));
      }
    },
  );
});

test('a text that a mask broke gives nothing instead of something wrong', () => {
  expect(rereadRecord('kong-json', '{"request":{"method":‹payment-card›}}')).toBeUndefined();
  expect(rereadRecord('no such format', '{}')).toBeUndefined();
  expect(rereadRecord('har', '{}')).toBeUndefined();
});
