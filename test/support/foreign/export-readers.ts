import {
  openCase, openCedar, openCedarSchema, openCsv, openHar, openJson, openOpenApi, openOpenFga, openParquet, openReport, openSarif, openYaml,
  type Open,
} from './readers.ts'; // prettier-ignore

/** A program that we did not write and that opens files of an export. */
interface Opened {
  readonly kind: 'opened';
  /** Which files: a pattern of their names; that of a plain export is empty. */
  readonly files: RegExp;
  /** The program, as its package calls it, and what it holds the file against. */
  readonly by: string;
  readonly open: Open;
}

/** A file that a test elsewhere opens, since it needs more than the export. */
interface Elsewhere {
  readonly kind: 'elsewhere';
  readonly by: string;
  /** The test's file. */
  readonly where: string;
}

/** A format for which no such program could be had; its rules are checked by hand. */
interface Unopened {
  readonly kind: 'unopened';
  readonly files: RegExp;
  readonly why: string;
  /** The test that checks the rules of the specification. */
  readonly where: string;
}

export type Reader = Opened | Elsewhere | Unopened;

const WHOLE = /^$/;
const opened = (by: string, open: Open, files: RegExp = WHOLE): Reader => ({ kind: 'opened', files, by, open });
const elsewhere = (by: string, where: string): Reader => ({ kind: 'elsewhere', by, where });
const unopened = (why: string, where: string, files: RegExp = WHOLE): Reader => ({ kind: 'unopened', files, why, where });

const FORMATS = 'test/unit/shared/engine/report/exports/formats';
const LISTS = 'test/unit/shared/engine/report/exports/selected-calls.test.ts';
const CSV = 'd3 (`csvParseRows`): rows of one width';
const SARIF = 'ajv, the schema of SARIF 2.1.0';
const OPENAPI = 'yaml; ajv, the schema of OpenAPI 3.1';
const REPORT = 'ajv, `resources/schema/report.schema.json`';
const HAR = 'har-validator, every entry';
const CEDAR = '@cedar-policy/cedar-wasm';
const FGA = '@openfga/syntax-transformer';
const HTML = elsewhere('Chromium', 'test/unit/shared/engine/report/html/document.exploit.test.ts');
const policies = (prefix: string): readonly Reader[] => [
  opened(`${CEDAR} (policies)`, openCedar, new RegExp(`${prefix}.+\\.cedar$`)),
  opened(`${CEDAR} (schema)`, openCedarSchema, new RegExp(`${prefix}.+\\.cedarschema$`)),
  opened(`${FGA} (model, tuples)`, openOpenFga, new RegExp(`${prefix}.+\\.fga\\.yaml$`)),
  opened('JSON.parse', openJson, new RegExp(`${prefix}index\\.json$`)),
  unopened('Rego: no parser on npm (opa-wasm runs what OPA compiled)', 'test/unit/shared/engine/privilege/policies/rego.test.ts', new RegExp(`${prefix}.+\\.rego$`)),
]; // prettier-ignore

/**
 * EXPORT READER REGISTRY: what opens each export in tests, by the id of the format. A new format needs a line; where no program can be had,
 * the line says why, and names the test that checks the rules of the specification. Notes to read (`README.txt`, `checklist.txt`) and
 * `MANIFEST.sha256` need none.
 */
export const exportReaders: Readonly<Record<string, readonly Reader[]>> = {
  html: [HTML],
  pdf: [elsewhere('PDF.js (unpdf)', 'test/unit/electron/node/pdf.test.ts')],
  json: [opened(REPORT, openReport)],
  csv: [opened(CSV, openCsv)],
  kpis: [opened(CSV, openCsv)],
  inventory: [opened(CSV, openCsv)],
  sarif: [opened(SARIF, openSarif)],
  stix: [unopened('the OASIS schemas come in no package of npm that can be had', `${FORMATS}/stix.test.ts`)],
  ocsf: [unopened('the schema comes in no package of npm', LISTS)],
  parquet: [opened('hyparquet', openParquet)],
  navigator: [unopened('the Navigator is no package; its format 4.5 is a page of prose', `${FORMATS}/navigator.test.ts`)],
  atlas: [unopened('as the ATT&CK layer', `${FORMATS}/navigator.test.ts`)],
  timeline: [unopened('Timesketch reads it in Python; its needs are three members of a line', LISTS)],
  har: [opened(HAR, openHar)],
  openapi: [opened(OPENAPI, openOpenApi)],
  policy: policies('^'),
  revocation: [
    opened('yaml (Kong, Envoy)', openYaml, /^gateways\/.+\.yaml$/),
    opened('JSON.parse (events, API Gateway, plan)', openJson, /\.json$/),
    unopened('NGINX and requests of RFC 7009: compared as text', 'test/unit/shared/engine/report/revocation/packet.test.ts', /\.(?:conf|http)$/),
  ],
  sigma: [opened('yaml; no parser of Sigma is on npm, its rules are read back by our own', openYaml)],
  'guardrail-pack': [
    opened(SARIF, openSarif, /^findings\.sarif\.json$/),
    opened('JSON.parse', openJson, /^spec-lint\.ndjson$/),
    opened(OPENAPI, openOpenApi, /^openapi-draft\.yaml$/),
    opened(HAR, openHar, /^attack\.har$/),
    ...policies('^policy-'),
  ],
  'share-pack': [
    opened('the SQLite of Node', openCase, /^case\.spoor$/),
    HTML,
    opened(REPORT, openReport, /^report\.json$/),
    opened(CSV, openCsv, /^findings\.csv$/),
  ],
}; // prettier-ignore

/** What opens packs that are handed over as one file. */
export const zipReader: Reader = elsewhere('yauzl, with CRC-32 of zlib', 'test/unit/electron/node/zip-output.test.ts');
