import { checkParsePolicySet, isAuthorized, validate } from '@cedar-policy/cedar-wasm/nodejs';
import { transformer, validator } from '@openfga/syntax-transformer';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ReplayCalls } from '#shared/contract/privilege.ts';
import { cedarPolicy, cedarSchema } from '#shared/engine/privilege/policies/cedar.ts';
import { openfgaId } from '#shared/engine/privilege/policies/escape.ts';
import { openfgaStore } from '#shared/engine/privilege/policies/openfga.ts';
import type { PolicyInput } from '#shared/engine/privilege/policies/policy-input.ts';
import { regoPolicy } from '#shared/engine/privilege/policies/rego.ts';
import { replayedCalls } from '#shared/engine/privilege/replayed-calls.ts';
import { assess } from '#test/support/assess.ts';
import { TEXT_START } from '#test/support/calls-from-text.ts';
import { opaDecides } from '#test/support/foreign/opa.ts';

/*
 * The generated texts before the engines that will read them: Cedar parses, validates and decides; OpenFGA's own parser and rules check the
 * model and the tuples; OPA compiles the module and decides.
 */

/** Names that try to end a string, a comment or a line in one of the languages, or to look like another. */
const HOSTILE: readonly string[] = [
  'GET a.test/x"y', "GET a.test/it's", 'GET a.test/back\\slash', 'GET a.test/line\nbreak', 'GET a.test/\r\n// permit(principal, action, resource);',
  'GET a.test/*/ permit(principal, action, resource); /*', 'GET a.test/\u2028separator', 'GET a.test/\u202Egnp.exe', 'GET a.test/\0nul', 'GET a.test/{id} # tail',
  'GET a.test/emoji \u{1F600}', 'GET a.test/ünï', 'GET a.test/\\u{41}', 'GET a.test/%41', 'GET a.test/: - |\n  - user: "caller:evil"', `GET a.test/${'long'.repeat(200)}`, '',
  'GET a.test/"]; allow if { true } #', 'GET a.test/lone \uD800 half', '*', '@',
]; // prettier-ignore

const input = (overrides: Partial<PolicyInput> = {}): PolicyInput => ({
  principal: 'agent:bot',
  label: 'bot',
  permitted: [{ key: 'GET a.test/x', host: 'a.test' }],
  denied: [{ key: 'POST a.test/x', host: 'a.test' }],
  observed: ['2026-10-01T00:00:00.000000Z', '2026-10-01T01:00:00.000000Z'],
  observedFrom: 'baseline',
  calls: 30,
  ...overrides,
});

const written = z.object({
  model: z.string(),
  tuples: z.array(z.object({ user: z.string(), relation: z.string(), object: z.string() })),
});

/** What Cedar says of one request, checked against the schema as well. */
function cedarDecides(policy: PolicyInput, principal: string, key: string, host: string): string {
  const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\uFFFD');
  const answer = isAuthorized({
    principal: { type: 'Caller', id: wellFormed(principal) },
    action: { type: 'Action', id: wellFormed(key) },
    resource: { type: 'Host', id: wellFormed(host) },
    context: {},
    schema: cedarSchema(policy),
    validateRequest: true,
    policies: { staticPolicies: cedarPolicy(policy) },
    entities: [],
  });
  return answer.type === 'success' ? answer.response.decision : JSON.stringify(answer.errors);
}

/** What the tuples of the store say: the model has no way but a direct one. */
function openfgaDecides(policy: PolicyInput, principal: string, key: string): string {
  const { tuples } = written.parse(parse(openfgaStore(policy)));
  const [user, object] = [`caller:${openfgaId(principal)}`, `operation:${openfgaId(key)}`];
  return tuples.some((tuple) => tuple.user === user && tuple.object === object && tuple.relation === 'can_call') ? 'allow' : 'deny';
}

describe.each(HOSTILE)('a name such as %j', (name) => {
  const policy = input({ principal: name, label: name, permitted: [{ key: name, host: name }] });

  test('is one action, one caller and one host for Cedar, and permits nothing else', () => {
    expect(checkParsePolicySet({ staticPolicies: cedarPolicy(policy) })).toEqual({ type: 'success' });
    const checked = validate({ schema: cedarSchema(policy), policies: { staticPolicies: cedarPolicy(policy) } });
    expect(checked).toMatchObject({ type: 'success', validationErrors: [] });
    expect(cedarDecides(policy, name, name, name)).toBe('allow');
    expect(cedarDecides(policy, name, 'POST a.test/x', 'a.test')).toBe('deny');
    expect(cedarDecides(policy, `${name}x`, name, name)).toBe('deny');
  });

  test('is one object of OpenFGA, and the store holds that tuple alone', () => {
    const store = written.parse(parse(openfgaStore(policy)));
    expect(store.tuples).toHaveLength(1);
    for (const { user, object } of store.tuples) {
      expect(validator.Validator.userObject(user)).toBe(true);
      expect(validator.Validator.object(object)).toBe(true);
      expect([user, object].every((text) => /^[a-z]+:[\w.+/@-]+$/.test(text))).toBe(true);
    }
    expect(openfgaDecides(policy, name, name)).toBe('allow');
    expect(openfgaDecides(policy, `${name}x`, name)).toBe('deny');
  });
});

