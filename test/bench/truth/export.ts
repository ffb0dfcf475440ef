import { readFileSync } from 'node:fs';

import type { CallJson, ReportJson } from '#shared/contract/report-json.ts';

import { readLines } from './lines.ts';

/** What the product says about a piece of evidence, as it writes it. */
export interface Export {
  readonly report: Pick<ReportJson, 'endpoints' | 'principals' | 'credentials' | 'chains' | 'findings'>;
  readonly calls: readonly CallJson[];
}

/** The evidence is imported as one folder of this name, which then begins the name of each source. */
export const EVIDENCE = 'evidence/';

/** Reads `report --format json` and `query '*' --format ndjson`. */
export function readExport(reportPath: string, callsPath: string): Export {
  // The product's own shapes: its schema is tested where it is written.
  const report = JSON.parse(readFileSync(reportPath, 'utf8')) as ReportJson;
  return { report, calls: [...readLines(callsPath)].map((line) => JSON.parse(line) as CallJson) };
}

/** What a program says that says nothing. */
export const emptyExport: Export = { report: { endpoints: [], principals: [], credentials: [], chains: [], findings: [] }, calls: [] };
