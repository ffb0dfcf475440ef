import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/contract/errors.ts';
import { createEvidencePort } from '#electron/node/evidence/evidence.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import type { Imported, Importer } from '#shared/engine/importers/importer.ts';
import { corpus } from '../support/corpus/index.ts';
import { callsOf, countOf, issuesOf, readAll } from '../support/read-evidence.ts';

const folder = new URL('../fixtures/corpus/', import.meta.url);

/** A document that is refused gives no records; why stands in a test of its own. */
async function readOrRefuse(importer: Importer, bytes: Uint8Array, name: string): Promise<readonly Imported[]> {
  try {
    return await readAll(importer, bytes, { name });
  } catch (error) {
    if (error instanceof AppError && error.code === 'damaged-file') return [];
    throw error;
  }
}

/** Reads paths as the import job does: unpacked, recognised, read. */
async function readPath(
  path: string,
): Promise<{ readonly name: string; readonly format: string | undefined; readonly items: readonly Imported[] }[]> {
  const found = [];
  for await (const item of createEvidencePort().expand([{ path }], new AbortController().signal)) {
    if (item.kind === 'failure') throw new Error(item.message);
    const parts: Uint8Array[] = [];
    for await (const chunk of item.source.chunks()) parts.push(chunk);
    const bytes = new Uint8Array(Buffer.concat(parts));
    const { importer } = recognize(bytes.subarray(0, 64 * 1024), item.source.name);
    const items = importer === undefined ? [] : await readOrRefuse(importer, bytes, item.source.name);
    found.push({ name: item.source.name, format: importer?.id, items });
  }
  return found;
}

const pathOf = (name: string): string => new URL(name, folder).pathname;

/** Records that a tool sharing no code with this project counted: the table in `SOURCE.md`. */
const counted = new Map(
  [...readFileSync(new URL('SOURCE.md', folder), 'utf8').matchAll(/^\| `([^`]+)` \|(?:[^|]*\|){4} (\d+) \|/gm)].map((row) => [
    row[1] ?? '',
    Number(row[2]),
  ]),
);

test('the tables name every file of the corpus, and no other', () => {
  expect(counted.size).toBeGreaterThan(130);
  expect(Object.keys(corpus).sort()).toEqual([...counted.keys()].sort());
});

for (const [file, { explained, ...expected }] of Object.entries(corpus)) {
  test(`${file} gives ${String(expected.accepted)} of ${expected.format ?? 'no format'}${explained === undefined ? '' : `: ${explained}`}`, async () => {
    const members = await readPath(pathOf(file));
    const read = members.filter((member) => member.format !== undefined);
    const items = members.flatMap((member) => member.items);
    const { accepted, rejected, skipped } = countOf(items);
    expect({ format: read[0]?.format, accepted, rejected, skipped }).toEqual(expected);
    for (const member of read) expect(member.format).toBe(expected.format);
    if (explained === undefined) expect(accepted).toBe(counted.get(file));
    else expect(accepted).not.toBe(counted.get(file));
  });
}

describe('HAR captures', () => {
  test('the same call captured by Fiddler and by Firefox reads alike', async () => {
    const [fiddler] = await readPath(pathOf('har/fiddler5-post.har'));
    const [firefox] = await readPath(pathOf('har/firefox77-post.har'));
    const pick = (items: readonly Imported[] | undefined): unknown => {
      const [item] = callsOf(items ?? []);
      return [item?.call.method, item?.call.host, item?.call.path, item?.call.status];
    };
    expect(pick(fiddler?.items)).toEqual(pick(firefox?.items));
  });

  test('a call without an answer has no status', async () => {
    const [incomplete] = await readPath(pathOf('har/mitm-saved-incomplete.har'));
    expect(callsOf(incomplete?.items ?? []).map((item) => item.call.status)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

test('line 8899 of a real log, which lacks its last quote, keeps its time, request and status', async () => {
  const [log] = await readPath(pathOf('access/elastic-apache-10k.log'));
  const item = callsOf(log?.items ?? []).find((call) => call.record === 8899);
  expect(item?.call).toMatchObject({
    method: 'GET',
    path: '/scripts/grok-py-test/configlib.py',
    status: 200,
    timeText: '20/May/2015:12:05:17 +0000',
  });
  expect(item?.call.userAgent).toMatch(/^Mozilla\/5\.0 \(compatible; Googlebot/);
});

test('text that is no request stands whole in the path, without a method', async () => {
  for (const file of ['access/crowdsec-nginx-malformed.log', 'access/crowdsec-apache2-malformed.log']) {
    const [log] = await readPath(pathOf(file));
    const calls = callsOf(log?.items ?? []);
    expect(calls.every((item) => item.call.method === undefined)).toBe(true);
    expect(calls.filter((item) => item.call.path !== undefined).length).toBeGreaterThan(5);
  }
});

test('excerpts and messages stay short', async () => {
  const bytes = new Uint8Array(readFileSync(new URL('har/loadimpact-full.har', folder)));
  const { importer } = recognize(bytes, 'x');
  if (importer === undefined) throw new Error('not recognised');
  for (const issue of issuesOf(await readAll(importer, bytes))) {
    expect(issue.excerpt.length).toBeLessThanOrEqual(400);
    expect(issue.message.length).toBeLessThan(600);
  }
});
