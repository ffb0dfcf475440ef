import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const root = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

/** What a document is held against; throws with the first places that do not fit. */
export type Validate = (document: unknown) => void;

function validatorOf(name: string, ajv: Ajv2020, schema: string): Validate {
  const check = ajv.compile(JSON.parse(schema) as object);
  return (document) => {
    if (check(document)) return;
    throw new Error(`not ${name}: ${JSON.stringify(check.errors?.slice(0, 3))}`);
  };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** SARIF 2.1.0 by the schema of its committee. Its patterns are not of Unicode's kind. */
export const sarifValidator = (): Validate =>
  validatorOf(
    'SARIF 2.1.0',
    new Ajv2020({
      strict: false,
      unicodeRegExp: false,
      formats: { uuid: UUID, uri: true, 'uri-reference': true, 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) },
    }),
    read('test/fixtures/sarif-schema/sarif-2.1.0.json'),
  );

/**
 * OpenAPI 3.1 by the schema of the OpenAPI Initiative. Ajv 8 takes `$dynamicRef: '#meta'` for the root here (ajv issue 1573): the same
 * schema is named by its place. Formats are annotations.
 */
export const openApiValidator = (): Validate =>
  validatorOf(
    'OpenAPI 3.1',
    new Ajv2020({ strict: false, validateFormats: false }),
    read('test/fixtures/openapi-schema/openapi-3.1.json').replaceAll(/"\$dynamicRef": "#meta"/g, '"$ref": "#/$defs/schema"'),
  );

/** `report.json` by the schema that is published with it. */
export const reportValidator = (): Validate =>
  validatorOf('spoor-report/1', new Ajv2020({ strict: true, allowUnionTypes: true }), read('resources/schema/report.schema.json'));
