import { AppError } from '#shared/contract/errors.ts';
import { readArguments, type Arguments } from './cli/arguments.ts';
import { baselineCommand } from './cli/baseline-command.ts';
import { addCommand, withdrawCommand } from './cli/case-commands.ts';
import { chainCommand } from './cli/chain-command.ts';
import { compareCommand } from './cli/compare-command.ts';
import { analyzeCommand, auditCommand, exitCode, formatsCommand, importCommand, queryCommand } from './cli/commands.ts';
import { HELP } from './cli/help.ts';
import { passphraseCommand } from './cli/passphrase-command.ts';
import { packageVersion } from './cli/place.ts';
import { complain, printable } from './cli/terminal.ts';
import { reportCommand } from './cli/report-command.ts';
import { openCommand, serveCommand } from './cli/serve.ts';
import { verifyCommand } from './cli/verify-command.ts';

const commands: Readonly<Record<string, (args: Arguments) => Promise<number> | number>> = {
  audit: auditCommand,
  import: importCommand,
  withdraw: withdrawCommand,
  add: addCommand,
  analyze: analyzeCommand,
  baseline: baselineCommand,
  report: reportCommand,
  query: queryCommand,
  chain: chainCommand,
  compare: compareCommand,
  verify: verifyCommand,
  passphrase: passphraseCommand,
  formats: formatsCommand,
  serve: serveCommand,
  open: openCommand,
};

function codeOf(error: AppError): number {
  switch (error.code) {
    case 'bad-params':
    case 'bad-query':
    case 'not-encrypted':
      return exitCode.usage;
    case 'not-found':
    case 'unreadable':
    case 'damaged-file':
    case 'unavailable':
    case 'leak':
      return exitCode.unread;
    case 'damaged-case':
    case 'newer-case':
    case 'locked-case':
    case 'passphrase-needed':
    case 'wrong-passphrase':
    case 'read-only':
      return exitCode.badCase;
    case 'cancelled':
      return 130; // as a shell reports a command that Ctrl-C ended
    default:
      return exitCode.bug;
  }
}

async function main(words: readonly string[]): Promise<number> {
  const args = readArguments(words);
  if (args.version) {
    process.stdout.write(`${packageVersion()}\n`);
    return exitCode.done;
  }
  if (args.help || args.command === '' || args.command === 'help') {
    process.stdout.write(HELP);
    return args.command === '' && !args.help ? exitCode.usage : exitCode.done;
  }
  const command = Object.hasOwn(commands, args.command) ? commands[args.command] : undefined;
  if (command === undefined) throw new AppError('bad-params', `there is no command ${args.command}; see spoor --help`);
  return command(args);
}

// A reader that closes the pipe early (`spoor query … | head`) has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCode.done : exitCode.bug);
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  if (thrown instanceof AppError && thrown.code !== 'internal') {
    const place =
      thrown.code === 'bad-query' && typeof thrown.details['at'] === 'number' ? ` (at character ${String(thrown.details['at'] + 1)})` : '';
    const wayOut = thrown.code === 'passphrase-needed' ? ' (--passphrase-file FILE)' : '';
    complain(`spoor: ${printable(thrown.message)}${place}${wayOut}`);
    process.exitCode = codeOf(thrown);
  } else {
    complain(`spoor: a bug of ours: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
    process.exitCode = exitCode.bug;
  }
}
