import { jsonString } from './escape.ts';
import { headLines, type PolicyInput } from './policy-input.ts';

/** The permitted operations as a Rego module of OPA 1.0: `data.spoor.least_privilege.allow` over `{"principal", "operation"}`. */
export function regoPolicy(input: PolicyInput): string {
  const operations = input.permitted.map(({ key }) => `  ${jsonString(key)},`);
  return `${[
    ...headLines(input).map((line) => `# ${line}`),
    'package spoor.least_privilege',
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
