import { resolve } from 'node:path';
import { caseKeyFor, newCaseKey } from '#electron/node/encryption/case-key.ts';
import type { PassphraseDeed } from '#electron/node/engine/protocol.ts';
import { runRewrite } from '#electron/node/encryption/run-rewrite.ts';
import { childProcessEngines } from '#electron/node/engine/spawn-engine.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { Arguments } from './arguments.ts';
import { exitCode, need } from './commands.ts';
import { newPassphraseOf, passphraseOf } from './passphrase-file.ts';
import { engineEntry, packageVersion } from './place.ts';
import { sayJson, sayLine } from './terminal.ts';
import { interruptSignal } from './session.ts';

const DONE: Readonly<Record<PassphraseDeed, string>> = {
  set: 'is encrypted now. Copies, exports and the disk blocks of the file before are not; nobody can open the case without the passphrase.',
  change: 'opens with the new passphrase now. Copies made before still open with the old one.',
  remove: 'is not encrypted any more.',
};

const isDeed = (word: string | undefined): word is PassphraseDeed => word !== undefined && Object.hasOwn(DONE, word);

/** `spoor passphrase set|change|remove CASE`: a case that nobody has open, replaced by a copy of it under another key. */
export async function passphraseCommand(args: Arguments): Promise<number> {
  const [deed, given] = args.positionals;
  if (!isDeed(deed)) throw new AppError('bad-params', 'spoor passphrase wants set, change or remove; see spoor --help');
  const casePath = resolve(need(given, 'the case file'));
  const [old, next] = [passphraseOf(args), newPassphraseOf(args)];
  if (deed !== 'set') need(old, '--passphrase-file FILE, which opens the case now,');
  if (deed !== 'remove') need(next, '--new-passphrase-file FILE, which opens the case from now on,');
  if (deed === 'remove' && next !== undefined) throw new AppError('bad-params', 'remove takes no new passphrase; see spoor --help');
  const from = await caseKeyFor(casePath, old);
  if (deed !== 'set' && from === undefined) throw new AppError('not-encrypted', `${casePath} is not encrypted`);
  const to = next === undefined ? undefined : await newCaseKey(next);
  const order = { casePath, deed, from, to, version: packageVersion() };
  await runRewrite(childProcessEngines(engineEntry()), order, interruptSignal());
  if (args.json) sayJson({ case: casePath, encrypted: to !== undefined });
  else sayLine(`${casePath} ${DONE[deed]}`);
  return exitCode.done;
}
