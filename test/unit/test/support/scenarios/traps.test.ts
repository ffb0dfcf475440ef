import { describe, expect, test } from 'vitest';

import { DAY_MS, DEFAULT_START, HOUR_MS, MINUTE_MS } from '#test/support/scenarios/core/calendar.ts';
import type { Exchange } from '#test/support/scenarios/core/exchange.ts';
import type { Trap } from '#test/support/scenarios/core/incident.ts';
import { makeStage } from '#test/support/scenarios/core/stage.ts';
import type { World } from '#test/support/scenarios/core/world.ts';
import { traps } from '#test/support/scenarios/traps/index.ts';
import { worlds } from '#test/support/scenarios/worlds/index.ts';

/** All that a trap sends, with nothing else in the world. */
function play(trap: Trap, world: World, days: number, scale: number): readonly Exchange[] {
  const sent: Exchange[] = [];
  const span = { start: DEFAULT_START, end: DEFAULT_START + days * DAY_MS };
  const stage = makeStage(world, { seed: 'traps', span, scale }, (exchange) => sent.push(exchange));
  let sessions = 0;
  trap.play({
    stage,
    roles: world.roles(stage),
    start: span.start + (days * DAY_MS) / 2 + 7 * HOUR_MS,
    end: span.end - 10 * MINUTE_MS,
    open: (party, at) => {
      sessions += 1;
      return stage.open(party, at, { name: `trap/${trap.id}/${String(sessions)}`, label: { kind: 'trap', id: trap.id } });
    },
  });
  return sent;
}

describe.each(worlds.map((world) => [world.id, world] as const))('in %s', (_, world) => {
  describe.each(traps.map((trap) => [trap.id, trap] as const))('%s', (id, trap) => {
    test.each([1, 3, 7])('plays inside of %i days, and all of it is labelled', (days) => {
      const sent = play(trap, world, days, 0.5);
      expect(sent.length).toBeGreaterThan(5);
      for (const { at, label } of sent) {
        expect(at).toBeGreaterThanOrEqual(DEFAULT_START);
        expect(at).toBeLessThan(DEFAULT_START + days * DAY_MS);
        expect(label).toMatchObject({ kind: 'trap', id });
      }
    });

    test('is the same every time', () => {
      const summary = (): readonly string[] => play(trap, world, 3, 0.5).map((call) => `${String(call.at)} ${call.method} ${call.path}`);
      expect(summary()).toEqual(summary());
    });

    test('is allowed: what succeeds was granted', () => {
      for (const { operation, credential, hop, status, path } of play(trap, world, 3, 0.5)) {
        if (operation === undefined || hop === 'inner' || status >= 400) continue;
        // A session cookie has no scopes of its own.
        if (credential?.kind === 'session') continue;
        expect.soft(credential?.scopes ?? [], path).toEqual(expect.arrayContaining([...operation.scopes]));
      }
    });
  });
});
