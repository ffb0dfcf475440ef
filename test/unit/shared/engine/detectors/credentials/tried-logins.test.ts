import { expect, test } from 'vitest';
import { findBursts, findWave } from '#shared/engine/detectors/credentials/login-waves.ts';
import type { Try } from '#shared/engine/detectors/credentials/login-endpoints.ts';
import { suspect } from '#shared/engine/detectors/credentials/tried-logins.ts';
import { seeded } from '#test/support/seeded.ts';

const MINUTE = 60_000_000;

/** Tries at one operation over some hours: some addresses that get in as a rule, and others that hardly do. */
function tries(seed: number): readonly Try[] {
  const next = seeded(seed);
  const [hours, count, strangers, rarely] = [
    4 + next() * 20,
    100 + Math.floor(next() * 500),
    Math.floor(next() * 40),
    seed % 2 === 0 ? 0 : next() * 0.4,
  ];
  return Array.from({ length: count }, (_, id): Try => {
    const isStranger = next() < rarely;
    const kind = next() < (isStranger ? 0.85 : 0.1) ? 'refused' : next() < 0.05 ? 'broken' : 'accepted';
    const ip = isStranger ? 1000 + Math.floor(next() * strangers) : Math.floor(next() * 12);
    return { id, time: Math.floor(1e15 + next() * (isStranger ? 2 : hours) * 60 * MINUTE), ip, kind, user: null };
  }).sort((a, b) => a.time - b.time);
}

test('what counts alone rule out is no burst and no wave', () => {
  const counts = { found: 0, ruledOut: 0 };
  for (let seed = 1; seed <= 400; seed += 1) {
    const all = tries(seed);
    const bursts = findBursts(all);
    const isFound = bursts.length > 0 || findWave(all, new Set(bursts.map(({ ip }) => ip))) !== undefined;
    const of = (kind: Try['kind']) => all.flatMap((one) => (one.kind === kind ? { log: 1, ip: one.ip ?? 0 } : []));
    const suspicion = suspect(of('refused'));
    for (const { log, ip } of of('accepted')) suspicion.accept(log, ip);
    if (isFound) expect(suspicion.isOpen()).toBe(true);
    counts.found += Number(isFound);
    counts.ruledOut += Number(!suspicion.isOpen());
  }
  expect(counts.found).toBeGreaterThan(50);
  expect(counts.ruledOut).toBeGreaterThan(50);
});
