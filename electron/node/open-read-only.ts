import { AppError } from '#shared/contract/errors.ts';
import type { RecentCase } from '#shared/contract/table.ts';
import type { OpenOptions, Supervisor } from './engine/supervisor.ts';

/**
 * Opens a case for writing, or for reading only when another Spoor has it open, nothing can be written where it lies, or it is a copy for others.
 * Shape:  what goes into the case's row: nothing, or why it can only be read.
 * Errors: what opening said, when reading is no way out either.
 */
export async function openAsFarAsPossible(
  supervisor: Supervisor,
  casePath: string,
  options: Pick<OpenOptions, 'create' | 'title' | 'key'>,
): Promise<Pick<RecentCase, 'readOnly'>> {
  try {
    await supervisor.open(casePath, options);
    return {};
  } catch (thrown) {
    if (options.create || !(thrown instanceof AppError) || thrown.code !== 'locked-case') throw thrown;
    await supervisor.open(casePath, { ...options, title: '', readOnly: true });
    const { why } = thrown.details;
    return { readOnly: why === 'in-use' || why === 'shared' ? why : 'read-only' };
  }
}
