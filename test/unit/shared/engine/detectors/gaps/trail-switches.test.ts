import { expect, test } from 'vitest';
import { detect, type Detected } from '#test/support/detect.ts';

const run = (text: string): Promise<Detected> => detect(['evidence-gap'], text);
const call = (time: string, who: string, operation: string, said = 'given'): string =>
  `${time} human:${who} CALL cloudtrail.test/${operation} - in=cloudtrail said=${said}`;

test('a trail that is switched off is told with who, when and for how long, until it is switched on again', async () => {
  const { findings } = await run(
    [
      call('1+03:10:00', 'mal', 'StopLogging/arn%3Aaws%3Acloudtrail%3Aeu-west-1%3A123456789012%3Atrail%2Forg-trail'),
      call('1+03:40:00', 'mal', 'ListUsers'),
      call('1+05:10:00', 'eve', 'StartLogging/other-trail'),
      call('1+06:10:00', 'ann', 'StartLogging/org-trail'),
    ].join('\n'),
  );
  expect(findings).toMatchObject([
    {
      severity: 'medium',
      confidence: 'observed',
      principals: ['p-mal'],
      calls: ['cloudtrail#1', 'cloudtrail#4'],
      summary: 'mal switched off the trail org-trail (StopLogging) at 2026-10-02 03:10 UTC, for 3 hours, until ann did StartLogging',
      observed: { trail: 'org-trail', seconds: 10_800, recordsOfThatLogMeanwhile: 2 },
    },
  ]);
});

test('one that nobody switched on again weighs more, one that keeps less weighs less, and a refused attempt made no hole', async () => {
  expect((await run(`${call('1+03:10:00', 'mal', 'DeleteTrail/org-trail')}\n${call('1+04:10:00', 'mal', 'ListUsers')}`)).findings).toMatchObject([
    { severity: 'high', summary: expect.stringContaining('nothing shows that it was switched on again until the evidence ends 1 hour later') as string },
  ]);
  expect((await run(call('1+03:10:00', 'mal', 'PutEventSelectors/org-trail'))).findings).toMatchObject([{ severity: 'low' }]);
  expect((await run(call('1+03:10:00', 'mal', 'StopLogging/org-trail', 'denied'))).findings).toEqual([]);
  expect((await run(call('1+03:10:00', 'mal', 'ListUsers'))).notEvaluable).toHaveLength(1);
}); // prettier-ignore

const arn = (region: string): string => `arn%3Aaws%3Acloudtrail%3A${region}%3A123456789012%3Atrail%2Forg-trail`;

test('a trail is on again when it logs again, not when it is created, nor when its namesake of another region does', async () => {
  const { findings } = await run(
    [
      call('1+03:10:00', 'mal', `DeleteTrail/${arn('eu-west-1')}`),
      call('1+03:10:05', 'mal', 'CreateTrail/org-trail'),
      call('1+03:20:00', 'ann', `StartLogging/${arn('us-east-1')}`),
      call('1+04:10:00', 'ann', `StartLogging/${arn('eu-west-1')}`),
    ].join('\n'),
  );
  expect(findings).toMatchObject([{ observed: { trail: 'org-trail', seconds: 3600, endedBy: 'StartLogging' } }]);
});

test('a trail that is told to keep less again and again is one finding, and no change of it is taken for an end', async () => {
  const { findings } = await run(
    [
      call('1+03:10:00', 'mal', 'PutEventSelectors/org-trail'),
      call('1+03:10:05', 'mal', 'PutEventSelectors/org-trail'),
      call('1+03:20:00', 'mal', 'UpdateTrail/org-trail'),
      call('1+04:10:00', 'ann', 'StartLogging/org-trail'),
    ].join('\n'),
  );
  expect(findings).toMatchObject([{ severity: 'low', calls: ['cloudtrail#1', 'cloudtrail#2', 'cloudtrail#3'], observed: { times: 3 } }]);
  expect(findings[0]?.summary).toMatch(
    /\(PutEventSelectors and UpdateTrail, 3 times\) .* whether that brought anything back, the records do not say$/,
  );
});

test('of very many trails the longest off are told, and how many are not', async () => {
  const calls = Array.from({ length: 53 }, (_, at) =>
    call(`1+03:10:${String(at).padStart(2, '0')}`, 'mal', `StopLogging/trail-${String(at)}`),
  );
  const { findings, db } = await run(calls.join('\n'));
  expect(findings).toHaveLength(50);
  expect(
    db
      .prepare('SELECT reason FROM partly_evaluable')
      .all<{ reason: string }>()
      .map(({ reason }) => reason)
      .join(),
  ).toContain('3 further times that a trail was switched off');
});
