import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { fuseProblems, readFuses } from '../../../../scripts/check/fuses.mjs';

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const binary = (wire: string): Buffer =>
  Buffer.from(`some code${SENTINEL}\x01${String.fromCharCode(wire.length)}${wire}more code`, 'latin1');

test('the fuses of a release are as they must be', () => {
  expect(fuseProblems(binary('010011000'))).toEqual([]);
  expect(readFuses(binary('010011000'))).toMatchObject({ runAsNode: 'off', onlyLoadAppFromAsar: 'on' });
});

test('one fuse that is wrong, a binary as it was downloaded, and one without fuses are told', () => {
  expect(fuseProblems(binary('110011000'))).toEqual(['runAsNode is on, a release has it off']);
  expect(fuseProblems(binary('101100010'))).toHaveLength(7);
  expect(fuseProblems(Buffer.from('no fuses here'))).toEqual(['no fuses of version 1 were found']);
});

test('the packager is told the same', () => {
  const { electronFuses } = parse(readFileSync('electron-builder.yml', 'utf8')) as { electronFuses: Readonly<Record<string, boolean>> };
  const promised = readFuses(binary('010011000')) ?? {};
  for (const [name, on] of Object.entries(electronFuses)) expect(promised[name], name).toBe(on ? 'on' : 'off');
});
