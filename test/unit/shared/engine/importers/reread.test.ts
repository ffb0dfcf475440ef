import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importers } from '#shared/engine/importers/index.ts';
import type { Importer } from '#shared/engine/importers/importer.ts';
import { rereadRecord } from '#shared/engine/importers/reread.ts';
import { createIntake } from '#shared/engine/intake/intake.ts';
import { toDetail } from '#shared/engine/intake/stored-detail.ts';
import { fixedCrypto } from '#test/support/case.ts';
import { corpus } from '#test/support/corpus/index.ts';
import { callsOf, readAll } from '#test/support/read-evidence.ts';

const fixtures = new URL('../../../../fixtures/', import.meta.url);
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const reread = (importers as readonly Importer[]).filter((each) => each.records !== 'document' && each.isReread === true);

test('some format stores the text of its records alone', () => {
  expect(reread.map(({ id }) => id)).toContain('kong-json');
});

/** Every call of a file whose record's text alone is stored, read again from that text. */
async function expectReread(importer: Importer, file: URL): Promise<number> {
  const intake = createIntake(fixedCrypto, new Uint8Array(32).fill(3));
  const calls = callsOf(await readAll(importer, new Uint8Array(readFileSync(file)))).filter(({ isReread }) => isReread === true);
  for (const { call } of calls) {
    const { detail } = intake.maskCall(call);
    const again = rereadRecord(importer.id, detail.raw ?? '');
    expect(plain(again === undefined ? {} : toDetail(again, detail.raw ?? ''))).toEqual(plain(detail));
  }
  return calls.length;
}

describe.each(reread)('$id', (importer) => {
  const folder = new URL(`${importer.id}/`, fixtures);
  test.each(readdirSync(folder).filter((name) => name !== 'SOURCE.md'))(
    'the masked text of each record in %s gives its detail again',
    async (file) => {
      expect(await expectReread(importer, new URL(file, folder))).toBeGreaterThan(0);
    },
  );
});

// Records in an envelope that names their time or host are stored whole, so a file may have none.
const real = Object.entries(corpus).filter(([, { format }]) => reread.some(({ id }) => id === format));
test.each(real)('the masked text of each record in %s gives its detail again', async (file, { format }) => {
  const importer = reread.find(({ id }) => id === format);
  if (importer !== undefined) await expectReread(importer, new URL(`corpus/${file}`, fixtures));
});

test('a text that a mask broke gives nothing instead of something wrong', () => {
  expect(rereadRecord('kong-json', '{"request":{"method":‹payment-card›}}')).toBeUndefined();
  expect(rereadRecord('no such format', '{}')).toBeUndefined();
  expect(rereadRecord('har', '{}')).toBeUndefined();
});
