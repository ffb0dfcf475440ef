import { expect, test } from 'vitest';
import { credentialsPass } from '#shared/engine/passes/credentials.ts';
import { RUNG_ANSWERS, RUNGS } from '#shared/contract/credentials.ts';
import { readAudiences } from '#shared/engine/store/read/credentials/audiences.ts';
import { readLadders } from '#shared/engine/store/read/credentials/ladder.ts';
import { listRungUses } from '#shared/engine/store/read/credentials/rung-uses.ts';
import { countCalls } from '#shared/engine/store/read/calls/calls.ts';
import { askedText, searchOver } from '#test/support/call-search.ts';
import { caseFromText, TEXT_START } from '#test/support/calls-from-text.ts';

const { db, context } = caseFromText(
  `
  00:00 agent:bot GET api.acme.test/a   200 cred=jwt-1
  10:00 agent:bot GET api.acme.test/a   200 cred=jwt-1
  10:01 agent:bot GET files.acme.test/a 200 cred=jwt-1
  10:02 agent:bot GET api.acme.test/b   200 cred=key-1
  10:03 human:ann GET api.acme.test/b   200 cred=jwt-2
  10:04 human:ann GET api.acme.test/b   200
  10:05 human:ben GET api.acme.test/b   200 cred=jwt-3
  12:05 human:ben GET api.acme.test/b   200 cred=jwt-3`,
  {
    tokens: {
      'jwt-1': { claims: { exp: TEXT_START / 1e6 + 60.1234567, sub: 'bot', client_id: 'bot' } },
      'jwt-2': { claims: { sub: 'ann' } },
      // Never fresh, whenever it began.
      'jwt-3': { claims: { sub: 'ben', nbf: TEXT_START / 1e6 + 720 } },
    },
  },
);
await credentialsPass.run(context);
const audiences = readAudiences(db);
searchOver(db);

test('each number of a ladder is the sum of its uses and of calls without a credential, and each use finds its very calls', () => {
  for (const { callers, rungs } of readLadders(db))
    for (const count of rungs)
      for (const answer of RUNG_ANSWERS) {
        const { uses } = listRungUses(db, callers, count.rung, answer, audiences);
        const without = callers === 'people' && answer === 'no' ? 1 : 0;
        expect(
          uses.reduce((sum, { calls }) => sum + calls, without),
          `${callers} ${count.rung} ${answer}`,
        ).toBe(count[answer]);
        for (const { query, calls } of uses) expect(countCalls(db, askedText(query).filter), query).toBe(calls);
      }
});

test('of one credential only its own uses stand behind a number', () => {
  const stale = listRungUses(db, { credential: 'jwt-1' }, 'fresh', 'no', audiences);
  expect(stale.uses.map(({ host, calls }) => [host, calls])).toEqual([
    ['api.acme.test', 1],
    ['files.acme.test', 1],
  ]);
  for (const rung of RUNGS) expect(listRungUses(db, { credential: 'nobody' }, rung, 'yes', audiences)).toEqual({ uses: [], omitted: 0 });
});
