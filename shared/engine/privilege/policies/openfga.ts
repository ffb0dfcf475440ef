import { jsonString, openfgaId } from './escape.ts';
import { headLines, type PolicyInput } from './policy-input.ts';

/** The model that the tuples are of: one relation, given directly and to nobody else. */
const MODEL = ['model', '  schema 1.1', '', 'type caller', '', 'type operation', '  relations', '    define can_call: [caller]'];

/** The permitted operations as an OpenFGA store file (`.fga.yaml`): a model, and one tuple for every operation. */
export function openfgaStore(input: PolicyInput): string {
  const user = `caller:${openfgaId(input.principal)}`;
  const tuples = input.permitted.flatMap(({ key }) => [
    `  - user: ${jsonString(user)}`,
    '    relation: can_call',
    `    object: ${jsonString(`operation:${openfgaId(key)}`)}`,
  ]);
  return `${[
    ...headLines(input).map((line) => `# ${line}`),
    `name: ${jsonString(`Least privilege of ${input.label}`)}`,
    'model: |',
    ...MODEL.map((line) => (line === '' ? '' : `  ${line}`)),
    ...(tuples.length === 0 ? ['tuples: []'] : ['tuples:', ...tuples]),
  ].join('\n')}\n`;
}
