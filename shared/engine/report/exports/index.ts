import type { ExportFormat } from './export-format.ts';
import { csv, html, inventory, json, kpis, openapi } from './formats/documents.ts';
import { guardrailPack } from './formats/guardrail-pack.ts';
import { har } from './formats/har.ts';
import { atlas, navigator } from './formats/navigator.ts';
import { ocsf } from './formats/ocsf.ts';
import { parquet } from './formats/parquet.ts';
import { policy } from './formats/policy.ts';
import { revocation } from './formats/revocation.ts';
import { sarif } from './formats/sarif.ts';
import { sharePack } from './formats/share-pack.ts';
import { sigma } from './formats/sigma.ts';
import { stix } from './formats/stix.ts';
import { timeline } from './formats/timeline.ts';

/** All exports in the order in which screens list them. A new one is one file and one line here. PDF is printed by the host from HTML. */
export const exportFormats: readonly ExportFormat[] = [
  html,
  json,
  csv,
  kpis,
  inventory,
  sarif,
  stix,
  ocsf,
  parquet,
  navigator,
  atlas,
  timeline,
  har,
  openapi,
  policy,
  revocation,
  sigma,
  guardrailPack,
  sharePack,
];
