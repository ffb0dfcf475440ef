import { reportJsonSchema } from '#shared/engine/report/schema.ts';
import type { Generator } from './generator.ts';

/** Writes the published JSON Schema of `report.json`. */
export const reportSchemaGenerator: Generator = {
  file: 'resources/schema/report.schema.json',
  make: () => `${JSON.stringify(reportJsonSchema(false), undefined, 2)}\n`,
};
