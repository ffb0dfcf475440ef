import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createEvidencePort } from '#electron/node/evidence.ts';
import { recognize } from '#shared/engine/importers/recognize.ts';
import type { Imported } from '#shared/engine/importers/importer.ts';
import { callsOf, countOf, issuesOf, readAll } from '../support/read-evidence.ts';

const corpus = new URL('../fixtures/corpus/', import.meta.url);

/** Records that a tool sharing no code with this project counted; `SOURCE.md` beside the files. */
const hars: Record<string, number> = {
  'mitm-chrome111.har': 3,
  'mitm-firefox111.har': 14,
  'mitm-safari.har': 19,
  'mitm-charles463.har': 1,
  'mitm-insomnia2022.har': 1,
  'mitm-head.har': 1,
  'mitm-chrome-ping-postdata.har': 1,
  'mitm-bom.har': 1,
  'mitm-saved-success.har': 2,
  'mitm-saved-error.har': 2,
  'mitm-saved-incomplete.har': 4,
  'mitm-saved-badgzip.har': 1,
  'mitm-saved.zhar': 2,
  'playwright-fulfill.har': 5,
  'playwright-redirect.har': 3,
  'playwright-sha1.har': 1,
  'fiddler5-post.har': 1,
  'firefox77-post.har': 1,
  'chrome-page-31.har': 31,
  'all-status-all-methods.har': 665,
  'chrome-post-json-cookie.har': 1,
  'post-json-invalid.har': 1,
  'post-same-endpoint.har': 3,
  'auth-variants.har': 4,
  'media-types.har': 5,
  'multipart.har': 2,
  'invalid-url.har': 2,
  'no-entries.har': 0,
  'loadimpact-full.har': 8,
};

/** Text logs: accepted as counted upstream; the others are lines that are not about a call, or of another shape. */
const logs: Record<string, { format: string; accepted: number; rejected: number; skipped: number }> = {
  'access/elastic-apache-10k.log': { format: 'access-combined', accepted: 10_000, rejected: 0, skipped: 0 },
  'access/lnav-common-combined.log': { format: 'access-combined', accepted: 3, rejected: 0, skipped: 0 },
  'access/lnav-one-bad-line.log': { format: 'access-combined', accepted: 2, rejected: 1, skipped: 0 },
  'access/lnav-vhost-prefixed-us.log': { format: 'access-combined', accepted: 2, rejected: 0, skipped: 0 },
  'access/crowdsec-litespeed.log': { format: 'access-combined', accepted: 1, rejected: 0, skipped: 2 },
  'access/crowdsec-nginx.log': { format: 'access-combined', accepted: 7, rejected: 1, skipped: 1 },
  'access/crowdsec-nginx-malformed.log': { format: 'access-combined', accepted: 12, rejected: 0, skipped: 0 },
  'access/crowdsec-apache2.log': { format: 'access-combined', accepted: 7, rejected: 0, skipped: 2 },
  'access/crowdsec-apache2-malformed.log': { format: 'access-combined', accepted: 11, rejected: 0, skipped: 0 },
  'attack/crowdsec-apache-probing.log': { format: 'access-common', accepted: 77, rejected: 0, skipped: 0 },
  'attack/crowdsec-sqli-probing.log': { format: 'access-combined', accepted: 16, rejected: 0, skipped: 0 },
  'attack/crowdsec-xss-probing.log': { format: 'access-combined', accepted: 26, rejected: 0, skipped: 0 },
  'attack/crowdsec-path-traversal.log': { format: 'access-combined', accepted: 9, rejected: 0, skipped: 0 },
  'attack/crowdsec-generic-bf.log': { format: 'access-combined', accepted: 6, rejected: 0, skipped: 16 },
  'attack/crowdsec-log4shell.log': { format: 'access-combined', accepted: 3, rejected: 0, skipped: 0 },
  'attack/crowdsec-dos-bypass-cache.log': { format: 'access-combined', accepted: 356, rejected: 0, skipped: 0 },
  'attack/crowdsec-dos-switching-ua.log': { format: 'access-combined', accepted: 15, rejected: 0, skipped: 0 },
  'attack/crowdsec-admin-probing.log': { format: 'access-combined', accepted: 3, rejected: 0, skipped: 0 },
  'openapi/oas30-links.yaml': { format: 'openapi', accepted: 6, rejected: 0, skipped: 0 },
  'openapi/oas30-callbacks.yaml': { format: 'openapi', accepted: 1, rejected: 0, skipped: 0 },
  'openapi/oas30-uspto.yaml': { format: 'openapi', accepted: 3, rejected: 0, skipped: 0 },
  'openapi/oas31-webhook.yaml': { format: 'openapi', accepted: 0, rejected: 0, skipped: 0 },
  'openapi/oas31-tictactoe.yaml': { format: 'openapi', accepted: 3, rejected: 0, skipped: 0 },
  'openapi/oas32-tags.yaml': { format: 'openapi', accepted: 4, rejected: 0, skipped: 0 },
  'openapi/crapi.json': { format: 'openapi', accepted: 44, rejected: 0, skipped: 0 },
};

