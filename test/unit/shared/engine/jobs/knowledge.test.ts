import { expect, test } from 'vitest';
import { evidenceRevision } from '#shared/engine/jobs/import-job.ts';
import { addKnowledge, checkKnowledge, removeKnowledge } from '#shared/engine/jobs/knowledge.ts';
import { listKnowledge, listKnowledgeJson, readIam, readRanges } from '#shared/engine/store/read/knowledge.ts';
import { fixedCrypto, memoryCase } from '#test/support/case.ts';

const ports = { crypto: fixedCrypto, now: () => '2026-11-22T00:00:00.000Z' };
const IAM = 'principal,owner\nbot,ops\n';
const RANGES = '# agents: GPTBot\n# date: 2026-10-01\n192.0.2.0/24\n';

test('knowledge of the analysis is kept with its hash and makes the analysis out of date, when it comes and when it goes', () => {
  const db = memoryCase();
  const before = evidenceRevision(db);
  expect(addKnowledge(db, ports, { kind: 'iam', name: 'iam.csv', text: IAM })).toBe(true);
  expect(evidenceRevision(db)).toBe(before + 1);
  expect(addKnowledge(db, ports, { kind: 'iam', name: 'iam.csv', text: IAM })).toBe(false);
  expect(evidenceRevision(db)).toBe(before + 1);
  const says = '1 principal, 1 of them with an owner';
  const sha256 = fixedCrypto.sha256Hex(IAM);
  expect(listKnowledge(db)).toEqual([{ kind: 'iam', name: 'iam.csv', sha256, added: '2026-11-22T00:00:00.000Z', says }]);
  expect(listKnowledgeJson(db)).toEqual([{ kind: 'iam', name: 'iam.csv', sha256, says }]);
  expect(readIam(db)).toMatchObject([{ principal: 'bot', owner: 'ops', file: 'iam.csv' }]);
  expect(removeKnowledge(db, 'iam', 'iam.csv')).toEqual({ removed: true, isStale: true });
  expect(evidenceRevision(db)).toBe(before + 2);
});

test('what only imports use leaves the analysis as it is', () => {
  const db = memoryCase();
  const before = evidenceRevision(db);
  expect(addKnowledge(db, ports, { kind: 'log-format', name: 'main', text: '$remote_addr $uri' })).toBe(false);
  expect(evidenceRevision(db)).toBe(before);
  expect(listKnowledge(db)).toMatchObject([{ text: '$remote_addr $uri' }]);
});

test('ranges are read back with the list that they come from', () => {
  const db = memoryCase();
  addKnowledge(db, ports, { kind: 'ranges', name: 'mine.txt', text: RANGES });
  expect(readRanges(db)).toMatchObject([{ file: 'mine.txt', date: '2026-10-01', agents: ['GPTBot'] }]);
});

test('a text of the wrong kind is refused and leaves the case as it was', () => {
  const db = memoryCase();
  expect(checkKnowledge({ kind: 'jwks', name: 'x', text: IAM }).problem).toMatch(/not valid JSON/);
  expect(() => addKnowledge(db, ports, { kind: 'jwks', name: 'x', text: IAM })).toThrow(/not valid JSON/);
  expect(listKnowledge(db)).toEqual([]);
});

test('a list says how many addresses were taken, and what is none', () => {
  const text = 'principal,addresses\nbot,192.0.2.1 192.0.2.8/29\nann,\ncid,office\n';
  expect(checkKnowledge({ kind: 'iam', name: 'iam.csv', text })).toEqual({
    says: '3 principals, 0 of them with an owner, 2 addresses and networks of 1; passed over as no address: office',
  });
});
