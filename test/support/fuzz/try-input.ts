import { AppError } from '#shared/contract/errors.ts';
import type { FuzzTarget } from './target.ts';

/** What became of one input: an answer in few words, or what is wrong. */
export type Tried = { readonly ok: true; readonly answer: string } | { readonly ok: false; readonly why: string };

/** Longer than this is a hang. Units: ms. */
export const HANG = 10_000;
/** A process that holds more than this has no limit. Units: bytes. */
const MOST_MEMORY = 1024 * 1024 * 1024;

const isPolluted = (): boolean => Object.keys(Object.prototype).length > 0 || 'polluted' in {};

/** Hands an input to a target; a refusal is an answer, everything else that is thrown is a crash. */
export async function tryInput(target: FuzzTarget, input: Uint8Array): Promise<Tried> {
  const started = performance.now();
  let answer: string;
  try {
    answer = await target.run(input);
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code === 'internal')
      return { ok: false, why: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
    answer = `refused: ${thrown.code} ${thrown.code === 'bad-query' ? thrown.message : String(thrown.details['code'] ?? '')}`;
  }
  if (isPolluted()) return { ok: false, why: 'Object.prototype has been changed' };
  const took = performance.now() - started;
  if (took > HANG) return { ok: false, why: `took ${String(Math.round(took))} ms` };
  const { rss } = process.memoryUsage();
  if (rss > MOST_MEMORY) return { ok: false, why: `the process holds ${String(Math.round(rss / 1024 / 1024))} MB` };
  return { ok: true, answer };
}
