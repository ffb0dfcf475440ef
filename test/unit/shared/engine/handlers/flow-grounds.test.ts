import { expect, test } from 'vitest';
import { flowGrounds } from '#shared/engine/handlers/flow-grounds.ts';
import type { CallSearch } from '#shared/engine/store/columns/call-search.ts';
import { askedText, noBreath, searchOver } from '#test/support/call-search.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const { db } = caseFromText(`
  00:00 agent:bot GET api.acme.test/a 200
  00:01 agent:bot GET api.acme.test/a 500
  00:02 agent:bot GET api.acme.test/b 200`);

test('the flows of a search that was stopped are not kept for the one that is read to its end', async () => {
  const search = searchOver(db);
  let isStopped = true;
  const stoppable: CallSearch = {
    ...search,
    async find(query, breathe) {
      const found = await search.find(query, breathe);
      if (found === undefined || !isStopped) return found;
      return { ...found, mask: found.mask.slice().fill(0, 1), total: 1, partial: { read: 1, of: 3 } };
    },
  };
  const groundOf = flowGrounds(db, stoppable);
  const count = async (): Promise<number> => {
    const { ground } = await groundOf(askedText('host:api.acme.test'), { breathe: noBreath, progress: () => undefined });
    return ground.flows.reduce((sum, { calls }) => sum + calls, 0);
  };
  expect(await count()).toBe(1);
  isStopped = false;
  expect(await count()).toBe(3);
});
