import { statSync } from 'node:fs';
import { AppError } from '#shared/contract/errors.ts';
import type { CaseCheck } from '#shared/contract/custody.ts';
import type { Arguments } from './arguments.ts';
import { exitCode, need } from './commands.ts';
import { sayJson, sayLine } from './terminal.ts';
import { withCase } from './session.ts';
import { verifyFolder } from './verify-folder.ts';

const ANCHORS: Readonly<Record<CaseCheck['chain']['anchor'], string>> = {
  'not given': 'no kept hash was given (--anchor HASH)',
  found: 'the kept hash is one of its entries',
  missing: 'the kept hash is none of its entries',
};

function sayCheck({ database, chain, sound, limits }: CaseCheck): void {
  sayLine(`database: ${database.length === 0 ? 'whole' : `damaged: ${database.join('; ')}`}`);
  sayLine(`audit log: ${String(chain.entries)} entries, head ${chain.head}; ${ANCHORS[chain.anchor]}`);
  for (const problem of chain.problems) sayLine(`  ${problem}`);
  const { sources, changes, calls, findings, derived } = chain.uncovered;
  if (sources + changes + calls + findings + derived > 0)
    sayLine(
      `  not covered: ${String(sources)} sources, ${String(changes)} changes of the analyst, ${String(calls)} calls, ${String(findings)} findings, ${String(derived)} principals, endpoints and chains`,
    );
  sayLine(
    sound ? 'Sources, calls, what was made of them and changes of the analyst are as the log says.' : 'The case is NOT as its log says.',
  );
  for (const limit of limits) sayLine(limit);
}

/** `spoor verify CASE|FOLDER [--anchor HASH]`: of an export the files by its manifest; of a case the pages of the file, and every hash of the audit log; changes nothing. */
export async function verifyCommand(args: Arguments): Promise<number> {
  const casePath = need(args.positionals[0], 'the case file or the folder of an export');
  if (statSync(casePath, { throwIfNoEntry: false })?.isDirectory() === true) return verifyFolder(casePath, args);
  if (args.anchor !== undefined && !/^[0-9a-f]{64}$/.test(args.anchor))
    throw new AppError('bad-params', '--anchor wants 64 hexadecimal digits, as spoor verify prints them');
  const check = await withCase(casePath, { args, mode: 'read' }, (session) =>
    session.engine.call('case.verify', args.anchor === undefined ? {} : { anchor: args.anchor }, { signal: session.context.signal }),
  );
  if (args.json) sayJson(check);
  else sayCheck(check);
  return check.sound ? exitCode.done : exitCode.badCase;
}
