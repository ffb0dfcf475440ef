import { nodePorts } from '#electron/node/ports.ts';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { runAnalysis } from '#shared/engine/jobs/analyze-job.ts';
import { listFindings } from '#shared/engine/store/read/findings/findings.ts';
import { memoryCase } from './case.ts';
import { importText } from './import-text.ts';

/** Imports files by name as the program does, analyses them with all passes and gives what one detector found. */
export async function detectPlayed(detector: string, files: Readonly<Record<string, string>>): Promise<readonly FindingJson[]> {
  const db = memoryCase();
  for (const [name, text] of Object.entries(files)) await importText(db, name, text);
  const context = { signal: new AbortController().signal, progress: () => undefined };
  await runAnalysis(db, nodePorts('test'), { only: [detector] }, context);
  return listFindings(db);
}

const START = Date.UTC(2026, 9, 3, 22, 14);

/** A line of Kong's log: `at` in seconds, headers as Kong writes them. */
export const kongLine = (at: number, method: string, url: string, headers: Readonly<Record<string, string>>, status = 200): string => {
  const { host, pathname } = new URL(url);
  return JSON.stringify({
    request: { method, uri: pathname, url, size: 200, querystring: {}, headers: { host, 'user-agent': 'python-httpx/0.27', ...headers } },
    response: { status, size: 500, headers: { 'content-type': 'application/json' } },
    client_ip: '10.1.2.3',
    started_at: START + at * 1000,
    latencies: { request: 40, kong: 1, proxy: 39 },
  });
};
