import { expect, test } from 'vitest';
import { listRisks } from '#shared/engine/report/risk/risks.ts';
import { sampleReportView } from '#test/support/report-view.ts';

const { json } = sampleReportView();
const [incident] = json.findings;
if (incident === undefined) throw new Error('the sample view has findings');
const only = (over: Partial<typeof incident>) => listRisks({ ...json, findings: [{ ...incident, ...over }] })[0];

test('what was seen to happen to payment data is the greatest risk', () => {
  expect(only({ family: 'incident', confidence: 'observed', endpoints: ['GET api.shop.test/v1/customers/{id}/cards'] })).toMatchObject({
    likelihood: { tier: 4, why: 'happened' },
    impact: { tier: 4 },
    product: 16,
  });
});

test('less sure is less likely, and a weakness that nobody called is the least', () => {
  expect(only({ family: 'incident', confidence: 'inferred' })?.likelihood.tier).toBe(3);
  expect(only({ family: 'incident', confidence: 'suspected' })?.likelihood.tier).toBe(2);
  expect(only({ family: 'posture', confidence: 'observed' })?.likelihood.tier).toBe(2);
  expect(only({ family: 'posture', confidence: 'observed', calls: [] })?.likelihood.tier).toBe(1);
});

test('dismissed and informational findings are no risks; one without endpoints or principals has the least impact', () => {
  expect(only({ status: 'dismissed' })).toBeUndefined();
  expect(only({ severity: 'info' })).toBeUndefined();
  expect(only({ endpoints: [], principals: [] })?.impact).toEqual({ tier: 1, why: 'no endpoint is named' });
});

test('what is about a token alone weighs as much as what its principal works with', () => {
  const [principal = ''] = incident.principals;
  const works = json.leastPrivilege.map((each) => ({ ...each, principal, operations: ['GET api.shop.test/v1/customers/{id}/cards'] }));
  expect(works.length).toBeGreaterThan(0);
  const [risk] = listRisks({ ...json, leastPrivilege: works, findings: [{ ...incident, endpoints: [] }] });
  expect(risk?.impact.tier).toBe(4);
});

const counts = { incidentTotal: 10, legitimateTotal: 100, incidentUnknown: 0, legitimateUnknown: 0, savedBytes: 0, assumes: '' };
/** One principal's controls: what each stops of ten incident calls and breaks of a hundred others. */
const policy = (controls: Readonly<Record<string, readonly [number, number]>>) => ({
  principal: incident.principals[0] ?? '',
  observedFrom: 'all' as const,
  observedCalls: 1,
  holdOut: true,
  operations: [],
  policy: { cedar: '', cedarSchema: '', rego: '', openfga: '' },
  replay: { incidentBlocked: 2, incidentTotal: 10, legitimateBroken: 0, legitimateTotal: 100 },
  counterfactuals: Object.entries(controls).map(([id, [incidentBlocked, legitimateBroken]]) => ({
    ...{ id, control: id, ...counts, incidentBlocked, legitimateBroken },
  })),
});
const controlOf = (controls: Parameters<typeof policy>[0], over: Partial<typeof incident>) =>
  listRisks({ ...json, leastPrivilege: [policy(controls)], findings: [{ ...incident, ...over }] })[0]?.control?.control;
const because = (kind: 'stolen' | 'over-privileged' | 'misled') => ({ rootCause: { kind, why: '', signs: [] } });

test('the control is the one that stops most and, of equal ones, breaks least; no control is named for a weakness', () => {
  expect(controlOf({ scope: [9, 4], audience: [9, 1] }, {})).toBe('audience');
  expect(controlOf({ scope: [9, 4], audience: [9, 1] }, { family: 'posture' })).toBeUndefined();
});

test('a control that would have stopped the business as well is not named', () => {
  expect(controlOf({ scope: [10, 90] }, {})).toBe('the smallest policy');
});

test('the control meets the root cause: where the holder is against a thief, less power against a text that gives orders', () => {
  const tried = { networks: [10, 0], 'lifetime-15': [10, 5], scope: [3, 0], rate: [9, 0] } as const;
  expect(controlOf(tried, because('stolen'))).toBe('networks');
  expect(controlOf(tried, because('misled'))).toBe('scope');
  expect(controlOf(tried, { ...because('misled'), detector: 'bola-enumeration' })).toBe('scope');
});

test('a limit of the rate is named for what is a matter of amount only', () => {
  expect(controlOf({ rate: [9, 0] }, { ...because('over-privileged'), detector: 'bola-enumeration' })).toBe('rate');
  expect(controlOf({ rate: [9, 0] }, { ...because('over-privileged'), detector: 'bfla-privileged-function' })).toBe('the smallest policy');
});
