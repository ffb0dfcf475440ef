import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { serverConfig } from '#shared/engine/importers/formats/server-config.ts';
import { countOf, issuesOf, notesOf, readAll, toBytes } from '#test/support/read-evidence.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/server-config/${name}`, import.meta.url)));

test('a configuration has no calls; it is one record that is skipped, and each format is noted', async () => {
  const items = await readAll(serverConfig, fixture('nginx.conf'));
  expect(countOf(items)).toMatchObject({ accepted: 0, rejected: 0, skipped: 1 });
  expect(issuesOf(items)[0]?.message).toBe('a server configuration; it declares the log formats main, json');
  expect(issuesOf(items)[0]?.at).toEqual({ start: 0, length: fixture('nginx.conf').length });
  expect(notesOf(items)[1]).toMatch(/^The log format json writes JSON lines: \{"time"/);
});

test('a format that cannot be used is noted with the reason', async () => {
  const items = await readAll(serverConfig, 'LogFormat "%h%l" bad\nLogFormat "%h %r" good\n');
  expect(notesOf(items)[0]).toContain('(not used: the log format cannot be used: nothing stands between');
});

test.each([
  ['a text about the directive', 'Use the log_format directive, as in the manual.\n', 'none'],
  ['a commented directive', "# log_format main '$remote_addr $status';\n", 'none'],
  ['JSON that quotes a configuration', '{"text":"log_format main \'$remote_addr $status\';"}', 'none'],
  ['a directive alone', "log_format main '$remote_addr $status';\n", 'shape'],
  ['a configuration', "http {\n log_format main '$remote_addr $status';\n}\n", 'magic'],
])('%s is recognised as it should be', (_what, text, strength) => {
  expect(serverConfig.recognize(toBytes(text)).strength).toBe(strength);
});
