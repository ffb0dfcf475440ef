import { sampleBodies } from '../../../store/read/inventory/sampled-bodies.ts';
import { writeHtml } from '../../html.ts';
import { writeFindingsCsv } from '../../write-csv.ts';
import { writeInventoryCsv } from '../../write-inventory-csv.ts';
import { writeJson } from '../../write-json.ts';
import { writeKpisCsv } from '../../write-kpis-csv.ts';
import { writeOpenApi } from '../../write-openapi.ts';
import type { FileFormat } from '../export-format.ts';

/** The report to read; a PDF is printed from it. */
export const html: FileFormat = {
  kind: 'file',
  id: 'html',
  title: 'HTML',
  holds: 'The same report as one file without scripts or links outside: opens in any browser, offline.',
  ending: 'html',
  write({ view, crypto, printing }, output) {
    writeHtml(view, output, crypto, printing);
  },
};

/** The source of truth for all others. */
export const json: FileFormat = {
  kind: 'file',
  id: 'json',
  title: 'JSON',
  holds: 'Everything behind the report (sources, calls per chain, findings) for other programs: report.json, schema spoor-report/1.',
  ending: 'json',
  write({ view }, output) {
    writeJson(view, output);
  },
};

/** Figures for whoever follows them from case to case. */
export const kpis: FileFormat = {
  kind: 'file',
  id: 'kpis',
  title: 'Figures',
  holds: 'The figures with their definitions as CSV, to follow them from case to case.',
  ending: 'kpis.csv',
  write({ view }, output) {
    writeKpisCsv(view, output);
  },
};

/** Findings for spreadsheets. */
export const csv: FileFormat = {
  kind: 'file',
  id: 'csv',
  title: 'CSV',
  holds: 'One line per finding, for spreadsheets. Cells that look like formulas are made harmless.',
  ending: 'csv',
  write({ view }, output) {
    writeFindingsCsv(view, output);
  },
};

/** Endpoints for spreadsheets. */
export const inventory: FileFormat = {
  kind: 'file',
  id: 'inventory',
  title: 'Inventory',
  holds: 'One CSV line per endpoint: what it is called, who calls it, what it holds, whether a description knows it.',
  ending: 'inventory.csv',
  write({ view }, output) {
    writeInventoryCsv(view, output);
  },
};

/** A description to begin with. */
export const openapi: FileFormat = {
  kind: 'file',
  id: 'openapi',
  title: 'OpenAPI draft',
  holds: 'What was observed as an OpenAPI 3.1 draft in YAML, to begin a description with. What nothing called is not in it.',
  ending: 'openapi.yaml',
  write({ view, db, codec }, output) {
    writeOpenApi(view, sampleBodies(db, codec), output);
  },
};
