/** Sigma rules over public logs: what they find in attacks, and how little in ordinary traffic. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeCodec } from '#electron/node/crypto.ts';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { runDetectors } from '#shared/engine/detectors/run.ts';
import { defineQueryFunctions } from '#shared/engine/store/query-functions.ts';
import { listFindings, listNotEvaluable } from '#shared/engine/store/read/findings/findings.ts';
import { memoryCase } from '#test/support/case.ts';
import { importByteSource } from '#test/support/import-text.ts';
import { sourceOf } from '#test/support/read-evidence.ts';

const CORPUS = 'test/fixtures/corpus';
const RULES = readFileSync('test/fixtures/sigma/public-web.yml', 'utf8');
/** Folders whose files are logs of calls; archives and descriptions are other tests' work. */
const FOLDERS = ['access', 'attack', 'aws', 'caddy', 'cloudflare', 'envoy', 'gcp', 'haproxy', 'har', 'iis', 'traefik', 'w3c', 'zeek'];

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(CORPUS, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:gz|zip|zst|zhar|tgz)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();

interface Found {
  readonly calls: number;
  readonly findings: readonly FindingJson[];
  readonly silent: readonly string[];
}

async function findIn(files: readonly string[]): Promise<Found> {
  const db = memoryCase();
  defineQueryFunctions(db, nodeCodec);
  for (const file of files) await importByteSource(db, sourceOf(readFileSync(file), file.slice(CORPUS.length + 1)));
  db.prepare("INSERT INTO knowledge (kind, name, text, sha256) VALUES ('sigma', 'public-web.yml', ?, 'x')").run(RULES);
  await runDetectors(db, { only: ['sigma-rules'], breathe: () => Promise.resolve() });
  return {
    calls: db.prepare('SELECT count(*) AS n FROM call').get<{ n: number }>()?.n ?? 0,
    findings: listFindings(db),
    silent: listNotEvaluable(db).map(({ reason }) => reason),
  };
}

/** `attack/x.log: Rule ×n`, by file. */
const told = ({ findings }: Found): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { title, calls } of findings)
    for (const call of calls) {
      const key = `${call.slice(0, call.lastIndexOf('#'))}: ${/"(.*)"/.exec(title)?.[1] ?? ''}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  return [...counts].map(([key, count]) => `${key} ×${String(count)}`).toSorted();
};

test('rules in the forms of public rule sets find the attacks of the corpus, each in its own file', async () => {
  expect(told(await findIn(filesIn('attack')))).toMatchInlineSnapshot(`
    [
      "attack/crowdsec-admin-probing.log: Administration of a database ×1",
      "attack/crowdsec-apache-probing.log: One address asks for many things that do not exist ×75",
      "attack/crowdsec-log4shell.log: JNDI lookups in requests ×3",
      "attack/crowdsec-path-traversal.log: Path traversal towards system files ×1",
      "attack/crowdsec-wordpress-login-bf.log: Many log-ins from one address ×9",
      "attack/crowdsec-xss-probing.log: Cross-site scripting strings ×2",
    ]
  `);
}, 60_000);

test('over all logs of the corpus every rule runs, and says where it fits', async () => {
  const found = await findIn(FOLDERS.filter((folder) => folder !== 'attack').flatMap(filesIn));
  expect(found.calls).toBeGreaterThan(10_000);
  expect(found.silent).toEqual([]);
  expect(told(found)).toMatchInlineSnapshot(`
    [
      "access/crowdsec-apache2.log: Scanners by their User-Agent ×1",
      "access/crowdsec-nginx-proxy-manager.log: Files that nobody should ask for ×1",
      "access/crowdsec-zoraxy.log: Files that nobody should ask for ×3",
      "access/crowdsec-zoraxy.log: Scanners by their User-Agent ×1",
      "aws/crowdsec-alb.log: JNDI lookups in requests ×2",
      "cloudflare/lnav-http-requests-ns.ndjson: Files that nobody should ask for ×1",
      "envoy/crowdsec-crawl.log: One address asks for many things that do not exist ×41",
      "envoy/crowdsec-k8s-cri-prefix.log: Files that nobody should ask for ×1",
      "traefik/crowdsec-attack.ndjson: One address asks for many things that do not exist ×79",
      "traefik/crowdsec-attack.ndjson: Path traversal towards system files ×2",
      "traefik/crowdsec-attack.ndjson: Scanners by their User-Agent ×80",
      "traefik/crowdsec-clf.log: Scanners by their User-Agent ×4",
      "traefik/crowdsec-json.ndjson: Scanners by their User-Agent ×2",
      "w3c/lnav-iis85.log: Administration of a database ×1",
      "w3c/lnav-iis85.log: One address asks for many things that do not exist ×190",
    ]
  `);
}, 120_000);