/** Prefixed, foreign or custom formats that no importer may guess at. */
const unclaimed = [
  'access/lnav-syslog-wrapped.log',
  'access/crowdsec-nginx-proxy-manager.log',
  'attack/crowdsec-wordpress-login-bf.log',
  'envoy/crowdsec-k8s-cri-prefix.log',
  'envoy/crowdsec-crawl.log',
  'negative/lnav-ecs-app.ndjson',
];

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
    found.push({
      name: item.source.name,
      format: importer?.id,
      items: importer === undefined ? [] : await readAll(importer, bytes, { name: item.source.name }),
    });
  }
  return found;
}

const pathOf = (name: string): string => new URL(name, corpus).pathname;

describe('HAR captures of fifteen producers', () => {
  test('the table names every capture of the corpus', () => {
    expect(readdirSync(new URL('har/', corpus)).sort()).toEqual([...Object.keys(hars), 'mitm-broken.har'].sort());
  });

  for (const [file, accepted] of Object.entries(hars)) {
    test(`${file} gives ${String(accepted)} calls and rejects nothing`, async () => {
      const [only] = await readPath(pathOf(`har/${file}`));
      expect(only?.format).toBe('har');
      expect(countOf(only?.items ?? [])).toMatchObject({ accepted, rejected: 0, skipped: 0 });
    });
  }

  test('33 bytes of broken JSON are refused, saying what was found', async () => {
    await expect(readPath(pathOf('har/mitm-broken.har'))).rejects.toMatchObject({
      code: 'damaged-file',
      details: { code: 'HAR_NO_LOG' },
      message: expect.stringContaining('log is a list') as string,
    });
  });

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

for (const [file, expected] of Object.entries(logs)) {
  test(`${file} reads as ${expected.format}: ${String(expected.accepted)} accepted`, async () => {
    const [only] = await readPath(pathOf(file));
    const { accepted, rejected, skipped } = countOf(only?.items ?? []);
    expect({ format: only?.format, accepted, rejected, skipped }).toEqual(expected);
  });
}

test.each(unclaimed)('%s is claimed by nobody', async (file) => {
  const [only] = await readPath(pathOf(file));
  expect(only?.format).toBeUndefined();
});

test.each(['swagger20-petstore-expanded.yaml', 'swagger20-external-refs.json'])('%s is refused with advice', async (file) => {
  await expect(readPath(pathOf(`openapi/${file}`))).rejects.toMatchObject({
    code: 'damaged-file',
    details: { code: 'SPEC_VERSION' },
    message: expect.stringContaining('convert') as string,
  });
});

test('25 captures in a zip give 53 calls; the one without entries is refused', async () => {
  let accepted = 0;
  const refused: string[] = [];
  for await (const item of createEvidencePort().expand([{ path: pathOf('bundle/k6-hars.zip') }], new AbortController().signal)) {
    if (item.kind === 'failure') throw new Error(item.message);
    const parts: Uint8Array[] = [];
    for await (const chunk of item.source.chunks()) parts.push(chunk);
    const bytes = new Uint8Array(Buffer.concat(parts));
    const { importer } = recognize(bytes, item.source.name);
    try {
      if (importer !== undefined) accepted += countOf(await readAll(importer, bytes, { name: item.source.name })).accepted;
    } catch {
      refused.push(item.source.name);
    }
  }
  expect(accepted).toBe(53);
  expect(refused).toEqual(['k6-hars.zip!har-to-k6/example/page.har']);
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
  const bytes = new Uint8Array(readFileSync(new URL('har/loadimpact-full.har', corpus)));
  const { importer } = recognize(bytes, 'x');
  if (importer === undefined) throw new Error('not recognised');
  for (const issue of issuesOf(await readAll(importer, bytes))) {
    expect(issue.excerpt.length).toBeLessThanOrEqual(400);
    expect(issue.message.length).toBeLessThan(600);
  }
});
