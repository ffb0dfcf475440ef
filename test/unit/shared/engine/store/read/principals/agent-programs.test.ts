import { expect, test } from 'vitest';
import { countAgentPrograms } from '#shared/engine/store/read/principals/agent-programs.ts';
import { memoryCase } from '#test/support/case.ts';

test('an agent for each of its users is one program, by traces and by tokens', () => {
  const db = memoryCase();
  const add = (kind: string, identity: string): unknown =>
    db
      .prepare("INSERT INTO principal (key, label, kind, rung, why, weak, calls, identity, traits) VALUES (?, ?, ?, 4, '', 0, 1, ?, '{}')")
      .run(identity, identity, kind, identity);
  for (const user of ['u-1', 'u-2', 'u-3']) add('agent', `trace ${JSON.stringify(['copilot', user])}`);
  add('agent', 'trace ["copilot"]');
  add('agent', 'jwt ["https://id.test","u-1","helper"]');
  add('agent', 'jwt ["https://id.test","u-4","helper"]');
  add('agent', 'jwt ["https://id.test","bill-bot"]');
  add('agent', 'consumer [tools]');
  add('human', 'trace ["copilot-studio","u-9"]');
  expect(countAgentPrograms(db)).toEqual({ programs: 4, users: 4 });
});
