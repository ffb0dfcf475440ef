import { resolve } from 'node:path';
import { toChainJson } from '#shared/chain-files/chain-json.ts';
import { toMermaid } from '#shared/chain-files/mermaid.ts';
import { toOtlp } from '#shared/chain-files/otlp.ts';
import { toSvg } from '#shared/chain-files/svg.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { ChainDetail } from '#shared/contract/rows.ts';
import { openOutput } from '#electron/node/output-file.ts';
import type { Arguments } from './arguments.ts';
import { exitCode, need } from './commands.ts';
import { packageVersion } from './place.ts';
import { withCase, type Session } from './session.ts';

/** The most calls that a chain is asked for at once. */
const MAX_CALLS = 100_000;

/** How a chain is written. */
const FORMATS: Readonly<Record<string, (detail: ChainDetail) => string>> = {
  json: (detail) => `${JSON.stringify(toChainJson(detail), undefined, 2)}\n`,
  mermaid: toMermaid,
  svg: toSvg,
  otlp: (detail) => `${JSON.stringify(toOtlp(detail, packageVersion()))}\n`,
};

/** The chain of a reference: its own, or that of the call that it names. Errors: AppError `not-found`. */
async function chainOf(session: Session, ref: string): Promise<string> {
  const { signal } = session.context;
  try {
    const { call } = await session.engine.call('calls.get', { ref }, { signal });
    if (call.chain !== undefined) return call.chain;
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'not-found') throw thrown;
    throw new AppError('not-found', `no chain or call ${ref} in this case`, {}, { cause: thrown });
  }
  throw new AppError('not-found', `${ref} is linked to no other call, so it stands in no chain`);
}

/** `spoor chain CASE REF --format json|svg|mermaid|otlp [--out FILE]` */
export async function chainCommand(args: Arguments): Promise<number> {
  const [casePath, ref] = args.positionals;
  const format = args.format ?? 'json';
  const write = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (write === undefined) throw new AppError('bad-params', `a chain is written as ${Object.keys(FORMATS).join(', ')}, not ${format}`);
  const named = need(ref, 'the reference of a chain or call');
  return withCase(need(casePath, 'the case file'), { args, mode: 'read', quiet: true }, async (session) => {
    const id = await chainOf(session, named);
    const detail = await session.engine.call('chains.get', { id, limit: MAX_CALLS }, { signal: session.context.signal });
    const output = openOutput(args.out === undefined ? '-' : resolve(args.out));
    output.write(write(detail));
    await output.commit();
    return exitCode.done;
  });
}
