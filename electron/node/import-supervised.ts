import { AppError } from '#shared/contract/errors.ts';
import type { CallContext } from '#shared/contract/methods.ts';
import type { ImportSummary } from '#shared/contract/report-json.ts';
import type { EngineClient } from '#shared/contract/table.ts';
import type { ExpandRequest } from '#shared/engine/ports.ts';
import type { Supervisor } from './supervisor.ts';

/** A reader that reports nothing for so long hangs; its file is given up. Units: ms. */
const SILENCE_LIMIT = 120_000;
/** How often a dead reader is started again within one import: each time costs one file. */
const MAX_RESTARTS = 50;
/** Pause for the supervisor to bring the process back. Units: ms. */
const RESTART_PAUSE = 200;

/**
 * Imports and survives its reader: when the work process dies or hangs, the file it was reading is marked, and the rest
 * of the import goes on in a fresh process.
 */
export async function importSupervised(
  client: EngineClient,
  supervisor: Pick<Supervisor, 'killWork'>,
  request: { readonly paths: readonly ExpandRequest[]; readonly zone?: string | undefined },
  context: CallContext,
): Promise<ImportSummary> {
  let resume = false;
  for (let attempt = 0; ; attempt++) {
    let silence = setTimeout(supervisor.killWork, SILENCE_LIMIT);
    try {
      return await client.call(
        'case.import',
        { paths: request.paths.map((path) => ({ ...path })), ...(request.zone === undefined ? {} : { zone: request.zone }), resume },
        {
          signal: context.signal,
          onProgress: (progress) => {
            clearTimeout(silence);
            // The last step builds indices in one statement and cannot report.
            if (progress.unit === 'bytes') silence = setTimeout(supervisor.killWork, SILENCE_LIMIT);
            context.progress(progress);
          },
        },
      );
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'crashed' || attempt >= MAX_RESTARTS) throw thrown;
      resume = true;
      await new Promise((resolve) => setTimeout(resolve, RESTART_PAUSE));
    } finally {
      clearTimeout(silence);
    }
  }
}
