import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { WRITERS } from '#test/support/large/make-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'spoor-generate-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(format: string, amount: number, seed?: string): { readonly text: string; readonly records: number } {
  const path = join(folder, `${format}-${String(amount)}-${seed ?? 'default'}`);
  const written = WRITERS[format]?.(path, amount, seed);
  const text = readFileSync(path, 'utf8');
  expect(written?.bytes).toBe(Buffer.byteLength(text));
  return { text, records: written?.records ?? 0 };
}

describe.each(['kong', 'combined'])('%s', (format) => {
  test('has as many lines as asked for, and the last one is ended', () => {
    const { text, records } = write(format, 1234);
    expect(records).toBe(1234);
    expect(text.split('\n')).toHaveLength(1235);
    expect(text.endsWith('\n')).toBe(true);
  });

  test('the same seed gives the same bytes, and a longer file begins like a shorter one', () => {
    const { text } = write(format, 300, 'a');
    expect(write(format, 300, 'a').text).toBe(text);
    expect(write(format, 600, 'a').text.startsWith(text)).toBe(true);
    expect(write(format, 300, 'b').text).not.toBe(text);
  });
});

test('every Kong line is valid JSON, in order of time, with few hundred callers and two hundred endpoints', () => {
  const calls = write('kong', 5000)
    .text.trimEnd()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as { readonly started_at: number; readonly client_ip: string; readonly service: { readonly name: string } },
    );
  expect(calls.every(({ started_at }, index) => index === 0 || started_at >= (calls[index - 1]?.started_at ?? 0))).toBe(true);
  expect(new Set(calls.map(({ client_ip }) => client_ip)).size).toBeGreaterThan(200);
  expect(new Set(calls.map(({ service }) => service.name)).size).toBe(25);
});

test('the HAR is valid JSON of about the size asked for, and ids flow from answers into the next request', () => {
  const { text, records } = write('har', 1);
  const { entries } = (
    JSON.parse(text) as {
      readonly log: {
        readonly entries: readonly {
          readonly request: { readonly postData: { readonly text: string } };
          readonly response: { readonly content: { readonly text: string } };
        }[];
      };
    }
  ).log;
  expect(entries).toHaveLength(records);
  expect(text.length).toBeGreaterThan(1_000_000);
  expect(text.length).toBeLessThan(1_020_000);
  const parent = (JSON.parse(entries[1]?.request.postData.text ?? '') as { readonly parent: string }).parent;
  expect(entries[0]?.response.content.text).toContain(parent);
});
