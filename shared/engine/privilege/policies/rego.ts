import { jsonString } from './escape.ts';
import { headLines, type PolicyInput } from './policy-input.ts';

/**
 * The permitted operations as a Rego module of OPA 1.0: `data.spoor.least_privilege["agent:bot"].allow` over `{"principal", "operation"}`.
 * A package for each principal, so that the modules of a whole export load together: two defaults of one rule are a conflict. All are asked
 * as `data.spoor.least_privilege[input.principal].allow`.
 */
export function regoPolicy(input: PolicyInput): string {
  const operations = input.permitted.map(({ key }) => `  ${jsonString(key)},`);
  return `${[
    ...headLines(input).map((line) => `# ${line}`),
    '# To ask: data.spoor.least_privilege[input.principal].allow, with {"principal": ..., "operation": ...} as input.',
    `package spoor.least_privilege[${jsonString(input.principal)}]`,
    '',
    'import rego.v1',
    '',
    'default allow := false',
    '',
    // An empty pair of braces would be an object.
    ...(operations.length === 0 ? ['operations := set()'] : ['operations := {', ...operations, '}']),
    '',
    'allow if {',
    `  input.principal == ${jsonString(input.principal)}`,
    '  input.operation in operations',
    '}',
  ].join('\n')}\n`;
}
