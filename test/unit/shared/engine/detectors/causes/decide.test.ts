import { describe, expect, test } from 'vitest';
import type { CauseSignJson } from '#shared/model/root-cause.ts';
import { decideCause } from '#shared/engine/detectors/causes/decide.ts';

const sign = (
  cause: CauseSignJson['cause'],
  strength: CauseSignJson['strength'],
  speaks: CauseSignJson['speaks'] = 'for',
): CauseSignJson => ({ cause, strength, speaks, text: `${cause} ${strength} ${speaks}`, finding: 'f' });

describe('the root cause', () => {
  test('is stolen where a thief used rights that were too wide', () => {
    const told = decideCause([sign('over-privileged', 'strong'), sign('stolen', 'strong')], false);
    expect(told).toMatchObject({ kind: 'stolen', why: 'Stolen strong for.' });
    expect(told.signs.map(({ cause }) => cause)).toEqual(['stolen', 'over-privileged']);
  });

  test('is misled where the proof of a text stands against a place that is new', () => {
    expect(decideCause([sign('stolen', 'strong'), sign('misled', 'proof')], false).kind).toBe('misled');
    expect(decideCause([sign('stolen', 'weak'), sign('misled', 'strong')], false).kind).toBe('misled');
  });

  test('is over-privileged where nothing says that it was another or that a text spoke, and the place is the usual one', () => {
    const told = decideCause([sign('stolen', 'weak', 'against'), sign('over-privileged', 'strong')], false);
    expect(told).toMatchObject({ kind: 'over-privileged', why: 'Over-privileged strong for. Stolen weak against.' });
  });

  test('stays undecided where two causes weigh the same, where all is weak, and where nobody is named', () => {
    expect(decideCause([sign('stolen', 'strong'), sign('misled', 'strong')], false)).toMatchObject({ kind: 'undecided' });
    expect(decideCause([sign('over-privileged', 'weak')], false).why).toContain('too weak');
    expect(decideCause([], true).why).toContain('network alone');
    expect(decideCause([], false).why).toContain('No finding of this story');
  });
});
