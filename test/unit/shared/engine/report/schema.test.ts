import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reportSchemaGenerator } from '#test/support/generate/report-schema.ts';

test('the published schema is the generated one; npm run generate writes it', async () => {
  expect(readFileSync(reportSchemaGenerator.file, 'utf8')).toBe(await reportSchemaGenerator.make());
});
