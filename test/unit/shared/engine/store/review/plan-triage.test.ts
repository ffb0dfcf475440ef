import { beforeEach, expect, test } from 'vitest';
import type { Severity } from '#shared/contract/report-json.ts';
import type { TriageChange } from '#shared/contract/triage.ts';
import type { SqlDriver } from '#shared/engine/store/driver.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import { isOpen } from '#shared/engine/store/read/findings/open-finding.ts';
import { getFinding, listFindings } from '#shared/engine/store/read/findings/findings.ts';
import { findOutcome } from '#shared/engine/store/read/findings/verdicts.ts';
import { makeChange, pageLog, undoEntry } from '#shared/engine/store/review/log.ts';
import type { StoredFinding } from '#shared/engine/store/stored-finding.ts';
import { caseFromText } from '#test/support/calls-from-text.ts';
import { testCodec } from '#test/support/case.ts';

let db: SqlDriver;

function addFinding(row: number, id: string, severity: Severity, calls: readonly number[]): void {
  const stored: StoredFinding = {
    id, detector: 'test', version: 1, family: 'incident', story: '', title: id, severity, severityWhy: '', confidence: 'observed', score: 0.5,
    status: 'suggested', reason: '', principals: [`p${String(row)}`], credentials: [], endpoints: [], chains: [],
    window: [`2026-10-0${String(row)}T00:00:00.000000Z`, `2026-10-0${String(row)}T01:00:00.000000Z`],
    observed: {}, expected: {}, benignTested: [], remediation: [], question: '',
    maps: { owaspApi: [], owaspLlm: [], owaspAgentic: [], attack: [], atlas: [], cwe: [] },
  }; // prettier-ignore
  db.prepare('INSERT INTO finding (id, key, detector, family, rank, severity, data) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    row, id, 'test', 'incident', row, severity, JSON.stringify(stored),
  ); // prettier-ignore
  for (const [position, call] of calls.entries())
    db.prepare('INSERT INTO finding_call (finding_id, position, call_id) VALUES (?, ?, ?)').run(row, position, call);
}

beforeEach(() => {
  db = caseFromText(`
    00:01.0  agent:bot  GET  api.acme.test/a  200
    00:02.0  agent:bot  GET  api.acme.test/b  200
    00:03.0  agent:bot  GET  api.acme.test/c  404`).db;
  defineQueryFunctions(db, testCodec);
  addFinding(1, 'one:1', 'critical', [1, 2]);
  addFinding(2, 'two:2', 'high', [2, 3]);
  addFinding(3, 'three:3', 'low', [3]);
});

const change = (what: TriageChange) => makeChange(db, what, '2026-10-02T00:00:00.000Z');
const shown = () => listFindings(db).map(({ id, severity, status, reason }) => [id, severity, status, reason].join(' ').trim());
const open = (): readonly string[] =>
  db
    .prepare(`SELECT key FROM finding f WHERE ${isOpen(db, 'f')} ORDER BY rank`)
    .all<{ key: string }>()
    .map(({ key }) => key);

test('a finding is accepted, dismissed with a reason and opened again', () => {
  change({ kind: 'finding-accept', finding: 'one:1', reason: '' });
  change({ kind: 'finding-dismiss', finding: 'two:2', reason: 'a load test' });
  expect(shown()).toEqual(['one:1 critical accepted', 'two:2 high dismissed a load test', 'three:3 low suggested']);
  expect(open()).toEqual(['one:1', 'three:3']);
  change({ kind: 'finding-reopen', finding: 'two:2' });
  expect(shown()[1]).toBe('two:2 high suggested');
  expect(open()).toHaveLength(3);
});

test('another severity moves a finding in the list and keeps the one worked out beside it', () => {
  change({ kind: 'finding-severity', finding: 'three:3', to: { severity: 'critical', reason: 'the owner says so' } });
  expect(shown()).toEqual(['one:1 critical suggested', 'three:3 critical suggested', 'two:2 high suggested']);
  expect(getFinding(db, 'three:3')?.finding).toMatchObject({ foundSeverity: 'low', severityReason: 'the owner says so' });
  change({ kind: 'finding-severity', finding: 'three:3' });
  expect(shown()[2]).toBe('three:3 low suggested');
  expect(getFinding(db, 'three:3')?.finding).not.toHaveProperty('foundSeverity');
});

