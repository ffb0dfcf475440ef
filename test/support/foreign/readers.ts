import { checkParsePolicySet, checkParseSchema } from '@cedar-policy/cedar-wasm/nodejs';
import { transformer, validator } from '@openfga/syntax-transformer';
import { csvParseRows } from 'd3';
import { entry as checkHarEntry, type HarComplaint } from 'har-validator/lib/async.js';
import { parquetReadObjects } from 'hyparquet';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse, parseAllDocuments } from 'yaml';
import { opaDecides } from './opa.ts';
import { openApiValidator, reportValidator, sarifValidator, stixValidator } from './schemas.ts';

/** Opens every file that it knows and throws at the first that is not as its format wants it; gives back how many things it read. */
export type Open = (bytes: Buffer) => Promise<number> | number;

const textOf = (bytes: Buffer): string => bytes.toString('utf8');

/** Rows of a table, all as wide as the first. */
export const openCsv: Open = (bytes) => {
  const rows = csvParseRows(textOf(bytes));
  const [head = []] = rows;
  const odd = rows.findIndex((row) => row.length !== head.length);
  if (head.length < 2 || odd >= 0) throw new Error(`row ${String(odd + 1)} of ${String(rows.length)} is not as wide as the first`);
  return rows.length;
};

/** Results of a log. */
export const openSarif: Open = (bytes) => {
  const log = JSON.parse(textOf(bytes)) as { readonly runs: readonly { readonly results: readonly unknown[] }[] };
  sarifValidator()(log);
  return log.runs[0]?.results.length ?? 0;
};

/** Objects of a bundle. */
export const openStix: Open = (bytes) => {
  const bundle = JSON.parse(textOf(bytes)) as { readonly objects: readonly { readonly type: string }[] };
  const validate = stixValidator();
  for (const object of bundle.objects) validate(object);
  return bundle.objects.length;
};

/** Findings of a report. */
export const openReport: Open = (bytes) => {
  const report = JSON.parse(textOf(bytes)) as { readonly findings: readonly unknown[] };
  reportValidator()(report);
  return report.findings.length;
};

/** Paths of a description. */
export const openOpenApi: Open = (bytes) => {
  const draft = parse(textOf(bytes)) as { readonly paths: object };
  openApiValidator()(draft);
  return Object.keys(draft.paths).length;
};

/** Rows of a table in columns. */
export const openParquet: Open = async (bytes) => {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  return (await parquetReadObjects({ file })).length;
};

/** Entries of a capture. */
export const openHar: Open = (bytes) => {
  const { log } = JSON.parse(textOf(bytes)) as { readonly log: { readonly entries: readonly unknown[] } };
  for (const [index, entry] of log.entries.entries()) {
    let complaints: readonly HarComplaint[] = [];
    checkHarEntry(entry, (error) => {
      complaints = error?.errors ?? [];
    });
    if (complaints.length > 0) throw new Error(`entry ${String(index)}: ${JSON.stringify(complaints.slice(0, 3))}`);
  }
  return log.entries.length;
};

/** Documents of a file. */
export const openYaml: Open = (bytes) => {
  const documents = parseAllDocuments(textOf(bytes));
  if (!Array.isArray(documents)) throw new Error('an empty file');
  for (const { errors } of documents) if (errors.length > 0) throw errors[0] ?? new Error('not YAML');
  return documents.length;
};

/** One set of policies. */
export const openCedar: Open = (bytes) => {
  const answer = checkParsePolicySet({ staticPolicies: textOf(bytes) });
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
  return 1;
};

/** What the policies are about. */
export const openCedarSchema: Open = (bytes) => {
  const answer = checkParseSchema(textOf(bytes));
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
  return 1;
};

/** A module that permits what it lists to its principal, and nothing to another one. */
export const openRego: Open = async (bytes) => {
  const module = textOf(bytes);
  const quoted = [...module.matchAll(/^ {2}(?:input\.principal == )?("(?:[^"\\]|\\.)*"),?$/gm)].map(
    ([, text = '""']) => JSON.parse(text) as string,
  );
  const [principal = ''] = quoted.slice(-1);
  const operations = quoted.slice(0, -1);
  const questions = operations.map((operation) => ({ principal, operation }));
  const answers = await opaDecides(module, [
    ...questions,
    { principal, operation: 'TRACE none.invalid' },
    { principal: `not ${principal}`, operation: operations[0] ?? '' },
  ]);
  if (answers.join() !== [...questions.map(() => true), false, false].join()) throw new Error(`decided ${answers.join()}`);
  return 1;
};

/** The model and the tuples of a store. */
export const openOpenFga: Open = (bytes) => {
  const { model, tuples } = parse(textOf(bytes)) as {
    readonly model: string;
    readonly tuples: readonly { readonly user: string; readonly object: string }[];
  };
  validator.validateDSL(model);
  transformer.transformDSLToJSONObject(model);
  for (const { user, object } of tuples)
    if (!validator.Validator.userObject(user) || !validator.Validator.object(object)) throw new Error(`no tuple: ${user} ${object}`);
  return 1;
};

/** Lines of JSON, or one document of it. */
export const openJson: Open = (bytes) => {
  try {
    JSON.parse(textOf(bytes));
    return 1;
  } catch {
    const lines = textOf(bytes).split('\n').filter(Boolean);
    for (const line of lines) JSON.parse(line);
    return lines.length;
  }
};

/** Calls of a case, read by the SQLite that comes with Node, not the one that wrote it. */
export const openCase: Open = (bytes) => {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-foreign-'));
  try {
    writeFileSync(join(folder, 'case.db'), bytes);
    const db = new DatabaseSync(join(folder, 'case.db'), { readOnly: true });
    const [check] = Object.values(db.prepare('PRAGMA quick_check').get() ?? {});
    if (check !== 'ok') throw new Error(String(check));
    const [count] = Object.values(db.prepare('SELECT count(*) FROM call').get() ?? {});
    db.close();
    return Number(count);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
