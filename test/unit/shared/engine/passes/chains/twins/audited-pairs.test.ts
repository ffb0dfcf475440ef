import { expect, test } from 'vitest';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

/** Records that are another sighting of a call, with the one that stands for it, and pairs of cause and effect. */
async function linked(text: string) {
  const { db, context } = caseFromText(text);
  await chainsPass.run(context);
  const name = (id: string): string =>
    `(SELECT s.name || '#' || c.record FROM call c JOIN source s ON s.id = c.source_id WHERE c.id = ${id})`;
  return {
    same: db
      .prepare(
        `SELECT ${name('f.call_id')} AS seen, ${name('f.same_as')} AS stands FROM call_fact f WHERE f.same_as IS NOT NULL ORDER BY 1`,
      )
      .all(),
    hops: db.prepare("SELECT count(*) AS n FROM edge WHERE kind = 'trace'").get<{ n: number }>()?.n,
  };
}

const AUDIT = '00:05.0 service:role POST s3.amazonaws.com/GetObject - in=cloudtrail id=4VQ0ABCD cred=key ip=164.92.201.77';
const LINE = '00:05.0 service:role GET pods.s3.amazonaws.com/pod/7.jpg 200 in=s3 id=4VQ0ABCD ip=164.92.201.77 dur=40';

test('an event of CloudTrail and S3’s line with its request id are one call, told by both', async () => {
  expect(await linked(`${AUDIT}\n${LINE}`)).toEqual({ same: [{ seen: 's3#1', stands: 'cloudtrail#1' }], hops: 0 });
});

test.each([
  ['another id', LINE.replace('4VQ0ABCD', '4VQ0ABCE')],
  ['another client', LINE.replace('164.92.201.77', '10.0.0.7')],
  ['the id an hour later', LINE.replace('00:05.0', '01:00:05.0')],
  ['a gateway of one’s own', LINE.replace('in=s3', 'in=kong')],
])('%s makes no sighting', async (_, line) => {
  expect((await linked(`${AUDIT}\n${line}`)).same).toEqual([]);
});

test('two lines of one id leave open which of them the event is', async () => {
  expect((await linked(`${AUDIT}\n${LINE}\n${LINE}`)).same).toEqual([]);
});
