import { cedarString } from './escape.ts';
import { headLines, type PolicyInput, type PolicyOperation } from './policy-input.ts';

/** The permitted operations as Cedar policies, one for every host. What no policy permits, Cedar denies. */
export function cedarPolicy(input: PolicyInput): string {
  const byHost = new Map<string, PolicyOperation[]>();
  for (const operation of input.permitted) byHost.set(operation.host, [...(byHost.get(operation.host) ?? []), operation]);
  const head = headLines(input).map((line) => `// ${line}`);
  const policies = [...byHost].map(([host, operations]) =>
    [
      'permit (',
      `  principal == Caller::${cedarString(input.principal)},`,
      '  action in [',
      ...operations.map(({ key }) => `    Action::${cedarString(key)},`),
      '  ],',
      `  resource == Host::${cedarString(host)}`,
      ');',
    ]
      .join('\n')
      .replace(/,\n {2}\],/, '\n  ],'),
  );
  return `${[...head, '', ...(policies.length === 0 ? ['// No endpoint was seen: nothing is permitted.'] : policies)].join('\n')}\n`;
}

/** The schema that the policies are checked against: every operation that was called, permitted or not. */
export function cedarSchema({ permitted, denied }: PolicyInput): string {
  const keys = [...new Set([...permitted, ...denied].map(({ key }) => key))].sort();
  const actions = keys.map((key) => `action ${cedarString(key)} appliesTo { principal: [Caller], resource: [Host] };`);
  return `${['entity Caller;', 'entity Host;', ...actions].join('\n')}\n`;
}
