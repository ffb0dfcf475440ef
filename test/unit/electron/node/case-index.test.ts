import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caseIndex } from '#electron/node/case-index.ts';

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'spoor-index-')), 'index.json');

test('what is remembered is there for the next reader, and can be forgotten', () => {
  const path = newPath();
  caseIndex(path).remember('a.spoor', 'fraud');
  caseIndex(path).remember('b.spoor', 'exposure');
  expect(caseIndex(path).all()).toEqual({ 'a.spoor': 'fraud', 'b.spoor': 'exposure' });
  caseIndex(path).remember('a.spoor', undefined);
  expect(caseIndex(path).all()).toEqual({ 'b.spoor': 'exposure' });
});

test('an index that is missing or damaged is empty', () => {
  const path = newPath();
  expect(caseIndex(path).all()).toEqual({});
  writeFileSync(path, '{"a');
  expect(caseIndex(path).all()).toEqual({});
});
