import type { Trap } from '../core/incident.ts';
import { brokenCron } from './broken-cron.ts';
import { flashSale } from './flash-sale.ts';
import { idImport } from './id-import.ts';
import { loadTest } from './load-test.ts';
import { monthlyJob } from './monthly-job.ts';
import { newAgent } from './new-agent.ts';
import { newEndpoint } from './new-endpoint.ts';
import { nightlyExport } from './nightly-export.ts';
import { partnerMoves } from './partner-moves.ts';
import { passwordDay } from './password-day.ts';
import { supportStaff } from './support-staff.ts';
import { traveller } from './traveller.ts';

/** All harmless oddities; every scenario has all of them. */
export const traps: readonly Trap[] = [
  flashSale,
  newAgent,
  traveller,
  brokenCron,
  monthlyJob,
  newEndpoint,
  supportStaff,
  nightlyExport,
  loadTest,
  passwordDay,
  idImport,
  partnerMoves,
];