test('different names are different objects of OpenFGA', () => {
  expect(new Set(HOSTILE.map(openfgaId)).size).toBe(HOSTILE.length);
});

test('the model is one that OpenFGA reads and finds valid', () => {
  const { model } = written.parse(parse(openfgaStore(input())));
  expect(() => {
    validator.validateDSL(model);
  }).not.toThrow();
  // The package has its types from one that it does not bring along, so the answer is checked here.
  const read: unknown = transformer.transformDSLToJSONObject(model);
  expect(read).toMatchObject({ schema_version: '1.1', type_definitions: [{ type: 'caller' }, { type: 'operation' }] });
});

test('a caller of whom nothing was seen gets texts that permit nothing', () => {
  const none = input({ permitted: [] });
  expect(checkParsePolicySet({ staticPolicies: cedarPolicy(none) })).toEqual({ type: 'success' });
  expect(cedarDecides(none, 'agent:bot', 'POST a.test/x', 'a.test')).toBe('deny');
  expect(written.parse(parse(openfgaStore(none))).tuples).toEqual([]);
});

test('our replay and the engines agree about every call', async () => {
  const usual = Array.from({ length: 40 }, (_, at) => {
    const what = at % 3 === 0 ? 'POST b.test/labels' : `GET a.test/orders/${String(at)}`;
    return `00:${String(at).padStart(2, '0')}:00 agent:bot ${what} 200`;
  });
  const late = ['GET a.test/orders/7', 'GET a.test/customers/1', 'GET b.test/orders/1', 'POST b.test/labels', 'DELETE a.test/orders/9'];
  const text = [...usual, ...late.map((what, at) => `02:00:0${String(at)} agent:bot ${what} 200`)].join('\n');
  const { db, policies } = await assess(text, { baseline: [TEXT_START, TEXT_START + 3_600_000_000], incident: ['kong#42', 'kong#45'] });
  const [policy] = policies;
  if (policy === undefined) throw new Error('no policy');
  const breathe = (): Promise<void> => Promise.resolve();
  const ask = async (side: 'incident' | 'legitimate', verdict: 'block' | 'all'): Promise<ReplayCalls> => {
    const calls = await replayedCalls(db, { principal: 'p-bot', control: 'policy', side, verdict, count: 100 }, breathe);
    if (calls === undefined) throw new Error('no replay');
    return calls;
  };
  const tuples = written.parse(parse(policy.policy.openfga)).tuples.map(({ object }) => object);
  let compared = 0;
  for (const side of ['incident', 'legitimate'] as const) {
    const blocked = new Set((await ask(side, 'block')).rows.map(({ ref }) => ref));
    for (const call of (await ask(side, 'all')).rows) {
      const expected = blocked.has(call.ref) ? 'deny' : 'allow';
      const answer = isAuthorized({
        principal: { type: 'Caller', id: 'p-bot' },
        action: { type: 'Action', id: call.endpoint ?? '' },
        resource: { type: 'Host', id: call.host ?? '' },
        context: {},
        schema: policy.policy.cedarSchema,
        validateRequest: true,
        policies: { staticPolicies: policy.policy.cedar },
        entities: [],
      });
      expect(answer.type === 'success' ? answer.response.decision : answer.errors).toBe(expected);
      expect(tuples.includes(`operation:${openfgaId(call.endpoint ?? '')}`) ? 'allow' : 'deny').toBe(expected);
      compared += 1;
    }
  }
  expect(compared).toBe(5);
  expect(policy.replay).toEqual({ incidentBlocked: 2, incidentTotal: 2, legitimateBroken: 1, legitimateTotal: 3 });
});

describe('OPA', () => {
  /** Halves of surrogate pairs are no text in Go. */
  const wellFormed = HOSTILE.filter((key) => !/\p{Cs}/u.test(key));
  const keys = (names: readonly string[]) => names.map((key) => ({ key, host: 'a.test' }));

  test('permits what is listed to its principal, whatever the names hold, and nothing else to anybody', async () => {
    const hostile = regoPolicy(input({ principal: 'x" } # \u202E', permitted: keys(HOSTILE) }));
    const ask = (principal: string, operation: string) => ({ principal, operation });
    const listed = wellFormed.map((operation) => ask('x" } # \u202E', operation));
    expect(await opaDecides(hostile, listed)).toEqual(listed.map(() => true));
    expect(await opaDecides(hostile, [ask('x" } # \u202E', 'GET a.test/other'), ask('x', wellFormed[0] ?? ''), ask('', '')])).toEqual([
      false,
      false,
      false,
    ]);
    expect(await opaDecides(regoPolicy(input({ permitted: [] })), [ask('agent:bot', '')])).toEqual([false]);
  });

  test('refuses a module that is not whole, and a second default for one rule', async () => {
    const whole = regoPolicy(input());
    const question = [{ principal: 'agent:bot', operation: 'GET a.test/x' }];
    await expect(opaDecides(whole.replace('if {', 'if'), question)).rejects.toThrow('rego_parse_error');
    await expect(opaDecides(`${whole}\ndefault allow := false\n`, question)).rejects.toThrow('multiple default rules');
    const packages = ['agent:bot', 'agent:other'].map((principal) => /^package .+$/m.exec(regoPolicy(input({ principal })))?.[0]);
    expect(new Set(packages).size).toBe(2);
  });
});
