import { expect, test } from 'vitest';
import type { CaseProgress } from '#shared/contract/board.ts';
import { toSteps } from '#renderer/views/overview/checklist.ts';

const nothing: CaseProgress = {
  analyzed: false, sources: 0, unread: 0, endpoints: 0, fromBodies: 0, sensitive: 0, questions: 70, unanswered: 0,
  suggested: 0, accepted: 0, dismissed: 0, urgent: 0, policies: 0, toRevoke: 0, revoked: 0,
}; // prettier-ignore

const read = (progress: CaseProgress, outcome?: Parameters<typeof toSteps>[1]): readonly string[] =>
  toSteps(progress, outcome).map(({ verb, state, says }) => `${verb} [${state}] ${says}`.replaceAll('\u2009', ' '));

test('an empty case has all of its work before it', () => {
  expect(toSteps(nothing, undefined).map(({ state }) => state)).toEqual(Array(8).fill('to-do'));
});

test('each step says how far it is', () => {
  const progress: CaseProgress = {
    ...nothing, analyzed: true, sources: 10, unread: 1, endpoints: 105, fromBodies: 40, sensitive: 31, unanswered: 5,
    baseline: ['2026-09-14T00:00:00.000000Z', '2026-09-16T23:00:00.000000Z'], suggested: 12, accepted: 1, dismissed: 1, urgent: 3,
    policies: 9, toRevoke: 2, revoked: 1,
  }; // prettier-ignore
  expect(read(progress)).toEqual([
    'Make visible [partly] 10 sources, 1 not or not wholly read',
    'Classify [partly] 31 of 105 endpoints sensitive; 40 judged by bodies, the others by names',
    'Baseline [done] Usual is 2026-09-14 00:00 to 2026-09-16 23:00 UTC',
    'Look for the strange [partly] 65 of 70 questions could be answered',
    'Decide on findings [partly] 2 of 14 decided; 3 critical or high are open',
    'Least privilege [done] 9 principals have a smallest policy, tried on the calls',
    'Revoke [partly] 1 of 2 credentials of incidents known to be revoked',
    'Conclude and report [to-do] Nobody has said what it came to',
  ]);
});

test('all decided, all revoked and an outcome are done', () => {
  const done: CaseProgress = { ...nothing, analyzed: true, accepted: 2, toRevoke: 1, revoked: 1 };
  const lines = read(done, { outcome: 'exposure', reason: '' });
  expect(lines[4]).toBe('Decide on findings [done] 2 of 2 decided');
  expect(lines[6]).toContain('[done]');
  expect(lines[7]).toBe('Conclude and report [done] Outcome: data exposed');
});
