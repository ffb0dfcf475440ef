import { expect, test } from 'vitest';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

const OFFICE = 'ip=192.0.2.9 ua=Firefox/143.0';

/** Who stands together in a chain: labels of the callers of its calls, in the order of the chains. */
async function together(names: readonly string[]): Promise<readonly string[]> {
  const lines = names.flatMap((name, at) => [
    `00:${String(10 + 6 * at)}.0  human:${name}   GET  portal.test/home/${name}  200  ${OFFICE}`,
    `00:${String(13 + 6 * at)}.0  unknown:net     GET  docs.test/d/${name}       200  ${OFFICE}`,
  ]);
  const { db, context } = caseFromText(lines.join('\n'));
  db.exec("UPDATE principal SET weak = 1 WHERE label = 'net'");
  await chainsPass.run(context);
  return db
    .prepare(
      `SELECT (SELECT group_concat(label, ' ') FROM (SELECT DISTINCT p.label FROM call_fact f JOIN principal p ON p.id = f.principal_id WHERE f.chain_id = ch.id ORDER BY 1)) AS who
         FROM chain ch ORDER BY who`,
    )
    .all<{ who: string }>()
    .map(({ who }) => who);
}

test('what shows no credential belongs to the known caller of the same client', async () => {
  expect(await together(['ann'])).toEqual(['ann net']);
});

test('in an office, where many known callers share address and program, it is laid on none of them', async () => {
  const found = await together(['ann', 'ben', 'cas']);
  expect(found.filter((who) => who.includes('net'))).toEqual(['net']);
});
