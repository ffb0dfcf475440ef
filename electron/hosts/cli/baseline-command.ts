import { writeFileSync } from 'node:fs';
import { AppError } from '#shared/contract/errors.ts';
import type { Arguments } from './arguments.ts';
import { exitCode, need } from './commands.ts';
import { sayJson, sayLine } from './terminal.ts';
import { readSmallFile, withCase } from './session.ts';

function save(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new AppError('unreadable', `${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {}, { cause });
  }
}

/** `spoor baseline export|import CASE FILE`: what is usual, from one case to another. */
export async function baselineCommand(args: Arguments): Promise<number> {
  const [what, casePath, file] = args.positionals;
  if (what !== 'export' && what !== 'import') throw new AppError('bad-params', 'spoor baseline wants export or import; see spoor --help');
  const path = need(file, 'the baseline file');
  const mode = what === 'export' ? 'read' : 'write';
  return withCase(need(casePath, 'the case file'), { args, mode }, async ({ engine }) => {
    if (what === 'export') {
      const { text, ...summary } = await engine.call('baseline.export', {});
      save(path, text);
      if (args.json) sayJson({ file: path, ...summary });
      else
        sayLine(
          `${path}: ${String(summary.pairs)} pairs of principal and endpoint from ${summary.from} to ${summary.to}, SHA-256 ${summary.sha256}`,
        );
    } else {
      const summary = await engine.call('baseline.import', { text: readSmallFile(path) });
      if (args.json) sayJson(summary);
      else
        sayLine(
          `The case is judged by what was usual from ${summary.from} to ${summary.to} (SHA-256 ${summary.sha256}). spoor analyze brings the findings up to date.`,
        );
    }
    return exitCode.done;
  });
}
