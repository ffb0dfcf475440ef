import { expect, test } from 'vitest';
import { findTwins } from '#shared/engine/passes/attribution/twins.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';

/** A balancer that shows no caller, and a gateway behind it whose clock runs `ahead` seconds before it. */
function twoGateways(count: number, ahead: number, also = ''): ReturnType<typeof caseFromText> {
  const lines = Array.from({ length: count }, (_, at) => {
    const seconds = (from: number): string =>
      `${String(Math.floor(from / 60)).padStart(2, '0')}:${(from % 60).toFixed(1).padStart(4, '0')}`;
    const path = `GET api.acme.test/v1/things/${String(at)} 200 ip=203.0.113.${String(at)} ua=App/1`;
    return `${seconds(at * 30)} unknown:outside ${path} in=alb\n${seconds(at * 30 + ahead)} human:u${String(at)} ${path} in=kong`;
  });
  const made = caseFromText(`${lines.join('\n')}\n${also}`);
  made.db.exec("UPDATE principal SET weak = 1 WHERE label = 'outside'");
  return made;
}
const labels = async ({ db, context }: ReturnType<typeof caseFromText>): Promise<readonly string[]> =>
  (await findTwins({ db, breathe: context.breathe })).map(
    ({ principal }) => db.prepare('SELECT label FROM principal WHERE id = ?').get<{ label: string }>(principal)?.label ?? '',
  );

test('calls of a balancer belong to the callers that the gateway behind it names, whatever its clock', async () => {
  const wanted = Array.from({ length: 12 }, (_, at) => `u${String(at)}`);
  expect(await labels(twoGateways(12, 0))).toEqual(wanted);
  expect(await labels(twoGateways(12, 14.5))).toEqual(wanted);
});

test('a few agreeing calls may agree by chance', async () => {
  expect(await labels(twoGateways(5, 14.5))).toEqual([]);
});

test('where two callers did the same from one address at the same time, nothing is said', async () => {
  const also = '00:00.2 human:other GET api.acme.test/v1/things/0 200 ip=203.0.113.0 ua=App/1 in=kong';
  expect(await labels(twoGateways(12, 0, also))).not.toContain('u0');
});
