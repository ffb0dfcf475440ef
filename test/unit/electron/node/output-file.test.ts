import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOutput } from '#electron/node/output-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spoor-output-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('an export is there under its name only when it is whole', async () => {
  const path = join(folder, 'report.json');
  const output = openOutput(path);
  output.write('{"é":');
  expect(existsSync(path)).toBe(false);
  output.write('1}');
  const { bytes, sha256 } = await output.commit();
  expect(readFileSync(path, 'utf8')).toBe('{"é":1}');
  expect(bytes).toBe(8);
  expect(sha256).toBe(createHash('sha256').update('{"é":1}').digest('hex'));
  expect(readdirSync(folder)).toEqual(['report.json']);
});

test('an abandoned export leaves nothing', () => {
  const output = openOutput(join(folder, 'report.json'));
  output.write('half');
  output.abandon();
  expect(readdirSync(folder)).toEqual([]);
});

test('more than the gathered megabyte arrives in order', async () => {
  const path = join(folder, 'long.txt');
  const output = openOutput(path);
  const line = `${'0123456789'.repeat(10)}\n`;
  for (let row = 0; row < 30_000; row++) output.write(line);
  expect((await output.commit()).bytes).toBe(line.length * 30_000);
  expect(readFileSync(path, 'utf8')).toBe(line.repeat(30_000));
});

test('a folder that is not there is an error that names the path', () => {
  expect(() => openOutput(join(folder, 'missing', 'report.json'))).toThrow('missing');
});

test('an export whose name is taken by a folder says so, and leaves nothing half when it is abandoned', () => {
  const path = join(folder, 'taken');
  mkdirSync(path);
  const output = openOutput(path);
  output.write('whole');
  expect(() => output.commit()).toThrow('could not be saved');
  output.abandon();
  expect(readdirSync(folder)).toEqual(['taken']);
});
