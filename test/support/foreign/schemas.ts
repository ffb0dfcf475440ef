import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
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

const STIX = 'test/fixtures/stix-schema';
const STIX_ID = 'http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas';
/** A marking of before TLP 2.0, whose ground is a text. */
const STATEMENT = { definition_type: 'statement', definition: { statement: 'as its extension says' } };

/**
 * One object of a bundle by the schema of its type, of the committee's STIX 2.1. The schemas are of before markings by extension (STIX 2.1,
 * section 7.2.1): such a one is held against the schema with a statement beside it.
 */
export function stixValidator(): (object: { readonly type: string }) => void {
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false });
  const places = new Map<string, string>();
  for (const folder of readdirSync(resolve(root, STIX), { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    for (const file of readdirSync(resolve(root, STIX, folder.name))) {
      ajv.addSchema(JSON.parse(read(`${STIX}/${folder.name}/${file}`)) as object);
      places.set(file.replace(/\.json$/, ''), `${STIX_ID}/${folder.name}/${file}`);
    }
  return (object) => {
    const check = ajv.getSchema(places.get(object.type) ?? object.type);
    if (check === undefined) throw new Error(`${object.type} is no type of STIX 2.1`);
    const marked = object.type === 'marking-definition' && 'extensions' in object && !('definition_type' in object);
    if (check(marked ? { ...object, ...STATEMENT } : object) !== true)
      throw new Error(`no ${object.type} of STIX 2.1: ${JSON.stringify(check.errors?.slice(0, 3))}`);
  };
}