test('a part gives its evidence to the whole and counts no more by itself', () => {
  change({ kind: 'finding-merge', finding: 'two:2', into: 'one:1' });
  const [whole, part] = listFindings(db);
  expect(whole).toMatchObject({
    merged: ['two:2'],
    principals: ['p1', 'p2'],
    window: ['2026-10-01T00:00:00.000000Z', '2026-10-02T01:00:00.000000Z'],
  });
  expect(whole?.calls).toHaveLength(3);
  expect(getFinding(db, 'one:1')?.calls).toHaveLength(3);
  expect(part).toMatchObject({ status: 'dismissed', reason: 'part of one:1' });
  // What counts calls of incidents still counts those of the part.
  expect(open()).toContain('two:2');
});

test.each<[string, TriageChange]>([
  ['itself', { kind: 'finding-merge', finding: 'one:1', into: 'one:1' }],
  ['a finding that is part of another', { kind: 'finding-merge', finding: 'three:3', into: 'two:2' }],
  ['another one while it has parts', { kind: 'finding-merge', finding: 'one:1', into: 'three:3' }],
  ['a finding that is not there', { kind: 'finding-merge', finding: 'three:3', into: 'nine:9' }],
])('a finding cannot be made part of %s', (_what, asked) => {
  change({ kind: 'finding-merge', finding: 'two:2', into: 'one:1' });
  expect(() => change(asked)).toThrow();
});

test('a merge that was taken back does not come back where it would close a circle', () => {
  const merged = change({ kind: 'finding-merge', finding: 'two:2', into: 'one:1' }).entry;
  const undone = undoEntry(db, merged, '2026-10-02T00:01:00.000Z').entry;
  change({ kind: 'finding-merge', finding: 'one:1', into: 'two:2' });
  expect(() => undoEntry(db, undone, '2026-10-02T00:02:00.000Z')).toThrow('cannot be taken back: one:1 is itself part of two:2');
  expect(listFindings(db).map(({ mergedInto }) => mergedInto)).toEqual(['two:2', undefined, undefined]);
});

test('a part whose whole is gone after an analysis stands for itself', () => {
  change({ kind: 'finding-merge', finding: 'three:3', into: 'two:2' });
  db.exec('DELETE FROM finding_call WHERE finding_id = 2; DELETE FROM finding WHERE id = 2');
  expect(shown()).toEqual(['one:1 critical suggested', 'three:3 low suggested']);
});

test('a note stands beside the other decisions, and each is taken back alone', () => {
  change({ kind: 'finding-accept', finding: 'one:1', reason: 'seen in the ticket' });
  const note = change({ kind: 'finding-note', finding: 'one:1', text: 'ask the owner' }).entry;
  expect(getFinding(db, 'one:1')?.finding).toMatchObject({ status: 'accepted', reason: 'seen in the ticket', note: 'ask the owner' });
  const undone = undoEntry(db, note, '2026-10-02T00:01:00.000Z').entry;
  expect(getFinding(db, 'one:1')?.finding).not.toHaveProperty('note');
  undoEntry(db, undone, '2026-10-02T00:02:00.000Z');
  expect(getFinding(db, 'one:1')?.finding.note).toBe('ask the owner');
  expect(pageLog(db, 0, 10).rows.map(({ text }) => text)).toEqual([
    'redid: wrote a note on the finding one:1',
    'undid: wrote a note on the finding one:1',
    'wrote a note on the finding one:1',
    'accepted the finding one:1: seen in the ticket',
  ]);
});

test('what is so already writes nothing, and a finding that is not there is refused', () => {
  change({ kind: 'finding-accept', finding: 'one:1', reason: '' });
  expect(change({ kind: 'finding-accept', finding: 'one:1', reason: '' })).toEqual({ entry: 0, changed: 0 });
  expect(() => change({ kind: 'finding-accept', finding: 'nine:9', reason: '' })).toThrow('no finding nine:9');
});

test('the outcome of the case is set, changed and taken back', () => {
  change({ kind: 'outcome', to: { outcome: 'exposure', reason: '33 customers' } });
  const second = change({ kind: 'outcome', to: { outcome: 'fraud', reason: '' } }).entry;
  expect(findOutcome(db)?.outcome).toBe('fraud');
  undoEntry(db, second, '2026-10-02T00:01:00.000Z');
  expect(findOutcome(db)).toMatchObject({ outcome: 'exposure', reason: '33 customers' });
  change({ kind: 'outcome' });
  expect(findOutcome(db)).toBeUndefined();
});
