import { expect, test } from 'vitest';
import { detectors } from '#shared/engine/detectors/index.ts';
import { toldBy } from '#shared/engine/detectors/causes/told.ts';

test('a leak is misled, over-privileged or nothing sure by what was read before and what is proven', () => {
  const of = (untrustedInput: string, provenValues: number): unknown => {
    const told = toldBy({ detector: 'sensitive-read-to-external-write', observed: { untrustedInput, provenValues } });
    return [told?.cause, told?.strength];
  };
  expect(of('names the receiver', 0)).toEqual(['misled', 'proof']);
  expect(of('gives orders', 3)).toEqual(['misled', 'strong']);
  expect(of('none seen', 3)).toEqual(['over-privileged', 'strong']);
  expect(of('none seen', 0)).toEqual(['over-privileged', 'weak']);
});

test('attempts that came to nothing say nothing', () => {
  expect(toldBy({ detector: 'bfla-privileged-function', observed: { succeeded: 0 } })).toBeUndefined();
  expect(toldBy({ detector: 'auth-failure-burst', observed: { accepted: 0 } })).toBeUndefined();
  expect(toldBy({ detector: 'injection-then-action', observed: { provenCalls: 0, callsAfter: 0 } })).toBeUndefined();
});

test('a detector that says what was done, and one of a rule, say nothing of why it could be', () => {
  for (const detector of ['rate-burst', 'sigma:1', 'constructor']) expect(toldBy({ detector, observed: {} })).toBeUndefined();
});

test('every detector that tells a cause exists', () => {
  const known = [
    'token-replay-context',
    'impossible-switch',
    'state-handle-hijack',
    'delegation-chain-anomaly',
    'privilege-change-then-use',
  ];
  const ids: readonly string[] = detectors.map(({ id }) => id);
  for (const detector of known) {
    expect(ids).toContain(detector);
    expect(toldBy({ detector, observed: {} })).toBeDefined();
  }
});
