import { expect, test } from 'vitest';
import type { CaseBoard, CaseProgress } from '#shared/contract/board.ts';
import type { ReportState } from '#shared/contract/report-settings.ts';
import { toChecks } from '#renderer/views/report/checks.ts';

const progress: CaseProgress = {
  analyzed: true, sources: 10, unread: 0, endpoints: 105, fromBodies: 40, sensitive: 31, questions: 70, unanswered: 0,
  suggested: 0, accepted: 3, dismissed: 1, urgent: 0, policies: 9, toRevoke: 2, revoked: 0,
}; // prettier-ignore

const kpis = undefined as unknown as CaseBoard['kpis'];
const unsigned: ReportState = { settings: { audience: '', omitted: [] }, sections: [], signatureHolds: false };

const read = (board: Omit<CaseBoard, 'kpis'>, state: ReportState): readonly string[] =>
  toChecks({ kpis, ...board }, state).map(
    (check) => `${check.state}: ${check.says}${check.to === undefined ? '' : ` > ${check.to.view ?? ''}`}`,
  );

test('each open point says what is missing and where it is done', () => {
  const begun = { ...progress, unread: 1, unanswered: 5, suggested: 12, urgent: 4, accepted: 1, dismissed: 0 };
  expect(read({ progress: begun }, unsigned)).toEqual([
    'open: 1 source not or not wholly read > evidence',
    'open: 5 questions without an answer > findings',
    'open: 12 of 13 findings undecided, 4 critical or high > findings',
    'open: Outcome of the case not said > overview',
    'open: No marking (TLP) chosen',
    'open: Not signed off',
  ]);
});

test('what is done says so and leads nowhere', () => {
  const signOff = { name: 'A', role: '', time: '2026-11-23T12:00:00Z', reportSha256: '', chainHead: '' };
  const state: ReportState = { ...unsigned, settings: { audience: '', omitted: [], tlp: 'amber' }, signOff, signatureHolds: true };
  expect(read({ progress, outcome: { outcome: 'exposure', reason: '' } }, state)).toEqual([
    'done: 10 sources, all read',
    'done: All 70 questions have an answer',
    'done: All 4 findings decided',
    'done: Outcome: data exposed',
    'done: Marked TLP:AMBER',
    'done: Signed off',
  ]);
});

test('sections that are left out and a signature that no longer holds are open points', () => {
  const signOff = { name: 'A', role: '', time: '2026-11-23T12:00:00Z', reportSha256: '', chainHead: '' };
  const says = read({ progress }, { ...unsigned, settings: { audience: '', omitted: ['timeline', 'risk'] }, signOff });
  expect(says).toContain('open: 2 sections are left out');
  expect(says).toContain('open: The case has changed since it was signed');
});
