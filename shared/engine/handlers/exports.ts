import type { CallJson } from '../../contract/report-json.ts';
import type { CallRow } from '../../contract/rows.ts';
import type { OutputFile } from '../ports.ts';
import { conclusions } from '../conclusions.ts';
import { detectors } from '../detectors/index.ts';
import { rulesVersion } from '../jobs/analyze-job.ts';
import { passes } from '../passes/index.ts';
import { toExportedCall } from '../store/read/exported-call.ts';
import { listLeastPrivilege } from '../privilege/read.ts';
import { writeCallsCsv } from '../report/write-calls-csv.ts';
import { writeFindingsCsv } from '../report/write-csv.ts';
import { writeHtml } from '../report/html.ts';
import { writeInventoryCsv } from '../report/write-inventory-csv.ts';
import { writeJson } from '../report/write-json.ts';
import { writeOpenApi } from '../report/write-openapi.ts';
import { writeSigma } from '../report/write-sigma.ts';
import { writePolicies } from '../report/write-policies.ts';
import { writePacket } from '../report/revocation/write-packet.ts';
import { listSavedDetectors } from '../store/read/kept-rules.ts';
import { callReader } from '../store/read/calls.ts';
import { sampleBodies } from '../store/read/inventory/sampled-bodies.ts';
import { copyCase } from '../store/copy.ts';
import { iterateIssues } from '../store/read/sources.ts';
import { toPacketEntry } from '../store/read/revocation/packet-entries.ts';
import { makePlan } from '../store/read/revocation/plan.ts';
import { createReportView } from '../store/read/report-view.ts';
import type { EngineContext, Some } from './context.ts';
import { filterOf } from './filter.ts';
import { packetContext } from './revocation.ts';

/** Writes everything or nothing: what fails half-way leaves no file. */
async function toFile<T>(
  output: OutputFile,
  write: () => T,
): Promise<{ readonly written: T; readonly bytes: number; readonly sha256: string }> {
  try {
    const written = write();
    return { written, ...(await output.commit()) };
  } catch (thrown) {
    output.abandon();
    throw thrown;
  }
}

function* exportedCalls(rows: Iterable<CallRow>): Generator<CallJson> {
  for (const row of rows) yield toExportedCall(row);
}

/** Files for people and for other programs. Each waits its turn: a job in progress has half of its result in the same connection. */
export function exportHandlers({ db, ports, alone }: EngineContext): Some<'report.write' | 'query.write' | 'issues.write' | 'case.copy'> {
  return {
    'case.copy': ({ path }) =>
      alone(() => {
        copyCase(db, path);
        return { copied: true as const };
      }),
    'report.write': ({ format, path }) =>
      alone(async () => {
        const view = createReportView(db, {
          version: ports.version,
          rules: ports.crypto.sha256Hex(rulesVersion()).slice(0, 12),
          detectors,
          passes: [...passes, ...conclusions],
          leastPrivilege: listLeastPrivilege(db),
        });
        // Its path is a folder.
        if (format === 'policy') return writePolicies(view.json.leastPrivilege, (name) => ports.openOutput(`${path}/${name}`));
        const output = ports.openOutput(path);
        const { bytes, sha256 } = await toFile(output, () => {
          if (format === 'json') writeJson(view, output);
          else if (format === 'html') writeHtml(view, output, ports.crypto);
          else if (format === 'revocation') {
            const plan = makePlan(db);
            const entries = plan.entries.map((entry) => toPacketEntry(db, entry, plan.facts));
            writePacket(entries, packetContext(plan, ports), output, ports.crypto);
          } else if (format === 'inventory') writeInventoryCsv(view, output);
          else if (format === 'sigma') writeSigma(detectors, listSavedDetectors(db), output, ports.crypto);
          else if (format === 'openapi') writeOpenApi(view, sampleBodies(db, ports.codec), output);
          else writeFindingsCsv(view, output);
        });
        return { bytes, sha256 };
      }),
    'query.write': ({ query, format, path, limit }) =>
      alone(async () => {
        const filter = filterOf(query);
        const output = ports.openOutput(path);
        const rows = exportedCalls(callReader(db).iterate(filter));
        const result = await toFile(output, () => {
          if (format === 'csv') return writeCallsCsv(rows, limit, output);
          let count = 0;
          for (const row of rows) {
            if (limit !== undefined && count >= limit) break;
            output.write(`${JSON.stringify(row)}\n`);
            count += 1;
          }
          return count;
        });
        return { rows: result.written };
      }),
    'issues.write': ({ path, ...filter }) =>
      alone(async () => {
        const output = ports.openOutput(path);
        const result = await toFile(output, () => {
          let count = 0;
          for (const row of iterateIssues(db, filter)) {
            output.write(`${JSON.stringify(row)}\n`);
            count += 1;
          }
          return count;
        });
        return { rows: result.written };
      }),
  };
}
