import { timingSafeEqual } from 'node:crypto';
import { AppError } from '#shared/contract/errors.ts';
import type { InputOf } from '#shared/contract/methods.ts';
import type { HostMethods } from '#shared/contract/table.ts';
import { caseKeyFor, newCaseKey, type CaseKey } from './case-key.ts';
import type { SpawnEngine } from '../engine/protocol.ts';
import { runRewrite } from './run-rewrite.ts';
import { createSupervisor, type Supervisor } from '../engine/supervisor.ts';

interface Host {
  readonly spawn: SpawnEngine;
  readonly version: string;
  readonly onBug: (message: string) => void;
}

/** Whether a key opens a case, tried in a process of its own: what is open stays open where it does not. Errors: what opening said. */
export async function tryKey(host: Host, casePath: string, key: CaseKey): Promise<void> {
  const supervisor = createSupervisor(host.spawn, host.version, host.onBug);
  try {
    await supervisor.open(casePath, { create: false, title: '', readOnly: true, key });
  } finally {
    await supervisor.close();
  }
}

/** The key that a case is to have; `undefined` for none. Errors: AppError `bad-params`. */
async function keyToBe({ deed, next }: InputOf<HostMethods['host.setPassphrase']>): Promise<CaseKey | undefined> {
  if (deed === 'remove') return undefined;
  if (next === undefined) throw new AppError('bad-params', 'no new passphrase was given');
  return newCaseKey(next);
}

/**
 * Closes the open case, rewrites it under another key, and opens it again with `reopen`: under the new key, or the old one when that failed.
 * The passphrase it has is asked for again: the window may stand open while nobody is there.
 */
export async function changePassphrase<T>(
  host: Host,
  supervisor: Supervisor,
  order: InputOf<HostMethods['host.setPassphrase']>,
  signal: AbortSignal,
  reopen: (key: CaseKey | undefined) => Promise<T>,
): Promise<T> {
  const casePath = supervisor.casePath();
  if (casePath === undefined) throw new AppError('not-found', 'no case is open');
  const from = supervisor.caseKey();
  if ((from === undefined) !== (order.deed === 'set'))
    throw new AppError('bad-params', from === undefined ? 'the case has no passphrase' : 'the case has a passphrase already');
  const typed = order.passphrase === undefined ? undefined : await caseKeyFor(casePath, order.passphrase);
  if (from !== undefined && (typed === undefined || !timingSafeEqual(typed, from)))
    throw new AppError('wrong-passphrase', 'that is not the passphrase of this case');
  const to = await keyToBe(order);
  await supervisor.close();
  try {
    await runRewrite(host.spawn, { casePath, deed: order.deed, from, to, version: host.version }, signal);
  } catch (thrown) {
    await reopen(from);
    throw thrown;
  }
  return reopen(to);
}
