import { expect, test } from 'vitest';
import { regoPolicy } from '#shared/engine/privilege/policies/rego.ts';
import type { PolicyInput } from '#shared/engine/privilege/policies/policy-input.ts';

/* What OPA makes of the text is in `test/conformance/policy-engines.test.ts`. */

const input = (overrides: Partial<PolicyInput> = {}): PolicyInput => ({
  principal: 'agent:bot',
  label: 'bot',
  permitted: [{ key: 'GET a.test/x/{id}', host: 'a.test' }],
  denied: [],
  observed: ['2026-10-01T00:00:00.000000Z', '2026-10-01T01:00:00.000000Z'],
  observedFrom: 'all',
  calls: 30,
  ...overrides,
});

test('a module with the operations as a set', () => {
  expect(regoPolicy(input()))
    .toBe(`# Smallest policy for bot (agent:bot), written by Spoor from what was seen. A draft to review, not to apply unread.
# Observed: 2026-10-01T00:00:00.000000Z to 2026-10-01T01:00:00.000000Z, the whole evidence without its incidents: 30 answered calls of 1 endpoint.
# Unseen is not unneeded: work that this window does not show (month end, seasons, emergencies) is not permitted here.
# To ask: data.spoor.least_privilege[input.principal].allow, with {"principal": ..., "operation": ...} as input.
package spoor.least_privilege["agent:bot"]

import rego.v1

default allow := false

operations := {
  "GET a.test/x/{id}",
}

allow if {
  input.principal == "agent:bot"
  input.operation in operations
}
`);
});

test('an empty set, not an empty object', () => {
  expect(regoPolicy(input({ permitted: [] }))).toContain('operations := set()\n');
});

test('no name of the evidence leaves its string or its comment', () => {
  const evil = 'x" }\nallow := true # \u2028 \u202E \\ \u{1F600}';
  const text = regoPolicy(input({ principal: evil, label: evil, permitted: [{ key: evil, host: 'a' }] }));
  const plain = regoPolicy(input());
  expect(text.split('\n')).toHaveLength(plain.split('\n').length);
  expect(text.split('\n').every((line) => /^[\x20-\x7E]*$/.test(line))).toBe(true);
  expect(text).toContain(String.raw`  "x\" }\nallow := true # \u2028 \u202e \\ \ud83d\ude00",`);
  expect(text.match(/^allow/gm)).toHaveLength(1);
});
