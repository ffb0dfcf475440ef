import { AppError } from '#shared/contract/errors.ts';
import type { ImportSummary } from '#shared/contract/report-json.ts';
import type { EngineClient, EngineMethods } from '#shared/contract/table.ts';
import type { CallContext, InputOf } from '#shared/contract/methods.ts';
import type { Supervisor } from './supervisor.ts';

/** A reader that reports nothing for so long hangs; its file is given up. Units: ms. */
export const SILENCE_LIMIT = 120_000;
/** How often a dead reader is started again within one import: each time costs one file. */
export const MAX_RESTARTS = 50;
/** Pause for the supervisor to bring the process back. Units: ms. */
const RESTART_PAUSE = 200;

/** What to import and how; going on after a crash is this file's own matter. */
export type ImportOrder = Omit<InputOf<EngineMethods['case.import']>, 'resume'>;

/**
 * Imports and survives its reader: when the work process dies or hangs, the file it was reading is marked, and the rest
 * of the import goes on in a fresh process.
 */
export async function importSupervised(
  client: EngineClient,
  supervisor: Pick<Supervisor, 'killWork'>,
  request: ImportOrder,
  context: CallContext,
): Promise<ImportSummary> {
  let resume = false;
  for (let attempt = 0; ; attempt++) {
    let silence = setTimeout(supervisor.killWork, SILENCE_LIMIT);
    try {
      return await client.call(
        'case.import',
        { ...request, resume },
        {
          signal: context.signal,
          onProgress: (progress) => {
            clearTimeout(silence);
            // The last step builds indices in one statement and cannot report; one that is held has nothing to report.
            if (progress.unit === 'bytes' && progress.paused !== true) silence = setTimeout(supervisor.killWork, SILENCE_LIMIT);
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
